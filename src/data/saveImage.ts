import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { ArgumentError, requireOptions, type Tensor } from "../tensor";
import { type PixelOptions, toPixels } from "./encodePng";

/**
 * Writes a picture to a file; the ending of its name says how: .png, .jpg, .webp, .avif, .tiff or .gif.
 * PNG, WebP and TIFF keep every value, to 8 bits; the others lose some.
 *
 * @param path a relative path starts at the notebook's folder
 * @param x one image: [1, h, w, c], [h, w, c] or [h, w], with c = 1 for grey, 3 for red, green and blue, or 4 with opacity
 *
 * @example
 * const file = require("node:path").join(require("node:os").tmpdir(), "convbook-example.png");
 * await saveImage(file, tensor([[0, 1], [1, 0]]));
 * (await loadImage(file)).reshape([2, 2]).toArray() // → [[0, 1], [1, 0]]
 */
export async function saveImage(
  path: string,
  x: Tensor,
  options: PixelOptions = {},
): Promise<void> {
  requireOptions<PixelOptions>("saveImage", options, { range: true });
  const { data, width, height, channels } = toPixels("saveImage", x, options);
  requireTarget(path);
  const { default: sharp } = await import("sharp");
  try {
    const picture = sharp(data, { raw: { width, height, channels } });
    picture.toColourspace(channels === 1 ? "b-w" : "srgb");
    // Left to themselves these lose; the others are chosen for that.
    if (/\.tiff?$/i.test(path)) picture.tiff({ compression: "deflate" });
    if (/\.webp$/i.test(path)) picture.webp({ lossless: true });
    await picture.toFile(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`saveImage(): ${path} cannot be written: ${reason}.`, { cause: error });
  }
}

function requireTarget(path: unknown): void {
  const call = "saveImage";
  if (typeof path !== "string" || !ENDINGS.test(path)) {
    const expected = "the path of a file that ends in .png, .jpg, .webp, .avif, .tiff or .gif";
    throw new ArgumentError({ call, argument: "path", expected, received: path });
  }
  const folder = dirname(resolve(path));
  if (existsSync(folder)) return;
  throw new ArgumentError({
    call,
    argument: "path",
    expected: "in a folder that exists",
    received: path,
    remedy: `Make it first: require("node:fs").mkdirSync(${JSON.stringify(folder)}, { recursive: true }).`,
  });
}

const ENDINGS = /\.(png|jpe?g|webp|avif|tiff?|gif)$/i;
