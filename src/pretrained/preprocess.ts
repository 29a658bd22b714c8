import { loadImage } from "../data";
import { ArgumentError, Tensor } from "../tensor";

/**
 * Makes a photograph what a network wants: its middle square, resized (bicubic), in the numbers that the network was
 * trained on. The evaluations of both families leave a margin out; who takes a photograph wants all of it seen. A grey
 * one gets three equal channels.
 *
 * @param call who asks, for errors
 * @param photo [m, h, w, 3 or 1], 0 to 1, or the path of a picture
 * @param size height and width of the result
 * @returns [m, size, size, 3]
 */
export type Preprocessing = (call: string, photo: Tensor | string, size: number) => Promise<Tensor>;

/** As EfficientNet-Lite has it: (255 x - 127) / 128. */
export const preprocessLite: Preprocessing = async (call, photo, size) => {
  const bytes = await squareBytes(call, photo, size);
  return bytes.map((byte) => (byte - 127) / 128);
};

/** Of ImageNet's images, for blue, green and red. */
const CAFFE_MEANS = [103.939, 116.779, 123.68];

/** As Caffe and Keras's ResNet have it: blue, green, red, 0 to 255, each less its mean over ImageNet. */
export const preprocessCaffe: Preprocessing = async (call, photo, size) => {
  const rgb = await squareBytes(call, photo, size);
  const bgr = new Float32Array(rgb.size);
  for (let i = 0; i < bgr.length; i += 3)
    for (let c = 0; c < 3; c++) bgr[i + c] = rgb.data[i + 2 - c] - CAFFE_MEANS[c];
  return new Tensor(bgr, rgb.shape); // [m, size, size, 3]
};

/** A photograph of more pixels than this is reduced while it is read: its decoder then leaves out what is not needed. */
const LARGE = 16e6;

/** All of a photograph; of a large one as much as an exact reduction of it needs: four times the size that is wanted. */
async function loadPhoto(file: string, size: number): Promise<Tensor> {
  const { default: sharp } = await import("sharp"); // loaded when first needed
  const seen = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined); // what is no picture is refused below
  const shorter = seen ? Math.min(seen.width, seen.height) : 0;
  if (!seen || seen.width * seen.height <= LARGE || shorter <= 4 * size) return loadImage(file);
  const longer = Math.max(seen.width, seen.height);
  return loadImage(file, { size: Math.ceil((4 * size * longer) / shorter) });
}

/** The middle square, resized: [m, size, size, 3], whole numbers from 0 to 255. */
async function squareBytes(call: string, photo: Tensor | string, size: number): Promise<Tensor> {
  const x = typeof photo === "string" ? await loadPhoto(photo, size) : photo;
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
    const length = height * width * channels;
    const pixels = x.data.subarray(image * length, (image + 1) * length);
    const resized = await resizedMiddle(pixels, { height, width, channels, side, size });
    for (let i = 0; i < size * size; i++)
      for (let c = 0; c < 3; c++)
        result[(image * size * size + i) * 3 + c] =
          resized[i * channels + (channels === 3 ? c : 0)];
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
