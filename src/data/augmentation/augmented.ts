import {
  ArgumentError,
  type Random,
  random,
  requireInteger,
  requireOptions,
  type Tensor,
} from "../../tensor";
import type { Augmentation } from "./Augmentation";

/** Labelled images that come in batches: `mnist().train`, a part of it, or what `augmented` gives. */
export interface BatchedImages {
  readonly length: number;
  readonly imageShape: readonly number[];
  readonly labels: ArrayLike<number>;
  batches(
    size: number,
    options?: { shuffle?: Random | undefined },
  ): Iterable<{ images: Tensor; labels: ArrayLike<number> }>;
}

/**
 * The same images, changed at random each time they are dealt out, one augmentation after the other: what `fit` and
 * `trials` train on in place of the images themselves. No epoch sees the same picture twice, and none is kept.
 *
 * The changes depend on the seed, and on how often the `shuffle` that comes in has been used: the same training gives
 * the same images again, and the order of the images is that of the set without augmentation.
 *
 * @param options `seed` is 0 when left out
 * @throws ArgumentError when an augmentation is no function
 *
 * @example
 * const set = augmented(mnist().train.take(100), [randomCrop({ pixels: 2 }), rotate({ degrees: 10 })]);
 * const [first] = set.batches(32);
 * first.images.shape // → [32, 28, 28, 1]
 */
export function augmented(
  set: BatchedImages,
  augmentations: readonly Augmentation[],
  options: { seed?: number | undefined } = {},
): BatchedImages {
  requireOptions("augmented", options, { seed: true });
  const seed = requireInteger("augmented", "seed", options.seed ?? 0, 0);
  if (!Array.isArray(augmentations) || !augmentations.every((f) => typeof f === "function")) {
    const expected = "a list of augmentations, such as [mirror(), rotate({ degrees: 10 })]";
    throw new ArgumentError({
      call: "augmented",
      argument: "augmentations",
      expected,
      received: augmentations,
    });
  }
  const passes = new WeakMap<Random, number>();
  return {
    length: set.length,
    imageShape: set.imageShape,
    labels: set.labels,
    *batches(size, { shuffle } = {}) {
      const pass = (shuffle && passes.get(shuffle)) ?? 0;
      if (shuffle) passes.set(shuffle, pass + 1);
      const source = random(seed * 100_003 + pass);
      for (const { images, labels } of set.batches(size, { shuffle }))
        yield { images: augmentations.reduce((x, change) => change(x, source), images), labels };
    },
  };
}
