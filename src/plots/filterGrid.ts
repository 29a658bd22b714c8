import { ArgumentError, requireOptions, requireTensor, type Tensor, zeros } from "../tensor";
import { type CellFormat, cellFormat } from "./cellFormat";
import { drawCells } from "./cells";
import type { SvgFigure } from "./Figure";
import { drawImage } from "./imageGrid";
import { extent, fittingScale, type Scale } from "./scale";
import { drawTiles, type Tile, type TileOptions } from "./tiles";
import {
  count,
  type Numbers,
  requireAllFinite,
  requireLength,
  shortNumber,
  tensorOf,
  titled,
} from "./values";

export interface FilterGridOptions extends TileOptions {
  /** What stands below each filter; its number when left out. */
  captions?: readonly string[] | undefined;
  /** Shows filters of three input channels in colour, zero a middle grey, as first layers are often shown. */
  rgb?: boolean | undefined;
}

/**
 * The filters of a layer on one scale centred on 0: blue adds, red subtracts. Each column of pictures is a
 * filter, each row an input channel. Where they are large enough the numbers stand in the cells.
 *
 * @param filter [kh, kw, cin, cout], or a single filter as a matrix, [kh, kw]
 *
 * @example
 * filterGrid([[1, 0, -1], [2, 0, -2], [1, 0, -1]]).text // → "1 filter of 3 × 3 × 1, weights from −2 to 2"
 */
export function filterGrid(filter: Numbers, options: FilterGridOptions = {}): SvgFigure {
  requireOptions<FilterGridOptions>("filterGrid", options, {
    captions: true,
    rgb: "flag",
    title: true,
    columns: true,
    size: true,
  });
  const filters = filtersOf(filter); // [kh, kw, cin, cout]
  const [height, width, channels, number] = filters.shape;
  const rgb = options.rgb ?? false;
  if (rgb && channels !== 3) {
    const expected = "of shape [kh, kw, 3, cout] for {rgb: true}";
    throw new ArgumentError({ call: "filterGrid", argument: "filter", expected, received: filter });
  }
  requireLength("filterGrid", "captions", options.captions, number, "filters");
  const scale = fittingScale("filterGrid", filters.data, { colours: "signed" });

  const label = cellFormat(filters.data);
  const rows = rgb ? 1 : channels;
  const tiles: Tile[] = [];
  for (let c = 0; c < rows; c++)
    for (let o = 0; o < number; o++) {
      const channel = rows > 1 ? ` of channel ${c}` : "";
      tiles.push({
        rows: height,
        columns: width,
        caption: options.captions?.[o] ?? (number * rows > 1 ? `filter ${o}${channel}` : ""),
        draw: (pixel) => drawFilter(slice(filters, o, rgb ? "all" : c), scale, pixel, label),
      });
    }
  const columns = options.columns ?? (rows > 1 && number <= 12 ? number : undefined);
  const [low, high] = extent(filters.data) ?? [0, 0];
  const text = `${titled(options.title)}${count(number, "filter")} of ${height} × ${width} × ${channels}, weights from ${shortNumber(low)} to ${shortNumber(high)}`;
  return drawTiles("filterGrid", tiles, {
    ...options,
    columns,
    text,
    bars: rgb ? [] : [scale],
  });
}

function filtersOf(filter: Numbers): Tensor {
  const given = tensorOf("filterGrid", "filter", filter);
  const filters = given.rank === 2 ? given.reshape([...given.shape, 1, 1]) : given;
  requireTensor("filterGrid", "filter", filters, ["kh", "kw", "cin", "cout"]);
  requireAllFinite("filterGrid", "filter", filters);
  return filters;
}

/** What one filter does with one input channel, or with all, [kh, kw, 1 or cin]. */
function slice(filters: Tensor, o: number, channel: number | "all"): Tensor {
  const [height, width, channels, number] = filters.shape;
  const [first, depth] = channel === "all" ? [0, channels] : [channel, 1];
  const picked = zeros([height, width, depth], filters.dtype);
  for (let i = 0; i < picked.size; i++) {
    const tap = Math.floor(i / depth);
    picked.data[i] = filters.data[(tap * channels + first + (i % depth)) * number + o];
  }
  return picked;
}

function drawFilter(filter: Tensor, scale: Scale, pixel: number, label: CellFormat): string {
  const [height, width, channels] = filter.shape;
  if (channels > 1 || !label.fits(pixel)) return drawImage(filter, scale, pixel);
  return drawCells(filter.reshape([height, width]), scale, pixel, label);
}
