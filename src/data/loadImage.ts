import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { OutputInfo, ResizeOptions } from "sharp";
import { ArgumentError, requireInteger, Tensor } from "../tensor";
import { greyscale } from "./greyscale";

export interface ImageOptions {
  /**
   * A number: the longer side in pixels; the picture keeps its proportions. `[height, width]`: exactly so,
   * the middle of the picture where the proportions differ. As it is when left out.
   */
  size?: number | readonly [height: number, width: number];
  /** `true` for one channel, `false` for three. As the picture is when left out. */
  grey?: boolean;
}

/**
 * Reads a picture from a file: JPEG, PNG, WebP, GIF, AVIF, TIFF or SVG. It is turned as the camera was held
 * (EXIF orientation), and what is transparent becomes white.
 *
 * @param path a relative path starts at the notebook's folder
 * @returns [1, h, w, c], 0 to 1, c = 3 for colours (red, green, blue) and 1 for a grey picture
 * @throws when there is no such file, or it is not a picture
 *
 * @example
 * const file = require.resolve("convbook/assets/photographs/coffee.png");
 * (await loadImage(file, { size: 150 })).shape // → [1, 100, 150, 3]
 */
export async function loadImage(path: string, options: ImageOptions = {}): Promise<Tensor> {
  return readImage("loadImage", path, options);
}

/** @internal As `loadImage`, on behalf of another function. */
export async function readImage(
  call: string,
  path: string,
  options: ImageOptions,
): Promise<Tensor> {
  const file = requireFile(call, path);
  const box = requireBox(call, options.size);
  const open = await pictureReader(call);
  const picture = open(file).autoOrient().flatten({ background: "white" });
  if (box) picture.resize(box);
  try {
    const isGrey = ((await open(file).metadata()).channels ?? 3) < 3;
    picture.toColourspace(isGrey && options.grey !== false ? "b-w" : "srgb");
    const pixels = toTensor(await picture.raw().toBuffer({ resolveWithObject: true }));
    return options.grey && !isGrey ? greyscale(pixels) : pixels;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${call}(): ${file} cannot be read as a picture (JPEG, PNG, WebP, GIF, AVIF, TIFF, SVG): ${reason}.`,
      { cause: error },
    );
  }
}

async function pictureReader(call: string): Promise<(typeof import("sharp"))["default"]> {
  try {
    return (await import("sharp")).default;
  } catch (error) {
    throw new Error(
      `${call}(): pictures cannot be read here, since sharp does not load. In the notebook, \`npm ci\` in the folder of convbook helps. The grader keeps native code out: an answer cannot read pictures there, but takes them as arguments.`,
      { cause: error },
    );
  }
}

function toTensor({ data, info }: { data: Buffer; info: OutputInfo }): Tensor {
  const values = Float32Array.from(data, (byte) => byte / 255);
  return new Tensor(values, [1, info.height, info.width, info.channels]); // [1, h, w, c]
}

function requireFile(call: string, path: unknown): string {
  if (typeof path !== "string" || path === "") {
    const expected = "the path of a picture";
    throw new ArgumentError({ call, argument: "path", expected, received: path });
  }
  if (existsSync(path) && statSync(path).isFile()) return resolve(path);
  const remedy = `A relative path starts at the notebook's folder: this one means ${resolve(path)}.`;
  const expected = "the path of a file that exists";
  throw new ArgumentError({ call, argument: "path", expected, received: path, remedy });
}

function requireBox(call: string, size: ImageOptions["size"]): ResizeOptions | null {
  if (size === undefined) return null;
  if (Array.isArray(size) && size.length === 2) {
    const height = requireInteger(call, "size[0]", size[0], 1);
    const width = requireInteger(call, "size[1]", size[1], 1);
    return { height, width, fit: "cover" };
  }
  const longest = requireInteger(call, "size", size, 1);
  return { height: longest, width: longest, fit: "inside" };
}
