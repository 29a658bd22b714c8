import { ArgumentError, requireInteger } from "../tensor";
import { coveredLength, type Pair, slideAlong, type WindowAxis } from "./axis";

/**
 * The padding that TensorFlow calls SAME: just enough for an output of ceil(n / stride) pixels. An odd
 * pixel goes to the end. It depends on the input's size, so the same layer pads 224 and 225 pixels
 * differently.
 *
 * @returns the zeros `[before, after]` the input
 * @see https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
 *
 * @example
 * samePadding(28, 5) // → [2, 2]
 * @example
 * samePadding(224, 7, 2) // → [2, 3]
 */
export function samePadding(n: number, f: number, stride = 1, dilation = 1): Pair {
  const axis = slideAlong("samePadding", n, f, { stride, dilation, padding: "same" });
  return [axis.before, axis.after];
}

/**
 * The padding p = dilation·(f - 1) / 2, as much before as after the input, that keeps its size at stride 1.
 * It exists for kernels with a middle tap only, those that cover an odd number of pixels.
 *
 * @returns the zeros `[before, after]` the input
 * @throws ArgumentError when the kernel covers an even number of pixels
 *
 * @example
 * symmetricPadding(7) // → [3, 3]
 */
export function symmetricPadding(f: number, dilation = 1): Pair {
  requireInteger("symmetricPadding", "f", f, 1);
  requireInteger("symmetricPadding", "dilation", dilation, 1);
  const covered = coveredLength(f, dilation);
  if (covered % 2 === 0) {
    throw new ArgumentError({
      call: "symmetricPadding",
      argument: "the length that the kernel covers",
      expected: "odd, so that it has a middle",
      received: covered,
      remedy: `A size is kept by ${covered - 1} zeros in all, which cannot be halved: pad one end more, as samePadding does.`,
    });
  }
  return [(covered - 1) / 2, (covered - 1) / 2];
}

export interface PaddingComparison {
  same: WindowAxis;
  /** `null` for a kernel that covers an even number of pixels. */
  symmetric: WindowAxis | null;
  /** By how many pixels the symmetric windows lie before those of "same". 0: the two rules agree. */
  shift: number | null;
}

/**
 * The two rules for keeping the size, side by side. At stride 1 and with an odd kernel they are one; at
 * stride 2 they often give the same size but look at different pixels, which is enough to spoil weights
 * that are carried from one framework to another.
 *
 * @example
 * const { same, symmetric, shift } = comparePadding(224, 7, 2);
 * [same.output, symmetric?.output, shift] // → [112, 112, 1]
 */
export function comparePadding(n: number, f: number, stride = 1, dilation = 1): PaddingComparison {
  const same = slideAlong("comparePadding", n, f, { stride, dilation, padding: "same" });
  if (coveredLength(f, dilation) % 2 === 0) return { same, symmetric: null, shift: null };
  const padding = symmetricPadding(f, dilation);
  const symmetric = slideAlong("comparePadding", n, f, { stride, dilation, padding });
  return { same, symmetric, shift: symmetric.before - same.before };
}
