/**
 * The panel in the page, as the module that anywidget asks for: https://anywidget.dev/en/afm/. A function for each
 * kind of control; it gets the part, its state, and a function that sends the kernel a new state, and returns its
 * elements and a function that shows a state.
 */
export const PANEL_SCRIPT = String.raw`
function element(tag, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
}

function bytesOf(state) {
  const { bytes } = state;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const kinds = {
  range({ low, high, step, name }, tell) {
    const input = element("input", { type: "range", min: low, max: high, step, ariaLabel: name });
    const output = element("output");
    input.addEventListener("input", () => { output.value = input.value; tell(Number(input.value)); });
    return { elements: [input, output], show(state) { output.value = input.value = state; } };
  },

  select({ choices, name }, tell) {
    const options = choices.map((text, i) => element("option", { value: i, textContent: text }));
    const list = element("select", { ariaLabel: name }, ...options);
    list.addEventListener("change", () => tell(Number(list.value)));
    return { elements: [list], show(state) { list.value = state; } };
  },

  checkbox({ name }, tell) {
    const box = element("input", { type: "checkbox", ariaLabel: name });
    box.addEventListener("change", () => tell(box.checked));
    return { elements: [box], show(state) { box.checked = state; } };
  },

  button({ text, name }, tell) {
    let count = 0;
    const key = element("button", { type: "button", textContent: text ?? name });
    key.addEventListener("click", () => tell(++count));
    return { elements: [key], show(state) { count = state; } };
  },

  progressBar({ name }) {
    const bar = element("progress", { max: 1, ariaLabel: name });
    return { elements: [bar], show(state) { bar.value = state; } };
  },

  digitPad({ name }, tell) {
    const SIDE = 28, SCALE = 10;
    const canvas = element("canvas", { width: SIDE * SCALE, height: SIDE * SCALE, ariaLabel: name });
    const clear = element("button", { type: "button", textContent: "Clear" });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    const small = element("canvas", { width: SIDE, height: SIDE }).getContext("2d", { willReadFrequently: true });
    const wipe = () => { pen.fillStyle = "#000"; pen.fillRect(0, 0, canvas.width, canvas.height); };
    const send = () => {
      small.drawImage(canvas, 0, 0, SIDE, SIDE);
      const { data } = small.getImageData(0, 0, SIDE, SIDE);
      const bytes = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => data[4 * i]);
      tell({ height: SIDE, width: SIDE, bytes: new DataView(bytes.buffer) });
    };
    const position = (event) => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return [((event.clientX - left) / width) * canvas.width, ((event.clientY - top) / height) * canvas.height];
    };
    let last;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      last = position(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!last) return;
      const here = position(event);
      Object.assign(pen, { strokeStyle: "#fff", lineWidth: 2 * SCALE, lineCap: "round" });
      pen.beginPath(); pen.moveTo(...last); pen.lineTo(...here); pen.stroke();
      last = here;
      send();
    });
    for (const end of ["pointerup", "pointercancel"])
      canvas.addEventListener(end, () => { last = undefined; });
    clear.addEventListener("click", () => { wipe(); send(); });
    return {
      elements: [canvas, clear],
      show(state) {
        if (last) return; // the stroke under way is newer
        wipe();
        bytesOf(state).forEach((byte, i) => {
          pen.fillStyle = "rgb(" + byte + " " + byte + " " + byte + ")";
          pen.fillRect((i % SIDE) * SCALE, Math.floor(i / SIDE) * SCALE, SCALE, SCALE);
        });
      },
    };
  },

  hoverImage({ height, width, png, name }, tell) {
    const image = element("img", { className: "hovered", src: "data:image/png;base64," + png, alt: name, draggable: false });
    const output = element("output");
    const show = ({ row, column }) => { output.value = "row " + row + ", column " + column; };
    image.addEventListener("pointermove", (event) => {
      const box = image.getBoundingClientRect();
      const inside = (position, size, count) => Math.min(count - 1, Math.max(0, Math.floor((position / size) * count)));
      const state = {
        row: inside(event.clientY - box.top - 1, box.height - 2, height),
        column: inside(event.clientX - box.left - 1, box.width - 2, width),
      };
      show(state);
      tell(state);
    });
    return { elements: [image, output], show };
  },

  photoUpload({ size, name }, tell) {
    const input = element("input", { type: "file", accept: "image/*", ariaLabel: name });
    const output = element("output");
    input.addEventListener("change", async () => {
      const [file] = input.files;
      if (!file) return;
      try {
        const photo = await createImageBitmap(file);
        const scale = Math.min(1, size / Math.max(photo.width, photo.height));
        const width = Math.max(1, Math.round(photo.width * scale));
        const height = Math.max(1, Math.round(photo.height * scale));
        const context = element("canvas", { width, height }).getContext("2d");
        context.imageSmoothingQuality = "high";
        context.drawImage(photo, 0, 0, width, height);
        const { data } = context.getImageData(0, 0, width, height);
        const bytes = new Uint8Array(height * width * 3);
        for (let i = 0; i < height * width; i++) bytes.set(data.subarray(4 * i, 4 * i + 3), 3 * i);
        output.value = height + " x " + width;
        tell({ height, width, bytes: new DataView(bytes.buffer) });
      } catch {
        output.value = "The browser cannot read this file as an image.";
      }
    });
    return { elements: [input, output], show(state) { if (state) output.value = state.height + " x " + state.width; } };
  },
};

function render({ model, el }) {
  const panel = element("div", { className: "convbook-controls" });
  const ends = model.get("parts").map((part, i) => {
    const trait = "state_" + i;
    const tell = (state) => { model.set(trait, state); model.save_changes(); };
    const { elements, show } = kinds[part.kind](part, tell);
    const changed = () => show(model.get(trait));
    changed();
    model.on("change:" + trait, changed);
    // Else JupyterLab takes a focused slider's arrow keys for its own shortcuts.
    for (const one of elements) one.dataset.lmSuppressShortcuts = "true";
    panel.append(element("span", { textContent: part.name }), element("div", { className: "value" }, ...elements));
    return () => model.off("change:" + trait, changed);
  });
  el.append(panel);
  return () => ends.forEach((end) => end());
}

export default { render };
`;
