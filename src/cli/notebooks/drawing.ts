import { createHash } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import type { Output } from "./notebook";

/** In the page's pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Something that a page can draw and a reader without scripts, or without trust, cannot. */
export interface Drawing {
  /** The same for two that look the same. */
  key: string;
  size: Size;
  /** A PNG of it, as large as its size or `SCALE` times as large. */
  draw(page: Page): Promise<Buffer>;
}

export const FIGURE = "application/vnd.plotly.v1+json";
const SVG = "image/svg+xml";
/** Pixels of an SVG's picture to one of the page: sharp on today's screens. */
const SCALE = 2;
/** The notebook's width, for figures that do not set their own. */
const DEFAULT_SIZE: Size = { width: 800, height: 450 };

/** What is to be drawn of an output: nothing where it has a picture, or needs none. */
export function drawingOf(output: Output): Drawing | undefined {
  if (!("data" in output) || "image/png" in output.data) return undefined;
  const { [FIGURE]: figure, [SVG]: svg } = output.data;
  if (figure) return figureDrawing(figure as Figure);
  return typeof svg === "string" ? svgDrawing(svg) : undefined;
}

/** A page with plotly, in which `draw` draws. */
export async function drawingPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ deviceScaleFactor: SCALE });
  await page.setContent("<!doctype html><body style='margin:0;background:transparent'></body>");
  await page.addScriptTag({ path: require.resolve("plotly.js-dist/plotly.js") });
  return page;
}

type Figure = { data: unknown[]; layout?: Partial<Size> };

function figureDrawing({ data, layout }: Figure): Drawing {
  const { width = DEFAULT_SIZE.width, height = DEFAULT_SIZE.height } = layout ?? {};
  const size = { width, height };
  return {
    key: keyOf({ data, layout }),
    size,
    async draw(page) {
      await page.setViewportSize(size);
      await page.evaluate(drawFigure, { data, layout: { ...layout, ...size } });
      // JupyterLab's plotly shows the picture at the size that it has, until the mouse is over it.
      return page.screenshot({ omitBackground: true, scale: "css" });
    },
  };
}

/** Of an SVG that says nothing of it, as browsers have it. */
const SVG_SIZE: Size = { width: 300, height: 150 };
const COLOURS = 256;
const MOST_BYTES = 40_000;

function svgDrawing(svg: string): Drawing {
  const size = svgSize(svg);
  return {
    key: keyOf({ svg, size, SCALE, MOST_BYTES }),
    size,
    async draw(page) {
      await page.setViewportSize(size);
      const source = `data:${SVG};base64,${Buffer.from(svg).toString("base64")}`;
      await page.evaluate(drawImage, source);
      const picture = await page.screenshot({ omitBackground: true });
      const png = await inFewColours(picture);
      // Photographs take much room, and gain little by the finer grid.
      return png.length <= MOST_BYTES ? png : inFewColours(picture, size);
    },
  };
}

/** As it says itself; one that fills what room there is, as large as it was drawn. */
function svgSize(svg: string): Size {
  const opening = /<svg\b[^>]*>/.exec(svg)?.[0] ?? "";
  const [, , ...drawn] = (/\sviewBox="([^"]*)"/.exec(opening)?.[1] ?? "").split(" ").map(Number);
  const given = ["width", "height"].map((name) =>
    Number(new RegExp(`\\s${name}="([\\d.]+)(?:px)?"`).exec(opening)?.[1]),
  );
  const [width, height] = given.every((length) => length > 0) ? given : drawn;
  return width > 0 && height > 0
    ? { width: Math.ceil(width), height: Math.ceil(height) }
    : SVG_SIZE;
}

/** By a palette: of what a drawing shows nothing is lost, and the notebook is a third as large. */
function inFewColours(picture: Buffer, size?: Size): Promise<Buffer> {
  return sharp(picture)
    .resize(size ?? {})
    .png({ palette: true, colours: COLOURS, effort: 8 })
    .toBuffer();
}

function keyOf(drawn: object): string {
  return createHash("sha256").update(JSON.stringify(drawn)).digest("hex").slice(0, 32);
}

// The two functions below run in the page, whose globals are not those of Node.

interface PageElement {
  src: string;
  style: { cssText: string };
  decode(): Promise<void>;
}

interface PageGlobals {
  document: {
    body: { replaceChildren(...children: PageElement[]): void };
    createElement(tag: string): PageElement;
  };
  /** What the page's plotly offers, as far as it is used here. */
  Plotly: {
    newPlot(
      element: PageElement,
      data: unknown,
      layout: unknown,
      config: unknown,
    ): Promise<unknown>;
  };
}

async function drawFigure({ data, layout }: { data: unknown; layout: unknown }): Promise<void> {
  const { document, Plotly } = globalThis as unknown as PageGlobals;
  const element = document.createElement("div");
  document.body.replaceChildren(element);
  await Plotly.newPlot(element, data, layout, { staticPlot: true });
}

async function drawImage(source: string): Promise<void> {
  const { document } = globalThis as unknown as PageGlobals;
  const image = document.createElement("img");
  image.style.cssText = "display:block";
  image.src = source;
  document.body.replaceChildren(image);
  await image.decode();
}
