import { ArgumentError, greatest, Tensor, zeros } from "../tensor";
import { requireColourMap, type ColourMap } from "./colours";
import { extent, fittingScale, type Range, type Scale } from "./scale";
import { type Numbers, requireAllFinite, shortNumber, tensorOf } from "./values";

/** One image or more: [h, w], [h, w, c] or [m, h, w, c] with 1 (grey), 3 (RGB) or 4 (RGBA) channels, or a list of such. */
export type Images = Numbers | readonly Tensor[];

/** Takes a batch or list apart into images, each [h, w, c]. */
export function imagesOf(call: string, images: Images): Tensor[] {
  const listed = Array.isArray(images) && images.some((entry) => entry instanceof Tensor);
  if (listed) return (images as Tensor[]).flatMap((image) => imagesOf(call, image));
  const x = tensorOf(call, "images", images as Numbers);
  const shape = x.rank === 2 ? [1, ...x.shape, 1] : x.rank === 3 ? [1, ...x.shape] : x.shape;
  const [batch, height, width, channels] = shape;
  if (shape.length !== 4 || x.size === 0 || ![1, 3, 4].includes(channels)) {
    throw new ArgumentError({
      call,
      argument: "images",
      expected: "of shape [h, w], [h, w, c] or [m, h, w, c] with 1, 3 or 4 channels",
      received: images,
      remedy: x.rank > 2 ? "featureMaps shows any number of channels, one by one." : undefined,
    });
  }
  requireAllFinite(call, "images", x);
  const size = height * width * channels;
  return Array.from(
    { length: batch },
    (_, m) => new Tensor(x.data.slice(m * size, (m + 1) * size), [height, width, channels]),
  );
}

const PHOTOGRAPH: Scale = { colours: "grey", range: [0, 1] };
const BYTES: Scale = { colours: "grey", range: [0, 255] };

/**
 * Which number is shown how, for each image. Photographs, 0 to 1, are shown as they are. Of the other grey
 * images, those with negative values share one signed scale and those without share one from black to white,
 * so that equal colours are equal numbers. What is given holds for all.
 */
export function imageScales(
  call: string,
  images: readonly Tensor[],
  wanted: { colours?: ColourMap | undefined; range?: Range | undefined },
): Scale[] {
  requireColourMap(call, wanted.colours);
  const ends = images.map((image) => extent(image.data) ?? [0, 0]);
  if (wanted.range || wanted.colours) {
    const scale = fittingScale(call, ends.flat(), { colours: "grey", ...wanted });
    return images.map(() => scale);
  }
  const negative = ends.filter(([low]) => low < 0).flat();
  const brighter = ends.filter(([low, high]) => low >= 0 && high > 1).flat();
  const signed = fittingScale(call, negative, { colours: "signed" });
  const bright: Scale = { colours: "grey", range: [0, Math.max(1, greatest(brighter))] };
  return images.map((image, i) => {
    const [low, high] = ends[i];
    if (low >= 0 && high <= 1) return PHOTOGRAPH;
    if (image.shape[2] === 1) return low < 0 ? signed : bright;
    if (low >= 0 && high <= 255) return BYTES;
    throw new ArgumentError({
      call,
      argument: `images[${i}]`,
      expected: "colours from 0 to 1 or from 0 to 255",
      received: image,
      receivedAs: `values from ${shortNumber(low)} to ${shortNumber(high)}`,
      remedy: "Say which values are dark and bright: {range: [low, high]}.",
    });
  });
}

/** Whether a scale goes without saying. */
export function isPhotographic({ colours, range: [low, high] }: Scale): boolean {
  return colours === "grey" && low === 0 && (high === 1 || high === 255);
}

/** An image reduced by a whole factor: each pixel the mean of a block. Blocks that stick out are left off. */
export function reduceImage(image: Tensor, factor: number): Tensor {
  if (factor === 1) return image;
  const [height, width, channels] = image.shape;
  const [rows, columns] = [Math.floor(height / factor), Math.floor(width / factor)];
  const result = zeros([rows, columns, channels], image.dtype);
  for (let row = 0; row < rows * factor; row++)
    for (let column = 0; column < columns * factor; column++)
      for (let c = 0; c < channels; c++) {
        const to =
          (Math.floor(row / factor) * columns + Math.floor(column / factor)) * channels + c;
        result.data[to] += image.data[(row * width + column) * channels + c] / factor ** 2;
      }
  return result;
}
