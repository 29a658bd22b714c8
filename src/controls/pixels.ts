import { ArgumentError, type Tensor, tensor } from "../tensor";

/** An image as the page sends it: a byte for each channel of each pixel, row by row. */
export interface PixelState {
  height: number;
  width: number;
  bytes: Uint8Array;
}

/** No control sends an image with a longer side. */
const LONGEST_SIDE = 4096;

/**
 * The image that the page has sent.
 *
 * @returns [1, h, w, channels], 0 to 1
 */
export function imageOf(call: string, state: unknown, channels: number): Tensor {
  const { height, width, bytes } = (state ?? {}) as Partial<PixelState>;
  const side = (n: number | undefined): n is number =>
    n !== undefined && Number.isInteger(n) && n > 0 && n <= LONGEST_SIDE;
  if (!side(height) || !side(width) || bytes?.length !== height * width * channels)
    throw new ArgumentError({
      call,
      argument: "the image",
      expected: `height x width pixels of ${channels} bytes`,
      received: state,
    });
  const values = Float32Array.from(bytes, (byte) => byte / 255);
  return tensor(values, [1, height, width, channels]);
}
