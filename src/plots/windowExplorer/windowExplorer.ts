import { ArgumentError, requireInteger, requireOptions } from "../../tensor";
import type { HtmlFigure } from "../Figure";
import { figure } from "../makeFigure";
import { element } from "../svg";
import { explorerPicture } from "./explorerPicture";
import { EXPLORER_COLOURS, EXPLORER_STYLE, PICTURE_STYLE } from "./explorerStyle";
import { explorerWords, type FormulaTerm } from "./explorerWords";
import { PAGE_SCRIPT } from "./pageScript";
import { type Letter, type Setting, windowNumbers } from "./windowNumbers";

/** Where the sliders of an explorer stand at first, and which of them there are. */
export interface WindowExplorerOptions {
  /** Length of the input, which is as high as wide, 1 to 12. 5 when left out. */
  n?: number | undefined;
  /** Taps of the filter, 1 to 5. 3 when left out. */
  f?: number | undefined;
  /** Stride, 1 to 4. 1 when left out. */
  s?: number | undefined;
  /** Zeros on each side, 0 to 4. 0 when left out. */
  p?: number | undefined;
  /** Dilation, 1 to 3. 1 when left out. */
  d?: number | undefined;
  /** The letters that have a slider; all five when left out. The others stay, and a formula that they do not change is without them. */
  sliders?: readonly Letter[] | undefined;
}

const LETTERS: readonly Letter[] = ["n", "f", "s", "p", "d"];
const NAMES: Readonly<Record<Letter, string>> = {
  n: "input",
  f: "filter",
  s: "stride",
  p: "padding",
  d: "dilation",
};
const LEAST: Setting = { n: 1, f: 1, s: 1, p: 0, d: 1 };
const MOST: Setting = { n: 12, f: 5, s: 4, p: 4, d: 3 };
const START: Setting = { n: 5, f: 3, s: 1, p: 0, d: 1 };
/** The width of the picture where nothing moves. */
const STILL_WIDTH = 720;

/**
 * The arithmetic of a sliding window, to be touched: sliders for the input length n, the filter f, the stride s, the
 * padding p and the dilation d; the window over the padded input, which can be dragged and played; the output; the
 * formula with these numbers, and the rows and columns that are never read. It needs no kernel, no library and no
 * network: it works in an exported page and on a phone. Where scripts do not run it is a picture.
 *
 * @see Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, arXiv 1603.07285, whose
 * animations everybody remembers
 *
 * @example
 * windowExplorer({ n: 8, f: 3, s: 2 }).text.split("\n").slice(1)
 * // → ["o = ⌊(n + 2p − d(f − 1) − 1) / s⌋ + 1 = ⌊(8 + 2·0 − 1·(3 − 1) − 1) / 2⌋ + 1 = ⌊5 / 2⌋ + 1 = 2 + 1 = 3", "Left over: 1 row and 1 column are never read."]
 * @example
 * windowExplorer({ n: 5, f: 3, sliders: ["n", "f", "p"] }).text.split("\n")[1] // → "o = n + 2p − f + 1 = 5 + 2·0 − 3 + 1 = 3"
 */
export function windowExplorer(options: WindowExplorerOptions = {}): HtmlFigure {
  const call = "windowExplorer";
  requireOptions<WindowExplorerOptions>(call, options, {
    n: true,
    f: true,
    s: true,
    p: true,
    d: true,
    sliders: true,
  });
  const setting = Object.fromEntries(
    LETTERS.map((letter) => [letter, requireStart(call, letter, options[letter])]),
  ) as unknown as Setting;
  const sliders = requireSliders(call, options.sliders ?? LETTERS);
  const numbers = windowNumbers(setting);
  const words = explorerWords(setting, numbers, sliders, MOST);
  const written = (pieces: readonly FormulaTerm[]): string =>
    pieces.map(({ text }) => text).join("");
  const title = titleOf(setting, numbers.output);
  return figure({
    kind: "html",
    html: explorerHtml(setting, sliders, title),
    text: [title, `${written(words.formula)} ${written(words.numbers)}`, words.verdict].join("\n"),
  });
}

function titleOf({ n, f, s, p, d }: Setting, output: number): string {
  const gaps = d > 1 ? `, dilation ${d}` : "";
  const result = output > 0 ? `the output is ${output} × ${output}` : "it does not fit";
  return `A ${f} × ${f} filter on a ${n} × ${n} input, padding ${p}, stride ${s}${gaps}: ${result}`;
}

/** The static picture, and the script that puts the explorer in its place. */
function explorerHtml(setting: Setting, letters: readonly Letter[], title: string): string {
  const picture = stillPicture(setting, title);
  const setup = {
    setting,
    letters,
    least: LEAST,
    most: MOST,
    names: NAMES,
    colours: EXPLORER_COLOURS,
    style: EXPLORER_STYLE,
  };
  // What the page computes and draws with are these very functions, under these names.
  const shared = Object.entries({ windowNumbers, explorerWords, explorerPicture })
    .map(([name, shares]) => `const ${name} = ${shares.toString()};`)
    .join("\n");
  const data = JSON.stringify(setup).replaceAll("<", "\\u003c"); // no "</script>" within
  return element(
    "div",
    { class: "convbook-explorer" },
    element("img", {
      src: `data:image/svg+xml;base64,${Buffer.from(picture.svg).toString("base64")}`,
      alt: title,
      width: picture.width,
      style: "max-width:100%;height:auto",
    }),
    `<script>(function () {\n"use strict";\n${shared}\n${PAGE_SCRIPT}\nstartExplorer(document.currentScript.parentNode, ${data});\n})();</script>`,
  );
}

/** The setting as it stands at first, with the window half-way. */
function stillPicture(setting: Setting, title: string): { svg: string; width: number } {
  const numbers = windowNumbers(setting);
  const middle = Math.max(Math.ceil(numbers.output / 2) - 1, 0);
  const at = { row: middle, column: middle };
  const { width, height, markup } = explorerPicture(setting, numbers, STILL_WIDTH, at);
  const svg = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      class: "cbx-picture",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": title,
    },
    element("style", {}, PICTURE_STYLE),
    markup,
  );
  return { svg, width };
}

function requireStart(call: string, letter: Letter, value: unknown): number {
  if (value === undefined) return START[letter];
  requireInteger(call, letter, value);
  if ((value as number) >= LEAST[letter] && (value as number) <= MOST[letter])
    return value as number;
  throw new ArgumentError({
    call,
    argument: `${letter} (the ${NAMES[letter]})`,
    expected: `where its slider can stand, ${LEAST[letter]} to ${MOST[letter]}`,
    received: value,
    remedy: "Larger ones cannot be drawn to be read; outputSize computes them.",
  });
}

function requireSliders(call: string, sliders: unknown): readonly Letter[] {
  const areLetters =
    Array.isArray(sliders) &&
    sliders.every((letter) => LETTERS.includes(letter)) &&
    new Set(sliders).size === sliders.length;
  if (areLetters && sliders.length > 0) return LETTERS.filter((letter) => sliders.includes(letter));
  throw new ArgumentError({
    call,
    argument: "sliders",
    expected: `letters of ${LETTERS.join(", ")}, each once`,
    received: sliders,
  });
}
