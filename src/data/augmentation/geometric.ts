import {
  ArgumentError,
  requireFinite,
  requireImages,
  requireInteger,
  requireOptions,
  requireOneOf,
  requirePositive,
  requireFraction,
} from "../../tensor";
import type { Augmentation } from "./Augmentation";
import { type Outside, resample } from "./resample";

export interface OutsideOptions {
  /** What comes in from beyond the border: `"edge"`, the nearest pixel, when left out, or `"black"`. */
  outside?: Outside | undefined;
}

/**
 * Mirrors images, left and right exchanged. A cat stays a cat; of the digits only 0, 1 and 8 stay what they are.
 *
 * @param options `probability` of being mirrored, 0.5 when left out
 *
 * @example
 * const image = tensor([1, 2, 3], [1, 1, 3, 1]);
 * mirror({ probability: 1 })(image, random(1)).reshape([3]).toArray() // → [3, 2, 1]
 */
export function mirror(options: { probability?: number | undefined } = {}): Augmentation {
  requireOptions("mirror", options, { probability: true });
  const probability = requireFraction("mirror", "probability", options.probability ?? 0.5);
  return (images, source) => {
    requireImages("mirror", "images", images);
    const last = images.shape[2] - 1;
    const sourceOf = () => {
      const mirrored = source.uniform() < probability;
      return (row: number, column: number) => [row, mirrored ? last - column : column] as const;
    };
    return resample(images, sourceOf, "edge");
  };
}

/**
 * Crops images at a random offset: moves them by up to `most` pixels along each axis, in whole pixels. (The same as
 * a frame of that many pixels around them, and then a window of the old size anywhere in it.)
 *
 * @param options `pixels`, at most so far
 * @see Krizhevsky, Sutskever and Hinton, ImageNet Classification with Deep Convolutional Neural Networks, 2012, section 4.1
 *
 * @example
 * const moved = randomCrop({ pixels: 2, outside: "black" })(full([1, 5, 5, 1], 1), random(1));
 * moved.shape // → [1, 5, 5, 1]
 */
export function randomCrop(options: { pixels: number } & OutsideOptions): Augmentation {
  requireOptions("randomCrop", options, { pixels: true, outside: true });
  const pixels = requireInteger("randomCrop", "pixels", options.pixels, 0);
  const outside = requireOutside("randomCrop", options);
  return (images, source) => {
    requireImages("randomCrop", "images", images);
    const sourceOf = () => {
      const [down, right] = [source.integer(-pixels, pixels), source.integer(-pixels, pixels)];
      return (row: number, column: number) => [row + down, column + right] as const;
    };
    return resample(images, sourceOf, outside);
  };
}

/**
 * Turns images about their middle, by an angle between -degrees and degrees.
 *
 * @example
 * const turned = rotate({ degrees: 10 })(full([2, 9, 9, 3], 0.5), random(1));
 * [turned.min(), turned.max()] // → [0.5, 0.5]
 */
export function rotate(options: { degrees: number } & OutsideOptions): Augmentation {
  requireOptions("rotate", options, { degrees: true, outside: true });
  const degrees = requireNotNegative("rotate", "degrees", options.degrees);
  const outside = requireOutside("rotate", options);
  return (images, source) => {
    requireImages("rotate", "images", images);
    const [, height, width] = images.shape;
    const [middle, centre] = [(height - 1) / 2, (width - 1) / 2];
    const sourceOf = () => {
      const angle = (source.uniform(-degrees, degrees) * Math.PI) / 180;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      return (row: number, column: number) => {
        const [y, x] = [row - middle, column - centre];
        return [middle + cos * y - sin * x, centre + sin * y + cos * x] as const;
      };
    };
    return resample(images, sourceOf, outside);
  };
}

/**
 * Warps images locally: every pixel is taken from a position nearby, and neighbours from neighbouring positions, as on a
 * sheet of rubber. The displacements are normal numbers on a coarse grid, with smooth ways between them.
 *
 * @param options `pixels`, the standard deviation of a displacement; `grid`, the distance of the points at which
 * displacements are drawn, 8 pixels when left out
 * @see Simard, Steinkraus and Platt, Best practices for convolutional neural networks, 2003
 *
 * @example
 * const warped = warp({ pixels: 1 })(full([1, 28, 28, 1], 1), random(1));
 * warped.shape // → [1, 28, 28, 1]
 */
export function warp(
  options: { pixels: number; grid?: number | undefined } & OutsideOptions,
): Augmentation {
  requireOptions("warp", options, { pixels: true, grid: true, outside: true });
  const pixels = requireNotNegative("warp", "pixels", options.pixels);
  const grid = requirePositive("warp", "grid", options.grid ?? 8);
  const outside = requireOutside("warp", options);
  return (images, source) => {
    requireImages("warp", "images", images);
    const [, height, width] = images.shape;
    const [rows, columns] = [height, width].map((n) => Math.ceil(n / grid) + 2);
    const sourceOf = () => {
      const draw = () =>
        Float64Array.from({ length: rows * columns }, () => source.normal(0, pixels));
      const [downs, rights] = [draw(), draw()];
      return (row: number, column: number) => {
        const [y, x] = [row / grid, column / grid];
        const down = between(downs, columns, y, x);
        return [row + down, column + between(rights, columns, y, x)] as const;
      };
    };
    return resample(images, sourceOf, outside);
  };
}

/** A value between the points of a grid; the weights are smooth, so that the sheet has no creases. */
function between(values: Float64Array, columns: number, y: number, x: number): number {
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const smooth = (t: number): number => t * t * (3 - 2 * t);
  const [down, right] = [smooth(y - top), smooth(x - left)];
  const at = (i: number, j: number): number => values[(top + i) * columns + left + j];
  const above = at(0, 0) * (1 - right) + at(0, 1) * right;
  return above * (1 - down) + (at(1, 0) * (1 - right) + at(1, 1) * right) * down;
}

function requireOutside(call: string, options: OutsideOptions): Outside {
  return requireOneOf(call, "outside", options.outside ?? "edge", ["black", "edge"]);
}

function requireNotNegative(call: string, argument: string, value: unknown): number {
  const number = requireFinite(call, argument, value as number);
  if (number >= 0) return number;
  throw new ArgumentError({ call, argument, expected: "0 or more", received: value });
}
