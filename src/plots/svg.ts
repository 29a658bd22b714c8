import { escapeMarkup } from "../notebook";
import { FOREGROUND, FOREGROUND_IN_THE_DARK, GRID_LINE, SERIES_COLOURS } from "./colours";
import type { SvgFigure } from "./Figure";
import { figure } from "./makeFigure";

export type Attributes = Record<string, string | number | undefined>;

/** An element of an SVG or HTML document, as text. Attributes are escaped, children are markup already. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${typeof value === "number" ? round(value) : escapeMarkup(value!)}"`,
    )
    .join("");
  const content = children.join("");
  return content ? `<${name}${written}>${content}</${name}>` : `<${name}${written}/>`;
}

/** One line of letters at a position; `wrap` makes lines of a longer text. */
export function letters(text: string, attributes: Attributes): string {
  return element("text", attributes, escapeMarkup(text));
}

const TITLE_SIZE = 15;
/** How wide a letter is for its size, on average: a plain one; a bold one at most, as where many are digits. */
const PLAIN = 0.55;
const BOLD = 0.68;

/** The pixels that a title takes, in bold letters. */
export function titleWidth(title: string): number {
  return Math.ceil(BOLD * TITLE_SIZE * title.length);
}

/** The title above a picture, from its left edge or from `x` on. */
export function drawTitle(title: string, x = 0): string {
  return letters(title, { x, y: 16, "font-size": TITLE_SIZE, "font-weight": 600 });
}

/** A title in as many lines as a width in pixels asks for. */
export function titleLines(title: string, width: number): string[] {
  return wrapTo(title, Math.floor(width / (BOLD * TITLE_SIZE)));
}

/** Of an output in JupyterLab, on a screen of usual size. */
const PAGE_WIDTH = 880;

/**
 * The colour of letters: the theme's where the drawing stands in the page itself. As an image it knows no theme, but
 * browsers tell it whether the element that shows it is dark (environment/jupyter/custom/custom.css says so there).
 */
const LETTERS =
  `.cbf{fill:var(--jp-ui-font-color1,${FOREGROUND})}` +
  `@media (prefers-color-scheme:dark){.cbf{fill:var(--jp-ui-font-color1,${FOREGROUND_IN_THE_DARK})}}`;

/** A picture of this size in pixels; a wider one than the page takes the page's width. */
export function svgFigure(parts: {
  width: number;
  height: number;
  text: string;
  content: string;
}): SvgFigure {
  const { width, height, text, content } = parts;
  const svg = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      // A drawing wider than the page has no size of its own: it shrinks to the page in place of being cut off.
      ...(width <= PAGE_WIDTH ? { width, height } : {}),
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      style: "max-width:100%;height:auto",
      role: "img",
      class: "cbf",
      "font-family": "system-ui, sans-serif",
      "font-size": 13,
      fill: FOREGROUND,
    },
    element("title", {}, escapeMarkup(text.split("\n")[0])),
    element("style", {}, LETTERS),
    content,
  );
  return figure({ kind: "svg", svg, text });
}

/** How much of some work is done, 0 to 1, as a bar; nothing where that is left out. */
export function progressBar(fraction: number | undefined, width: number, y: number): string {
  if (fraction === undefined) return "";
  const bar = (length: number, fill: string): string =>
    element("rect", { y, width: length, height: 5, rx: 2.5, fill });
  return bar(width, GRID_LINE) + bar(width * Math.min(Math.max(fraction, 0), 1), SERIES_COLOURS[0]);
}

/** Text broken at spaces into lines that fit a width in pixels. */
export function wrap(text: string, width: number, size = 13): string[] {
  return wrapTo(text, Math.max(Math.floor(width / (PLAIN * size)), 4));
}

/** Text broken at spaces into lines of limited length. */
function wrapTo(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      const longer = line ? `${line} ${word}` : word;
      if (line && longer.length > most) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
  }
  return lines;
}

/** A tenth of a pixel is enough. */
function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
