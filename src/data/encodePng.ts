import { ArgumentError, requireOptions, Tensor } from "../tensor";

export interface PixelOptions {
  /** The values that become black and white; what lies beyond them is cut off. [0, 1] when left out, and then nothing may lie beyond. */
  range?: readonly [low: number, high: number] | undefined;
}

/**
 * A picture as the bytes of a PNG file.
 *
 * @param x one image: [1, h, w, c], [h, w, c] or [h, w], with c = 1 for grey, 3 for red, green and blue, or 4 with opacity
 *
 * @example
 * encodePng(tensor([[0, 1], [1, 0]])).subarray(1, 4) // → Uint8Array.from("PNG", (letter) => letter.charCodeAt(0))
 */
export function encodePng(x: Tensor, options: PixelOptions = {}): Uint8Array {
  requireOptions<PixelOptions>("encodePng", options, { range: true });
  const pixels = toPixels("encodePng", x, options);
  // Loaded when first needed, so that importing convbook stays quick.
  const { encode } = require("fast-png") as typeof import("fast-png");
  return encode(pixels);
}

/** @internal An image as bytes, row by row. */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3 | 4;
}

/** @internal An image of 0 to 1 (or another range) to bytes of 0 to 255. */
export function toPixels(call: string, x: Tensor, { range }: PixelOptions): Pixels {
  const { height, width, channels } = requireImage(call, x);
  const [low, high] = range ?? [0, 1];
  if (!(low < high && Number.isFinite(high - low))) {
    const expected = "[low, high] with low below high";
    throw new ArgumentError({ call, argument: "range", expected, received: range });
  }
  const data = new Uint8Array(x.size);
  for (let i = 0; i < x.size; i++) {
    const fraction = (x.data[i] - low) / (high - low);
    const inside = fraction >= 0 && fraction <= 1;
    if (Number.isNaN(fraction) || (!range && !inside)) {
      throw new ArgumentError({
        call,
        argument: "x",
        expected: "of values from 0 to 1",
        received: x.data[i],
        remedy: `Say what is black and what is white with { range: [low, high] }; x goes from ${x.min()} to ${x.max()}.`,
      });
    }
    data[i] = Math.round(255 * Math.min(Math.max(fraction, 0), 1));
  }
  return { data, width, height, channels };
}

function requireImage(call: string, x: unknown): Omit<Pixels, "data"> {
  if (x instanceof Tensor && x.size > 0) {
    const [height, width, channels = 1] =
      x.rank === 4 && x.shape[0] === 1 ? x.shape.slice(1) : x.shape;
    const isImage = x.rank === 2 || x.rank === 3 || (x.rank === 4 && x.shape[0] === 1);
    if (isImage && (channels === 1 || channels === 3 || channels === 4))
      return { height, width, channels };
  }
  const expected = "one image of shape [h, w], [h, w, c] or [1, h, w, c], where c is 1, 3 or 4";
  throw new ArgumentError({ call, argument: "x", expected, received: x });
}
