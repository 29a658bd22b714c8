import type { Random, Tensor } from "../../tensor";

/**
 * A random change that leaves the class of an image as it is. Every image of the batch draws its own numbers.
 *
 * Takes images, [m, h, w, c], and gives as many of the same shape; those it was given stay as they are.
 */
export type Augmentation = (images: Tensor, source: Random) => Tensor;
