/**
 * Runs in the browser, where `windowNumbers`, `explorerWords` and `explorerPicture` are the functions of that name here:
 * puts sliders, formula, picture and player in the place of the static picture.
 */
export const PAGE_SCRIPT = String.raw`
function startExplorer(root, setup) {
  const { letters, most, least, names, colours, style } = setup;
  const setting = { ...setup.setting };
  const make = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const formula = make("div", { class: "cbx-formula", role: "status" });
  const verdict = make("div", { class: "cbx-verdict", role: "status" });
  const place = make("p", { "aria-live": "polite" });
  const sliders = make("div", { class: "cbx-sliders" });
  const button = (text, label) => make("button", { type: "button", "aria-label": label, title: label }, text);
  const [back, play, next] = [button("◀", "step back"), button("", ""), button("▶|", "step forward")];
  play.className = "play";
  const player = make("div", { class: "cbx-player" }, back, play, next, place);

  root.className += " cbx";
  root.replaceChildren(make("style", {}, style), sliders, formula, verdict, svg, player);
  svg.setAttribute("class", "cbx-picture");
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-roledescription", "window that slides");

  let numbers, words, picture; // what follows from the setting, and how it is drawn
  let at = { row: 0, column: 0 }; // the output that is shown
  let drawn = at; // where the window stands in the picture, on its way there
  let width = 0;
  let timer = null;
  const steps = () => numbers.output * numbers.output;
  const step = () => at.row * numbers.output + at.column;

  /** A formula, which breaks before "=" alone. */
  function write(pieces) {
    return pieces.map(({ text, letter }) => {
      const kept = text.replace(/ (?!=)/g, "\u00a0");
      return letter ? make("i", { style: "color:" + colours[letter] }, kept) : kept;
    });
  }

  /** Everything anew, after a slider or the width of the page. */
  function draw() {
    numbers = windowNumbers(setting);
    words = explorerWords(setting, numbers, letters, most);
    const last = Math.max(numbers.output - 1, 0);
    at = drawn = { row: Math.min(at.row, last), column: Math.min(at.column, last) };
    picture = explorerPicture(setting, numbers, width, at);
    svg.setAttribute("width", picture.width);
    svg.setAttribute("height", picture.height);
    svg.setAttribute("viewBox", "0 0 " + picture.width + " " + picture.height);
    svg.innerHTML = picture.markup;
    const lines = [make("div", { class: "letters" }, ...write(words.formula)), make("div", {}, ...write(words.numbers))];
    formula.replaceChildren(...lines);
    verdict.textContent = words.verdict;
    verdict.className = "cbx-verdict" +
      (numbers.output === 0 ? " misfit" : numbers.isRead.includes(false) ? " unread" : "");
    for (const node of [back, play, next]) node.disabled = steps() < 2;
    if (steps() < 2) stop();
    say();
  }

  function say() {
    const text = numbers.output === 0 ? "" : words.placeOf(at.row, at.column);
    place.textContent = text;
    svg.setAttribute("aria-label", (text || words.verdict) + (steps() > 1 ? " The arrow keys move the window." : ""));
  }

  function moveTo(where) {
    drawn = where;
    const parts = picture.partsAt(where.row, where.column);
    svg.querySelector("[data-part=window]").setAttribute("transform", parts.window);
    svg.querySelector("[data-part=value]").setAttribute("transform", parts.value);
    svg.querySelector("[data-part=beam]").setAttribute("points", parts.beam);
  }

  /** Leads the window to an output: slowly, or where motion is not wanted, at once. */
  function go(row, column, milliseconds) {
    const last = numbers.output - 1;
    if (last < 0) return;
    const to = { row: Math.min(Math.max(row, 0), last), column: Math.min(Math.max(column, 0), last) };
    if (to.row === at.row && to.column === at.column) return;
    at = to;
    say();
    const from = drawn;
    const began = performance.now();
    const duration = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : milliseconds;
    const shown = picture;
    (function glide() {
      if (at !== to || picture !== shown) return; // overtaken by another step, or drawn anew
      const part = duration > 0 ? Math.min((performance.now() - began) / duration, 1) : 1;
      const eased = part * part * (3 - 2 * part);
      moveTo({
        row: from.row + (to.row - from.row) * eased,
        column: from.column + (to.column - from.column) * eased,
      });
      if (part < 1) requestAnimationFrame(glide);
    })();
  }
  function goTo(index, milliseconds) {
    go(Math.floor(index / numbers.output), index % numbers.output, milliseconds);
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    place.setAttribute("aria-live", "polite");
    play.textContent = "▶ Play";
    play.setAttribute("aria-label", "play");
    play.title = "let the window slide";
  }
  function start() {
    if (step() === steps() - 1) goTo(0, 0);
    place.setAttribute("aria-live", "off"); // nobody can listen to that
    play.textContent = "❚❚ Pause";
    play.setAttribute("aria-label", "pause");
    play.title = "hold the window";
    timer = setInterval(() => {
      if (!root.isConnected || step() >= steps() - 1) stop();
      else goTo(step() + 1, 220);
    }, 650);
  }
  play.addEventListener("click", () => (timer ? stop() : start()));
  back.addEventListener("click", () => { stop(); goTo((step() + steps() - 1) % steps(), 220); });
  next.addEventListener("click", () => { stop(); goTo((step() + 1) % steps(), 220); });

  svg.addEventListener("keydown", (event) => {
    const last = numbers.output - 1;
    const moves = {
      ArrowLeft: [at.row, at.column - 1], ArrowRight: [at.row, at.column + 1],
      ArrowUp: [at.row - 1, at.column], ArrowDown: [at.row + 1, at.column],
      Home: [0, 0], End: [last, last],
    };
    const move = moves[event.key];
    if (event.key === " ") { if (steps() > 1) play.click(); }
    else if (move) { stop(); go(...move, 160); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // A finger or the mouse: on the output it chooses a value, on the input it takes the window along.
  let drag = null;
  function pointAt(event) {
    const box = svg.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
  function follow(event) {
    const { x, y } = pointAt(event);
    const { cell } = picture;
    if (drag.on === "output") {
      const { x: left, y: top } = picture.output;
      go(Math.floor((y - top) / cell), Math.floor((x - left) / cell), 90);
    } else {
      const { x: left, y: top } = picture.input;
      const stride = setting.s * cell;
      go(Math.round((y - top - drag.y) / stride), Math.round((x - left - drag.x) / stride), 90);
    }
  }
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || numbers.output === 0) return;
    const target = event.target.closest("[data-output], [data-cell], [data-part=window]");
    if (!target) return;
    const { cell, input } = picture;
    const { x, y } = pointAt(event);
    if (target.dataset.output) drag = { on: "output", holds: true };
    else if (target.dataset.part) // held where it was taken
      drag = { on: "input", holds: true, x: x - input.x - at.column * setting.s * cell, y: y - input.y - at.row * setting.s * cell };
    else drag = { on: "input", x: (numbers.covered * cell) / 2, y: (numbers.covered * cell) / 2 }; // its middle comes here
    stop();
    svg.setPointerCapture(event.pointerId);
    svg.classList.add("drags");
    svg.focus({ preventScroll: true });
    follow(event);
    if (event.pointerType === "mouse") event.preventDefault(); // no selection of letters
  });
  svg.addEventListener("pointermove", (event) => { if (drag) follow(event); });
  // A finger on the window or on the output does not scroll the page; beside them it does.
  svg.addEventListener("touchmove", (event) => { if (drag && drag.holds) event.preventDefault(); }, { passive: false });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"])
    svg.addEventListener(name, () => { drag = null; svg.classList.remove("drags"); });

  for (const letter of letters) {
    const value = make("output", {});
    const input = make("input", {
      type: "range", min: least[letter], max: most[letter], step: 1, value: setting[letter],
      "aria-label": letter + ", " + names[letter], style: "accent-color:" + colours[letter],
    });
    value.textContent = setting[letter];
    input.addEventListener("input", () => {
      setting[letter] = Number(input.value);
      value.textContent = input.value;
      draw();
    });
    const name = make("b", { style: "color:" + colours[letter] }, letter);
    sliders.append(make("label", {}, name, make("span", {}, names[letter]), value, input));
  }

  // JupyterLab would take the arrow keys and the space bar for itself.
  for (const node of [svg, ...root.querySelectorAll("input, button")])
    node.setAttribute("data-lm-suppress-shortcuts", "true");

  function fit() {
    const now = Math.max(Math.min(Math.floor(root.clientWidth) - 4, 756), 240);
    if (root.clientWidth === 0 || now === width) return;
    width = now;
    draw();
  }
  width = 720; // until the page has given it a place
  draw();
  stop();
  fit();
  new ResizeObserver(fit).observe(root);
}
`;
