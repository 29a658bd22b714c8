import fs from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { inProject } from "../../project";
import { findChromium, launchChromium } from "./chromium";
import { type Drawing, drawingOf, drawingPage, type Size } from "./drawing";
import type { Notebook, Output } from "./notebook";

/**
 * Adds a picture, `image/png`, to every plotly figure and every SVG of a notebook that has none: a code host, an
 * export, a reader without JupyterLab, and JupyterLab itself while it does not trust the notebook show that. Pictures
 * are kept in `build/pictures/` by what they show, so that what is unchanged is drawn once.
 *
 * @throws Error when there is something to draw and no Chromium to draw it
 */
export async function addStaticPictures(notebook: Notebook): Promise<Notebook> {
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  const drawings = outputs.flatMap((output) => drawingOf(output) ?? []);
  if (drawings.length === 0) return notebook;
  const pictures = await drawAll(drawings);
  const withPicture = (output: Output): Output => {
    const drawing = drawingOf(output);
    if (!drawing || !("data" in output)) return output;
    const { png, size } = pictures.get(drawing.key)!;
    return {
      ...output,
      data: { ...output.data, "image/png": png },
      metadata: { ...output.metadata, "image/png": size }, // as large as the page draws it
    };
  };
  const cells = notebook.cells.map((cell) =>
    cell.outputs ? { ...cell, outputs: cell.outputs.map(withPicture) } : cell,
  );
  return { ...notebook, cells };
}

/** In base64, and how large the page shows it. */
interface Picture {
  png: string;
  size: Size;
}

/** Draws each, or takes its picture from an earlier build; by the drawing's key. */
async function drawAll(drawings: readonly Drawing[]): Promise<Map<string, Picture>> {
  const folder = inProject("build", "pictures");
  fs.mkdirSync(folder, { recursive: true });
  const pictures = new Map<string, Picture>();
  let browser: Browser | undefined;
  let page: Page | undefined;
  try {
    for (const { key, size, draw } of drawings) {
      const file = path.join(folder, `${key}.png`);
      if (!fs.existsSync(file)) {
        browser ??= await startBrowser();
        page ??= await drawingPage(browser);
        fs.writeFileSync(file, await draw(page));
      }
      pictures.set(key, { png: fs.readFileSync(file).toString("base64"), size });
    }
  } finally {
    await browser?.close();
  }
  return pictures;
}

function startBrowser(): Promise<Browser> {
  const executable = findChromium();
  if (executable) return launchChromium(executable);
  throw new Error(
    "The figures need a browser to be drawn for readers without one, and no Chromium was found. Install it " +
      "(Debian and Ubuntu: apt install chromium), or set CHROMIUM_PATH.",
  );
}
