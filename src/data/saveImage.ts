import type { Tensor } from "../tensor";
import { type PixelOptions, toPixels } from "./encodePng";

/**
 * Writes a picture to a file; the ending of its name says how: .png, .jpg, .webp, .avif, .tiff or .gif.
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
  const { data, width, height, channels } = toPixels("saveImage", x, options);
  const { default: sharp } = await import("sharp");
  try {
    const picture = sharp(data, { raw: { width, height, channels } });
    await picture.toColourspace(channels === 1 ? "b-w" : "srgb").toFile(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`saveImage(): ${path} cannot be written: ${reason}.`, { cause: error });
  }
}
