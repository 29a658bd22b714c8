import { svd } from "../../arithmetic";
import {
  ArgumentError,
  requireFinite,
  requireImages,
  requireOneOf,
  requireOptions,
  requireSameShape,
  type Tensor,
  zeros,
} from "../../tensor";
import type { Augmentation } from "./Augmentation";

/** In which directions colours vary, and how much. */
export interface ColourAxes {
  /** The variances along the axes, the largest first. */
  variances: number[];
  /** The axes as columns, [c, c]. */
  axes: Tensor;
}

/**
 * The principal axes of the colours of some images: those along which the pixels vary most, from the covariance of
 * their channels.
 *
 * @param images [m, h, w, c]
 * @throws ArgumentError when there are fewer than two pixels
 * @see Krizhevsky, Sutskever and Hinton, ImageNet Classification with Deep Convolutional Neural Networks, 2012, section 4.1
 *
 * @example
 * const grey = tensor([0, 0, 0, 1, 1, 1], [1, 1, 2, 3]); // black and white
 * const { variances, axes } = colourAxes(grey);
 * variances // → [0.75, 0, 0]
 * Math.abs(axes.get(0, 0)) // → 0.57735027
 */
export function colourAxes(images: Tensor): ColourAxes {
  requireImages("colourAxes", "images", images);
  const channels = images.shape[3];
  const pixels = images.size / channels;
  if (pixels < 2) {
    const expected = "images of two pixels or more";
    throw new ArgumentError({
      call: "colourAxes",
      argument: "images",
      expected,
      received: images,
    });
  }
  const means = Array.from({ length: channels }, (_, c) => images.channel(c).mean());
  const covariance = zeros([channels, channels], "float64"); // [c, c]
  for (let i = 0; i < images.size; i += channels)
    for (let a = 0; a < channels; a++)
      for (let b = 0; b < channels; b++)
        covariance.data[a * channels + b] +=
          ((images.data[i + a] - means[a]) * (images.data[i + b] - means[b])) / pixels;
  const { u, s } = svd(covariance); // symmetric: its singular vectors are its eigenvectors
  return { variances: s, axes: u };
}

/**
 * PCA colour augmentation, AlexNet's: all pixels of an image move by the same amount along the axes in which colours
 * vary, further where they vary more. Like another light; shapes stay as they are.
 *
 *     pixel += sum over axes i of  axis[i] · alpha[i] · variance[i],  with alpha normal, anew for each image
 *
 * (AlexNet multiplies by the eigenvalue, the variance, of pixels from 0 to 255. For pixels from 0 to 1 variances are
 * small numbers: so `scale` says whether to take them as in the paper, or the deviation, their root.)
 *
 * @param colours of the training set: `colourAxes(images)`
 * @param options `deviation` of alpha, 0.1 when left out; `scale`, `"deviation"` when left out, or `"variance"`.
 * Results are kept between 0 and 1
 *
 * @example
 * const grey = tensor([0.2, 0.2, 0.2, 0.8, 0.8, 0.8], [1, 1, 2, 3]);
 * const [first, second] = pcaColour(colourAxes(grey))(grey, random(1)).data;
 * Math.abs(first - second) < 1e-6 // → true
 */
export function pcaColour(
  colours: ColourAxes,
  options: { deviation?: number | undefined; scale?: "deviation" | "variance" | undefined } = {},
): Augmentation {
  requireOptions("pcaColour", options, { deviation: true, scale: true });
  const { variances, axes } = requireAxes("pcaColour", colours);
  const channels = variances.length;
  requireSameShape("pcaColour", "axes", axes, [channels, channels]);
  const deviation = requireFinite("pcaColour", "deviation", options.deviation ?? 0.1);
  const scales = ["deviation", "variance"] as const;
  const byVariance =
    requireOneOf("pcaColour", "scale", options.scale ?? "deviation", scales) === "variance";
  return (images, source) => {
    const [batch, height, width] = images.shape;
    requireSameShape("pcaColour", "images", images, [batch, height, width, channels]);
    return shifted(images, () => {
      const along = variances.map(
        (variance) => source.normal(0, deviation) * (byVariance ? variance : Math.sqrt(variance)),
      );
      return variances.map((_, c) =>
        along.reduce((sum, amount, i) => sum + amount * axes.get(c, i), 0),
      );
    });
  };
}

/**
 * Shifts colours: a random amount is added to each channel of an image, the same at all pixels.
 *
 * @param options `amount`, the largest shift to either side. Results are kept between 0 and 1
 *
 * @example
 * const shiftedGrey = colourShift({ amount: 0.1 })(full([1, 4, 4, 3], 0.5), random(1));
 * shiftedGrey.data.every((value) => Math.abs(value - 0.5) <= 0.1) // → true
 */
export function colourShift(options: { amount: number }): Augmentation {
  requireOptions("colourShift", options, { amount: true });
  const amount = requireFinite("colourShift", "amount", options.amount);
  return (images, source) => {
    requireImages("colourShift", "images", images);
    const channels = images.shape[3];
    return shifted(images, () =>
      Array.from({ length: channels }, () => source.uniform(-amount, amount)),
    );
  };
}

/** What `colourAxes` returns: nothing else has variances. */
function requireAxes(call: string, colours: ColourAxes | null | undefined): ColourAxes {
  const variances: unknown = colours?.variances;
  if (Array.isArray(variances) && variances.every((variance) => variance >= 0)) return colours!;
  const expected = "the axes of some images' colours, colourAxes(images)";
  throw new ArgumentError({ call, argument: "colours", expected, received: colours });
}

/** Images with something added to each channel, anew for each image; kept between 0 and 1. */
function shifted(images: Tensor, draw: () => number[]): Tensor {
  const channels = images.shape[3];
  const size = images.size / images.shape[0];
  const shifts = Array.from({ length: images.shape[0] }, draw); // [m][c]
  return images.map((value, i) =>
    Math.min(Math.max(value + shifts[Math.floor(i / size)][i % channels], 0), 1),
  );
}
