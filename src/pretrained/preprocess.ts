import { loadImage } from "../data";
import { ArgumentError, Tensor } from "../tensor";

/**
 * @internal A photograph as the EfficientNet-Lite nets want it: the middle square, resized (bicubic), and
 * (255 x - 127) / 128. Google's evaluation leaves a margin out; who takes a photograph wants all of it seen. A grey one gets three equal channels.
 *
 * @param photo [m, h, w, 3 or 1], 0 to 1, or the path of a picture
 * @returns [m, size, size, 3], -1 to 1
 */
export async function preprocessLite(
  call: string,
  photo: Tensor | string,
  size: number,
): Promise<Tensor> {
  const x = typeof photo === "string" ? await loadImage(photo) : photo;
  const fits = x instanceof Tensor && x.shape.length === 4 && [1, 3].includes(x.shape[3]);
  const isPixel = (value: number) => value >= 0 && value <= 1; // NaN is none
  if (!fits || x.size === 0 || !x.data.every(isPixel)) {
    const expected = "the path of a picture, or a tensor [m, h, w, 3 or 1] of numbers from 0 to 1";
    throw new ArgumentError({ call, argument: "photo", expected, received: photo });
  }
  const [m, height, width, channels] = x.shape;
  const side = Math.min(height, width);
  const result = new Float32Array(m * size * size * 3);
  for (let image = 0; image < m; image++) {
    const pixels = x.data
      .subarray(image * height * width * channels)
      .subarray(0, height * width * channels);
    const resized = await resizedMiddle(pixels, { height, width, channels, side, size });
    for (let i = 0; i < size * size; i++)
      for (let c = 0; c < 3; c++) {
        const byte = resized[i * channels + (channels === 3 ? c : 0)];
        result[(image * size * size + i) * 3 + c] = (byte - 127) / 128;
      }
  }
  return new Tensor(result, [m, size, size, 3]); // [m, size, size, 3]
}

interface Crop {
  height: number;
  width: number;
  channels: number;
  /** Of the square that is cut out. */
  side: number;
  /** Of the result. */
  size: number;
}

async function resizedMiddle(
  pixels: Float32Array | Float64Array,
  { height, width, channels, side, size }: Crop,
): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp"); // loaded when first needed
  const bytes = Uint8Array.from(pixels, (value) => Math.round(value * 255));
  return sharp(bytes, { raw: { width, height, channels: channels as 1 | 3 } })
    .extract({
      left: Math.floor((width - side) / 2),
      top: Math.floor((height - side) / 2),
      width: side,
      height: side,
    })
    .resize(size, size, { kernel: "cubic" })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .raw()
    .toBuffer();
}
