import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { inProject } from "../../project";
import { findChromium, launchChromium } from "./chromium";
import type { Notebook, Output } from "./notebook";

const FIGURE = "application/vnd.plotly.v1+json";
/** Pixels of the picture to one of the page: sharp on today's screens. */
const SCALE = 2;
/** The notebook's width, for figures that do not set their own. */
const DEFAULT_SIZE = { width: 800, height: 450 };

type Figure = { data: unknown[]; layout?: { width?: number; height?: number } };

/**
 * Adds a picture, `image/png`, to every plotly figure of a notebook that has none: a code host, an export
 * and a reader without JupyterLab show that. Pictures are kept in `build/pictures/` by what the figure
 * holds, so that an unchanged figure is drawn once.
 *
 * @throws Error when there is a figure to draw and no Chromium to draw it
 */
export async function addStaticPictures(notebook: Notebook): Promise<Notebook> {
  const figures = notebook.cells.flatMap((cell) => (cell.outputs ?? []).flatMap(figureToDraw));
  if (figures.length === 0) return notebook;
  const pictures = await drawFigures(figures);
  const withPicture = (output: Output): Output => {
    const [figure] = figureToDraw(output);
    if (!figure || !("data" in output)) return output;
    return {
      ...output,
      data: { ...output.data, "image/png": pictures.get(keyOf(figure)) },
      metadata: { ...output.metadata, "image/png": sizeOf(figure) }, // as large as the page draws it
    };
  };
  const cells = notebook.cells.map((cell) =>
    cell.outputs ? { ...cell, outputs: cell.outputs.map(withPicture) } : cell,
  );
  return { ...notebook, cells };
}

/** The figure of an output that has no picture yet, or none. */
function figureToDraw(output: Output): Figure[] {
  if (!("data" in output) || !(FIGURE in output.data) || "image/png" in output.data) return [];
  return [output.data[FIGURE] as Figure];
}

/** Draws each figure, or takes its picture from an earlier build; PNG in base64 by the figure's key. */
async function drawFigures(figures: readonly Figure[]): Promise<Map<string, string>> {
  const folder = inProject("build", "pictures");
  fs.mkdirSync(folder, { recursive: true });
  const pictures = new Map<string, string>();
  let browser: Browser | undefined;
  let page: Page | undefined;
  try {
    for (const figure of figures) {
      const key = keyOf(figure);
      const file = path.join(folder, `${key}.png`);
      if (!fs.existsSync(file)) {
        browser ??= await startBrowser();
        page ??= await drawingPage(browser);
        fs.writeFileSync(file, await draw(page, figure));
      }
      pictures.set(key, fs.readFileSync(file).toString("base64"));
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

async function drawingPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ deviceScaleFactor: SCALE });
  await page.setContent("<!doctype html><body style='margin:0;background:transparent'></body>");
  await page.addScriptTag({ path: require.resolve("plotly.js-dist/plotly.js") });
  return page;
}

/** What the page's plotly offers, as far as it is used here. */
interface Plotly {
  newPlot(element: unknown, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
}

async function draw(page: Page, { data, layout }: Figure): Promise<Buffer> {
  const size = sizeOf({ layout });
  await page.setViewportSize(size);
  await page.evaluate(
    async ({ data, layout }) => {
      // This function runs in the page, whose globals are not those of Node.
      const { document, Plotly } = globalThis as unknown as {
        document: {
          body: { replaceChildren(): void; appendChild(e: unknown): void };
          createElement(tag: string): unknown;
        };
        Plotly: Plotly;
      };
      const element = document.createElement("div");
      document.body.replaceChildren();
      document.body.appendChild(element);
      await Plotly.newPlot(element, data, layout, { staticPlot: true });
    },
    { data, layout: { ...layout, ...size } },
  );
  return page.screenshot({ omitBackground: true });
}

/** The figure's size on the page, in its pixels. */
function sizeOf({ layout }: Pick<Figure, "layout">): { width: number; height: number } {
  const { width = DEFAULT_SIZE.width, height = DEFAULT_SIZE.height } = layout ?? {};
  return { width, height };
}

function keyOf(figure: Figure): string {
  const drawn = JSON.stringify({ data: figure.data, layout: figure.layout, SCALE });
  return createHash("sha256").update(drawn).digest("hex").slice(0, 32);
}
