import {
  ArgumentError,
  requireFinite,
  requireFunction,
  requireImages,
  requireInteger,
  requireOptions,
  requireTensor,
  type Tensor,
  zeros,
} from "../tensor";

export interface OcclusionMapOptions {
  /** Whose score it is, from 0. */
  classIndex: number;
  /** Height and width of the square that covers, in pixels. */
  size: number;
  /** How far the square moves, in pixels; its own size when left out. */
  stride?: number | undefined;
  /** What is put in the place of all channels; 0 when left out. */
  value?: number | undefined;
  /** How many covered copies are judged at once; 8 when left out. */
  batch?: number | undefined;
}

/**
 * How much of a score is lost when a square of the image is covered, for each position of the square. Below 0, the score
 * is higher without what is there. The answer depends on what the square is covered with: ask with two values.
 *
 * Cost: a run of the network for each position.
 *
 * @param x one image, [1, h, w, c]
 * @param scores of a batch of images, [n, h, w, c]: the network's, [n, classes], before the softmax
 * @returns [1, rows, columns, 1]; the square at (row, column) begins `stride` times as far from the corner, and never
 *   hangs over the edge
 * @throws ArgumentError when something does not fit
 * @see Zeiler and Fergus, Visualizing and understanding convolutional networks, 2013, arXiv 1311.2901
 *
 * @example
 * const x = tensor([1, 2, 3], [1, 1, 3, 1]);
 * const scores = (images) => dense(images.reshape([-1, 3]), tensor([[1], [10], [100]])); // one class
 * const lost = await occlusionMap(x, scores, { classIndex: 0, size: 1 });
 * lost.reshape([3]).toArray() // → [1, 20, 300]
 */
export async function occlusionMap(
  x: Tensor,
  scores: (images: Tensor) => Tensor | Promise<Tensor>,
  options: OcclusionMapOptions,
): Promise<Tensor> {
  const call = "occlusionMap";
  requireImages(call, "x", x);
  const [images, height, width] = x.shape;
  if (images !== 1)
    throw new ArgumentError({
      call,
      argument: "x",
      expected: "one image, [1, h, w, c]",
      received: x,
      remedy: "Take one of them: x.image(0).",
    });
  requireFunction(call, "scores", scores, "from images to scores, [n, classes]");
  requireOptions<OcclusionMapOptions>(call, options, {
    classIndex: true,
    size: true,
    stride: true,
    value: true,
    batch: true,
  });
  const { classIndex, size, stride = size, value = 0, batch = 8 } = options;
  requireInteger(call, "classIndex", classIndex, 0);
  if (requireInteger(call, "size", size, 1) > Math.min(height, width))
    throw new ArgumentError({
      call,
      argument: "size",
      expected: `at most ${Math.min(height, width)}, to fit the image`,
      received: size,
    });
  requireInteger(call, "stride", stride, 1);
  requireFinite(call, "value", value);
  requireInteger(call, "batch", batch, 1);

  const scoresOf = async (some: Tensor): Promise<number[]> => {
    const judged: unknown = await scores(some);
    requireTensor(call, "what `scores` gives", judged, [`${some.shape[0]} images`, "classes"]);
    const classes = judged.shape[1];
    if (judged.shape[0] !== some.shape[0] || classIndex >= classes)
      throw new ArgumentError({
        call,
        argument: "what `scores` gives",
        expected: `scores of ${some.shape[0]} images, with a class ${classIndex}`,
        received: judged,
      });
    return Array.from({ length: some.shape[0] }, (_, n) =>
      requireFinite(call, "a score", judged.get(n, classIndex)),
    );
  };
  const [whole] = await scoresOf(x);
  const [rows, columns] = [height, width].map((n) => Math.floor((n - size) / stride) + 1);
  const positions = rows * columns;
  const lost = zeros([1, rows, columns, 1], x.dtype);
  for (let begin = 0; begin < positions; begin += batch) {
    const count = Math.min(batch, positions - begin);
    const corners = Array.from({ length: count }, (_, i) => [
      Math.floor((begin + i) / columns) * stride,
      ((begin + i) % columns) * stride,
    ]);
    const after = await scoresOf(covered(x, corners, size, value));
    after.forEach((score, i) => {
      lost.data[begin + i] = whole - score;
    });
  }
  return lost;
}

/** Copies of an image, each with a square covered whose first row and column are given: [positions, h, w, c]. */
function covered(x: Tensor, corners: readonly number[][], size: number, value: number): Tensor {
  const [, height, width, channels] = x.shape;
  const copies = zeros([corners.length, height, width, channels], x.dtype);
  corners.forEach(([top, left], copy) => {
    copies.data.set(x.data, copy * x.size);
    for (let row = top; row < top + size; row++) {
      const begin = copy * x.size + (row * width + left) * channels;
      copies.data.fill(value, begin, begin + size * channels);
    }
  });
  return copies;
}
