import { ArgumentError, requireAnyTensor, requireOptions, type Tensor, zeros } from "../tensor";
import { type Box, drawBox } from "./boxes";
import type { ColourMap } from "./colours";
import type { SvgFigure } from "./Figure";
import { type Images, imageScales, imagesOf, isPhotographic, reduceImage } from "./images";
import { pngDataUri } from "./png";
import { extent, type Range, type Scale } from "./scale";
import { element } from "./svg";
import { drawTiles, type TileOptions } from "./tiles";
import { count, requireLength, shortNumber, titled } from "./values";

export interface ImageGridOptions extends TileOptions {
  /** What stands below each image. */
  captions?: readonly string[] | undefined;
  /** How all one-channel images are coloured; when left out, "signed" those with negative values, "grey" the others. */
  colours?: ColourMap | undefined;
  /** The values that are darkest and brightest in all images. When left out, 0 and 1 for images that lie within. */
  range?: Range | undefined;
  /** Outlines to draw over the images. */
  boxes?: readonly Box[] | undefined;
}

/**
 * Images side by side, each pixel a crisp square. Photographs, 0 to 1, are shown as they are; grey images
 * beyond that are coloured (those with negative values on a scale centred on 0, shared by them all), with a
 * colour bar. An image that is shown at half its size or less is reduced first, to keep notebooks small.
 *
 * @param images [h, w], [h, w, c] or [m, h, w, c] with 1 (grey), 3 (RGB) or 4 (RGBA) channels, or a list of
 * such, of any sizes
 *
 * @example
 * imageGrid(zeros([2, 28, 28, 1]), { captions: ["seven", "two"] }).text
 * // → "2 images of 28 × 28, values from 0 to 0: seven, two"
 */
export function imageGrid(images: Images, options: ImageGridOptions = {}): SvgFigure {
  requireOptions<ImageGridOptions>("imageGrid", options, {
    captions: true,
    colours: true,
    range: true,
    boxes: true,
    title: true,
    columns: true,
    size: true,
  });
  const list = imagesOf("imageGrid", images); // each [h, w, c]
  const { captions, boxes = [] } = options;
  requireLength("imageGrid", "captions", captions, list.length, "images");
  boxes.forEach((box, i) => requireBoxInside(box, i, list));
  const scales = imageScales("imageGrid", list, options);
  const tiles = list.map((image, i) => ({
    rows: image.shape[0],
    columns: image.shape[1],
    caption: captions?.[i] ?? "",
    draw: (pixel: number) =>
      drawImage(image, scales[i], pixel) +
      boxes
        .filter((box) => (box.image ?? 0) === i)
        .map((box) => drawBox(box, pixel))
        .join(""),
  }));
  const bars = [...new Set(scales)].filter((scale) => !isPhotographic(scale));
  const text = describeImages(list, options);
  return drawTiles("imageGrid", tiles, { ...options, text, bars });
}

/**
 * The channels of feature maps one by one, each an image: what a layer's filters find.
 *
 * @param maps [h, w, c] or [1, h, w, c]
 *
 * @example
 * featureMaps(zeros([1, 8, 8, 6])).text
 * // → "6 images of 8 × 8, values from 0 to 0: channel 0, channel 1, channel 2, channel 3, channel 4, channel 5"
 */
export function featureMaps(maps: Tensor, options: ImageGridOptions = {}): SvgFigure {
  requireOptions<ImageGridOptions>("featureMaps", options, {
    captions: true,
    colours: true,
    range: true,
    boxes: true,
    title: true,
    columns: true,
    size: true,
  });
  requireAnyTensor("featureMaps", "maps", maps);
  const whole = maps.rank === 4 && maps.shape[0] === 1 ? maps.reshape(maps.shape.slice(1)) : maps;
  if (whole.rank !== 3) {
    throw new ArgumentError({
      call: "featureMaps",
      argument: "maps",
      expected: "the maps of one image, [h, w, c] or [1, h, w, c]",
      received: maps,
    });
  }
  const [height, width, channels] = whole.shape;
  const { captions = Array.from({ length: channels }, (_, c) => `channel ${c}`) } = options;
  const apart = zeros([channels, height, width, 1], whole.dtype);
  const pixels = height * width;
  for (let c = 0; c < channels; c++)
    for (let pixel = 0; pixel < pixels; pixel++)
      apart.data[c * pixels + pixel] = whole.data[pixel * channels + c];
  return imageGrid(apart, { ...options, captions });
}

/** An image at (0, 0), one of its pixels being so large on the screen. */
export function drawImage(image: Tensor, scale: Scale, pixel: number): string {
  const [height, width] = image.shape;
  const reduced = reduceImage(image, Math.max(Math.floor(1 / pixel), 1));
  return element("image", {
    width: width * pixel,
    height: height * pixel,
    preserveAspectRatio: "none",
    style: pixel > 1 ? "image-rendering:pixelated" : undefined,
    href: pngDataUri(reduced, scale),
  });
}

function describeImages(images: readonly Tensor[], { title, captions }: ImageGridOptions): string {
  const [height, width, channels] = images[0].shape;
  const alike = images.every(({ shape }) => shape.join() === images[0].shape.join());
  const sizes = alike
    ? ` of ${height} × ${width}${channels > 1 ? ` × ${channels}` : ""}`
    : " of different sizes";
  const [low, high] = extent(images.flatMap((image) => extent(image.data) ?? [])) ?? [0, 0];
  const names = captions ? `: ${captions.join(", ")}` : "";
  return `${titled(title)}${count(images.length, "image")}${sizes}, values from ${shortNumber(low)} to ${shortNumber(high)}${names}`;
}

function requireBoxInside(box: Box, i: number, images: readonly Tensor[]): void {
  const image = images[box.image ?? 0];
  const numbers = [box.top, box.left, box.height, box.width];
  if (image && numbers.every(Number.isFinite) && box.height > 0 && box.width > 0) return;
  throw new ArgumentError({
    call: "imageGrid",
    argument: `boxes[${i}]`,
    expected: `{top, left, height, width} in pixels${images.length > 1 ? ` and image from 0 to ${images.length - 1}` : ""}`,
    received: box,
    receivedAs: JSON.stringify(box),
  });
}
