import { FLOAT } from "../geometry";

/** A block of memory that some steps write and others read, `size` numbers of each image. */
export interface PlannedBuffer {
  /** Of one image. */
  readonly size: number;
  /** The first and the last step that needs it. */
  first: number;
  last: number;
  /** Where it begins, counted in numbers of one image; set when all steps are known. */
  offset: number;
}

/**
 * Maps of each image, [height, width, channels], or vectors, [1, 1, n]: some channels of those that lie in a buffer.
 * So a slice is where its maps are, and what a concatenation joins is written side by side from the start.
 */
export interface Maps {
  readonly buffer: PlannedBuffer;
  /** The first of its channels among those of the buffer. */
  readonly offset: number;
  /** How many numbers lie between one pixel and the next: the channels of the buffer. */
  readonly pixel: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Whether pixels follow each other without anything between them. */
export function isWhole({ pixel, channels }: Maps): boolean {
  return pixel === channels;
}

/** Where things lie in a run: activations from `base` on, for a number of images. */
export interface Layout {
  base: number;
  batch: number;
}

export function addressOf({ buffer, offset }: Maps, { base, batch }: Layout): number {
  return base + (buffer.offset * batch + offset) * FLOAT;
}

/** Bytes between the images, the rows and the pixels. */
export function stepsOf({ height, width, pixel }: Maps): {
  image: number;
  row: number;
  pixel: number;
} {
  const bytes = pixel * FLOAT;
  return { image: height * width * bytes, row: width * bytes, pixel: bytes };
}
