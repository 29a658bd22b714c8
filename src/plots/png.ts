import type { Tensor } from "../tensor";
import { colourOf, type Scale } from "./scale";

/**
 * An image as a PNG file. A scale turns the numbers of a one-channel image into colours; of an image with
 * three channels or four (the last one opacity) it says only which numbers are dark and bright.
 *
 * @param image [h, w, 1], [h, w, 3] or [h, w, 4]
 */
export function encodePng(image: Tensor, scale: Scale): Uint8Array {
  const { encode } = require("fast-png") as typeof import("fast-png"); // loaded when first needed
  const [height, width, channels] = image.shape;
  const coloured = channels === 1 && scale.colours !== "grey";
  const data = coloured ? colouredBytes(image, scale) : bytes(image, scale);
  return encode({ width, height, data, channels: coloured ? 3 : channels, depth: 8 });
}

/** The same as the address of an image that is contained in the address. */
export function pngDataUri(image: Tensor, scale: Scale): string {
  return `data:image/png;base64,${Buffer.from(encodePng(image, scale)).toString("base64")}`;
}

/** Numbers to 0..255, the ends of the range to the ends; what lies outside is clipped. */
function bytes(image: Tensor, { range: [low, high] }: Scale): Uint8ClampedArray {
  return Uint8ClampedArray.from(image.data, (value) => (255 * (value - low)) / (high - low));
}

function colouredBytes(image: Tensor, scale: Scale): Uint8ClampedArray {
  const result = new Uint8ClampedArray(image.size * 3); // [h, w, 3]
  image.data.forEach((value, i) => result.set(colourOf(scale, value), 3 * i));
  return result;
}
