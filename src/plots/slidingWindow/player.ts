import { element } from "../svg";
import type { Drawing } from "./drawScene";

/**
 * The drawing with a slider and a play button, as HTML of its own. The picture in it stands alone where
 * scripts do not run: on a code host, or in a notebook that is not trusted yet.
 *
 * @param still the drawing of the step that is shown where nothing moves
 */
export function playerHtml(still: Drawing, alternative: string): string {
  const address = `data:image/svg+xml;base64,${Buffer.from(still.svg).toString("base64")}`;
  const frames = JSON.stringify(still.frames).replaceAll("<", "\\u003c"); // no "</script>" within
  return element(
    "div",
    { class: "convbook-window" },
    element("img", {
      src: address,
      alt: alternative,
      width: still.width,
      style: "max-width:100%;height:auto",
    }),
    `<script>(${PLAYER})(document.currentScript.parentNode, ${frames})</script>`,
  );
}

/** Runs in the browser: puts the SVG of the picture in its place, and the controls below. */
const PLAYER = `function (root, frames) {
  var img = root.querySelector("img");
  var bytes = Uint8Array.from(atob(img.src.split(",")[1]), function (c) { return c.charCodeAt(0); });
  var picture = document.createElement("div");
  picture.innerHTML = new TextDecoder().decode(bytes);
  var svg = picture.firstChild;
  svg.style.maxWidth = "100%";
  svg.style.height = "auto";
  svg.style.display = "block";
  img.replaceWith(picture);

  var controls = document.createElement("div");
  controls.style.cssText = "display:flex;align-items:center;gap:12px;flex-wrap:wrap;margin:4px 0 8px;" +
    "font:14px system-ui,sans-serif;color:var(--jp-ui-font-color1,inherit)";
  controls.innerHTML =
    '<button type="button" style="font:inherit;min-width:86px;padding:3px 10px;cursor:pointer;color:inherit;' +
    'background:none;border:1px solid currentColor;border-radius:4px"></button>' +
    '<input type="range" min="0" step="1" value="0" aria-label="position of the window" style="width:280px;accent-color:#c77700">' +
    '<output></output>';
  root.appendChild(controls);
  var button = controls.querySelector("button"), slider = controls.querySelector("input"), place = controls.querySelector("output");
  slider.max = frames.length - 1;
  // JupyterLab would take the arrow keys and the space bar for itself.
  [button, slider].forEach(function (node) { node.setAttribute("data-lm-suppress-shortcuts", "true"); });

  function show(step) {
    var frame = frames[step];
    svg.querySelectorAll("[data-moves]").forEach(function (node) {
      var to = frame[node.dataset.moves];
      node.style.transform = "translate(" + to.x + "px," + to.y + "px)";
    });
    svg.querySelectorAll(".out").forEach(function (node, i) { node.style.opacity = i > step ? 0 : 1; });
    svg.querySelector(".sum").innerHTML = frame.sum;
    slider.value = step;
    place.textContent = frame.place + " (" + (step + 1) + " of " + frames.length + ")";
  }

  var timer = null;
  function stop() { clearInterval(timer); timer = null; button.textContent = "\\u25b6 Play"; }
  function play() {
    if (+slider.value === frames.length - 1) show(0);
    button.textContent = "\\u275a\\u275a Pause";
    timer = setInterval(function () {
      if (!root.isConnected || +slider.value === frames.length - 1) stop();
      else show(+slider.value + 1);
    }, Math.max(300, Math.min(900, 30000 / frames.length)));
  }
  button.addEventListener("click", function () { if (timer) stop(); else play(); });
  slider.addEventListener("input", function () { stop(); show(+slider.value); });
  svg.querySelectorAll("[data-step]").forEach(function (node) {
    node.style.cursor = "pointer";
    node.addEventListener("click", function () { stop(); show(+node.dataset.step); });
  });
  stop();
  show(0);
}`;
