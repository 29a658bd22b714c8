import {
  ArgumentError,
  permutation,
  type Random,
  requireInteger,
  requireOptions,
  Tensor,
  inspectCustom,
} from "../tensor";

/** Images with the class that each belongs to. */
export interface Batch {
  /** [m, h, w, c], 0 to 1. */
  images: Tensor;
  /** The class of each image, from 0. */
  labels: number[];
}

export interface BatchesOptions {
  /** Deals the images out in a new order. In the order of the set when left out. */
  shuffle?: Random | undefined;
}

/**
 * A set of labelled images of one size. They are kept as bytes, and made into tensors when they are asked
 * for: four times less memory, and a part of the set (`take`, `filter`, `shuffled`...) copies none.
 *
 * @example
 * const digits = mnist().test.filter((label) => label === 7).take(2);
 * digits.images.shape // → [2, 28, 28, 1]
 * digits.labels // → [7, 7]
 */
export class LabelledImages {
  /**
   * @param pixels all images one after the other, 0 to 255
   * @param classOf the class of each
   * @param imageShape [h, w, c] of one image
   * @param chosen which images belong to this set, and in which order. All of them when left out
   */
  constructor(
    private readonly pixels: Uint8Array,
    private readonly classOf: Uint8Array,
    readonly imageShape: readonly [number, number, number],
    private readonly chosen: Uint32Array = Uint32Array.from(classOf?.keys() ?? []),
  ) {
    requireParts(pixels, classOf, imageShape);
    const [height, width, channels] = imageShape;
    const expected = classOf.length * height * width * channels;
    if (pixels.length === expected) return;
    throw new ArgumentError({
      call: "new LabelledImages",
      argument: "pixels",
      expected: `${expected} bytes for ${classOf.length} images of ${imageShape.join(" x ")}`,
      received: pixels,
    });
  }

  /** The number of images. */
  get length(): number {
    return this.chosen.length;
  }

  /** All images of the set, [length, h, w, c], 0 to 1. A new tensor of four bytes a value at each call. */
  get images(): Tensor {
    return this.imagesAt(this.chosen);
  }

  /** The class of each image, from 0. */
  get labels(): number[] {
    return this.labelsAt(this.chosen);
  }

  /** The image at an index, [1, h, w, c], 0 to 1. */
  image(i: number): Tensor {
    return this.imagesAt([this.chosen[this.requireIndex("image", i)]]);
  }

  /** The class of the image at an index. */
  label(i: number): number {
    return this.classOf[this.chosen[this.requireIndex("label", i)]];
  }

  /** The set of the first `count` images. */
  take(count: number): LabelledImages {
    return this.slice(0, requireInteger("take", "count", count, 0));
  }

  /** The set of the images from `begin` up to, not including, `end`; to the last when left out. */
  slice(begin: number, end = this.length): LabelledImages {
    requireInteger("slice", "begin", begin, 0);
    if (!Number.isInteger(end) || end < begin || end > this.length) {
      const expected = `an integer from begin = ${begin} to the ${this.length} images of the set`;
      throw new ArgumentError({ call: "slice", argument: "end", expected, received: end });
    }
    return this.with(this.chosen.slice(begin, end));
  }

  /** The set of those images for which `keep` is true. */
  filter(keep: (label: number, i: number) => boolean): LabelledImages {
    return this.with(this.chosen.filter((index, i) => keep(this.classOf[index], i)));
  }

  /**
   * The same images in a frame of black pixels: LeNet-5 takes the digits of MNIST, 28 x 28, as 32 x 32.
   *
   * @param width of the frame, in pixels
   *
   * @example
   * mnist().test.take(1).padded(2).images.shape // → [1, 32, 32, 1]
   */
  padded(width: number): LabelledImages {
    requireInteger("padded", "width", width, 0);
    const [rows, columns, channels] = this.imageShape;
    const imageShape = [rows + 2 * width, columns + 2 * width, channels] as const;
    const rowSize = imageShape[1] * channels;
    const pixels = new Uint8Array(this.length * imageShape[0] * rowSize);
    this.chosen.forEach((index, m) => {
      for (let row = 0; row < rows; row++) {
        const from = (index * rows + row) * columns * channels;
        const to = (m * imageShape[0] + row + width) * rowSize + width * channels;
        pixels.set(this.pixels.subarray(from, from + columns * channels), to);
      }
    });
    return new LabelledImages(pixels, Uint8Array.from(this.labels), imageShape);
  }

  /** The same images in a random order. */
  shuffled(source: Random): LabelledImages {
    return this.with(permutation(this.length, source).map((i) => this.chosen[i]));
  }

  /**
   * Goes through the set once, a batch of images at a time; the last batch may be smaller.
   *
   * @example
   * const sizes = [];
   * for (const { labels } of mnist().test.take(100).batches(40, { shuffle: random(1) })) sizes.push(labels.length);
   * sizes // → [40, 40, 20]
   */
  *batches(size: number, options: BatchesOptions = {}): Generator<Batch> {
    requireInteger("batches", "size", size, 1);
    requireOptions<BatchesOptions>("batches", options, { shuffle: true });
    const { chosen } = options.shuffle ? this.shuffled(options.shuffle) : this;
    for (let begin = 0; begin < chosen.length; begin += size) {
      const part = chosen.subarray(begin, begin + size);
      yield { images: this.imagesAt(part), labels: this.labelsAt(part) };
    }
  }

  toString(): string {
    return `LabelledImages: ${this.length} images of ${this.imageShape.join(" x ")}`;
  }

  /** What a notebook cell and `console.log` print. */
  [inspectCustom](): string {
    return this.toString();
  }

  private with(chosen: Uint32Array): LabelledImages {
    return new LabelledImages(this.pixels, this.classOf, this.imageShape, chosen);
  }

  private imagesAt(indices: ArrayLike<number>): Tensor {
    const [height, width, channels] = this.imageShape;
    const size = height * width * channels;
    const data = new Float32Array(indices.length * size);
    for (let m = 0; m < indices.length; m++) {
      const first = indices[m] * size;
      for (let i = 0; i < size; i++) data[m * size + i] = this.pixels[first + i] / 255;
    }
    return new Tensor(data, [indices.length, height, width, channels]); // [m, h, w, c]
  }

  private labelsAt(indices: ArrayLike<number>): number[] {
    return Array.from(indices, (index) => this.classOf[index]);
  }

  private requireIndex(call: string, i: number): number {
    if (Number.isInteger(i) && i >= 0 && i < this.length) return i;
    const expected = `an integer from 0 to ${this.length - 1}`;
    throw new ArgumentError({ call, argument: "i", expected, received: i });
  }
}

function requireParts(pixels: unknown, classOf: unknown, imageShape: unknown): void {
  const call = "new LabelledImages";
  for (const [argument, bytes] of Object.entries({ pixels, classOf })) {
    if (ArrayBuffer.isView(bytes)) continue;
    const remedy = "mnist() gives such sets; Uint8Array.from(numbers) makes bytes of a list.";
    throw new ArgumentError({ call, argument, expected: "a Uint8Array", received: bytes, remedy });
  }
  if (Array.isArray(imageShape) && imageShape.length === 3)
    return imageShape.forEach((n, axis) => requireInteger(call, `imageShape[${axis}]`, n, 1));
  const expected = "[height, width, channels]";
  throw new ArgumentError({ call, argument: "imageShape", expected, received: imageShape });
}
