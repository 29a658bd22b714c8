import { ArgumentError, greatest, requireInteger } from "../tensor";
import { colourBar, COLOUR_BAR } from "./colourBar";
import type { SvgFigure } from "./Figure";
import type { Scale } from "./scale";
import { drawTitle, element, letters, svgFigure, titleWidth, wrap } from "./svg";

/** One of several small pictures of a figure. */
export interface Tile {
  /** Its size in pixels of its own. */
  rows: number;
  columns: number;
  caption: string;
  /** Its markup from (0, 0) on, one of its pixels being so large on the screen. */
  draw(pixel: number): string;
}

export interface TileOptions {
  title?: string | undefined;
  /** How many stand side by side; as many as fit when left out. */
  columns?: number | undefined;
  /** The longer side of the largest one on the screen, in pixels; so that all fit when left out. */
  size?: number | undefined;
}

/** What fits on a screen with the notebook's own furniture around it. */
const PAGE = { width: 720, height: 600 };
const SIZES = [480, 336, 224, 168, 140, 112, 84, 56, 42, 28];
/** A pixel is never drawn larger than this: a filter of 3 by 3 need not fill the page. */
const LARGEST_PIXEL = 36;
const GAP = 14;
const LINE = 17;
const TITLE_HEIGHT = 30;

/** More than anybody looks through; the drawing of that many takes seconds and some megabytes. */
const MOST_TILES = 10_000;

/** Small pictures in rows, with captions below them and a title above, and colour bars where they are due. */
export function drawTiles(
  call: string,
  tiles: readonly Tile[],
  options: TileOptions & { text: string; bars: readonly Scale[] },
): SvgFigure {
  const { title, text, bars } = options;
  if (tiles.length > MOST_TILES)
    throw new ArgumentError({
      call,
      argument: "what it shows",
      expected: `at most ${MOST_TILES} pictures`,
      received: tiles.length,
      remedy: "Take a part: x.slice(begin, size).",
    });
  const grid = arrange(call, tiles, options);
  const top = title ? TITLE_HEIGHT : 0;
  const width = Math.max(
    grid.columns * (grid.tile.width + GAP) + GAP,
    titleWidth(title ?? "") + 2 * GAP,
    bars.length * (COLOUR_BAR.width + GAP) + GAP,
  );
  const bottom = top + Math.ceil(tiles.length / grid.columns) * (grid.tile.height + GAP);
  const drawn = tiles.map((tile, i) => {
    const left = GAP + (i % grid.columns) * (grid.tile.width + GAP);
    const y = top + Math.floor(i / grid.columns) * (grid.tile.height + GAP);
    const below = tile.rows * grid.pixel + LINE - 3;
    const caption = wrap(tile.caption, grid.tile.width).map((line, n) =>
      letters(line, { y: below + n * LINE }),
    );
    return element(
      "g",
      { transform: `translate(${left} ${y})` },
      tile.draw(grid.pixel),
      ...(tile.caption ? caption : []),
    );
  });
  const heading = title ? drawTitle(title, GAP) : "";
  const legend = bars.map((bar, i) => colourBar(bar, GAP + i * (COLOUR_BAR.width + GAP), bottom));
  const height = bottom + (bars.length > 0 ? COLOUR_BAR.height : 0);
  return svgFigure({ width, height, text, content: [heading, ...drawn, ...legend].join("") });
}

/** The number of columns and the size of a pixel with which all tiles fit on a screen, as large as can be. */
function arrange(call: string, tiles: readonly Tile[], options: TileOptions) {
  const wanted = positive(call, "columns", options.columns);
  const size = positive(call, "size", options.size);
  const largest = {
    rows: greatest(tiles.map((tile) => tile.rows)),
    columns: greatest(tiles.map((tile) => tile.columns)),
  };
  const at = (size: number) => {
    const pixel = pixelSize(size / Math.max(largest.rows, largest.columns));
    const picture = { width: largest.columns * pixel, height: largest.rows * pixel };
    const longest = greatest(tiles.map((tile) => 7.2 * tile.caption.length));
    const width = Math.max(picture.width, Math.min(longest, 130));
    const lines = greatest(
      tiles.map((tile) => (tile.caption ? wrap(tile.caption, width).length : 0)),
    );
    const tile = { width, height: picture.height + lines * LINE };
    const fitting = Math.max(Math.floor((PAGE.width - GAP) / (width + GAP)), 1);
    const columns = wanted ?? Math.min(tiles.length, fitting);
    const height = Math.ceil(tiles.length / columns) * (tile.height + GAP);
    const fits = columns <= fitting && height <= PAGE.height;
    return { pixel, columns, tile, fits };
  };
  if (size) return at(size);
  const choices = SIZES.map(at);
  return choices.find((choice) => choice.fits) ?? choices[choices.length - 1];
}

function positive(call: string, option: string, value: number | undefined): number | undefined {
  return value === undefined ? undefined : requireInteger(call, option, value, 1);
}

/** Whole screen pixels for each pixel where it is magnified: only so are all of them equally wide. */
function pixelSize(fitting: number): number {
  return fitting >= 1 ? Math.min(Math.floor(fitting), LARGEST_PIXEL) : fitting;
}
