import {
  ArgumentError,
  describeValue,
  permutation,
  type Random,
  requireInteger,
  Tensor,
  zeros,
} from "../../tensor";
import { Network } from "../../network";
import type { LayersModel } from "../../tfjs";

/** What is learnt from or judged by: `mnist().train` and its like, or whatever deals out batches in this way. */
export interface LabelledExamples {
  readonly length: number;
  /** The shape of one example, [h, w, c] for an image. */
  readonly imageShape: readonly number[];
  /** The class of each, from 0. */
  readonly labels: ArrayLike<number>;
  /** Goes through the examples once, [m, ...imageShape] at a time. */
  batches(
    size: number,
    options?: { shuffle?: Random | undefined },
  ): Iterable<{ images: Tensor; labels: ArrayLike<number> }>;
}

/** The same as two tensors. */
export interface LabelledTensors {
  /** [m, ...shape of the model's input]. */
  x: Tensor;
  /** The class of each example, from 0; or one-hot rows, [m, classes]. */
  y: ArrayLike<number> | Tensor;
}

/** Examples to learn from or to be judged by. */
export type TrainingData = LabelledExamples | LabelledTensors;

/** What a classifier takes and gives: the shape of its input, and the number of classes. */
export interface Fitting {
  inputShape: readonly number[];
  classes: number;
}

/** What a model takes and gives. */
export function fittingOfModel(call: string, model: LayersModel): Fitting {
  // A described network has records of layers in their place.
  const listOf = <Value>(value: Value[] | undefined): Value[] =>
    Array.isArray(value) ? value : [];
  const shapes = [...listOf(model?.inputs), ...listOf(model?.outputs)].map(({ shape }) => shape);
  if (model?.inputs?.length !== 1 || shapes.slice(1).some(({ length }) => length !== 2)) {
    throw new ArgumentError({
      call,
      argument: "model",
      expected: "a model of one input whose outputs are [batch, classes]",
      received: model,
      receivedAs:
        shapes.length > 0 ? `one of shapes ${shapes.map(describeValue).join(" and ")}` : undefined,
      remedy: "toLayersModel(network) makes one.",
    });
  }
  return { inputShape: shapes[0].slice(1).map(Number), classes: classesOf(Number(shapes[1][1])) };
}

/** What a network takes and gives. */
export function fittingOfNetwork(call: string, argument: string, network: unknown): Fitting {
  if (network instanceof Network && network.output.shape.length === 1)
    return { inputShape: network.input.shape, classes: classesOf(network.output.shape[0]) };
  const expected = "a network whose output is [classes]";
  const receivedAs = network instanceof Network ? String(network) : undefined;
  throw new ArgumentError({ call, argument, expected, received: network, receivedAs });
}

/** A single output tells two classes apart. */
function classesOf(outputs: number): number {
  return outputs === 1 ? 2 : outputs;
}

/** Lets through examples that suit a model: there are some, of the shape of its input, and of its classes. */
export function requireExamples(
  call: string,
  argument: string,
  data: unknown,
  { inputShape, classes }: Fitting,
): LabelledExamples {
  const examples = isExamples(data) ? data : fromTensors(call, argument, data, classes);
  if (examples.length === 0) {
    const expected = "at least one example";
    throw new ArgumentError({
      call,
      argument,
      expected,
      received: data,
      receivedAs: "an empty set",
    });
  }
  if (String(examples.imageShape) !== String(inputShape)) {
    throw new ArgumentError({
      call,
      argument,
      expected: `of shape [${inputShape.join(", ")}] each, as the model takes them`,
      received: data,
      receivedAs: `[${examples.imageShape.join(", ")}]`,
      remedy: paddingRemedy(argument, examples, inputShape),
    });
  }
  const { labels } = examples;
  for (let i = 0; i < labels.length; i++) {
    if (Number.isInteger(labels[i]) && labels[i] >= 0 && labels[i] < classes) continue;
    throw new ArgumentError({
      call,
      argument: `label ${i} of ${argument}`,
      expected: `a class from 0 to ${classes - 1}, for the model tells ${classes} apart`,
      received: labels[i],
    });
  }
  return examples;
}

function isExamples(data: unknown): data is LabelledExamples {
  const { batches, labels, length, imageShape } = (data ?? {}) as Partial<LabelledExamples>;
  return typeof batches === "function" && !!labels && length !== undefined && !!imageShape;
}

function fromTensors(
  call: string,
  argument: string,
  data: unknown,
  classes: number,
): LabelledExamples {
  const { x, y } = (data ?? {}) as Partial<LabelledTensors>;
  if (!(x instanceof Tensor) || x.rank < 2 || y === undefined) {
    const expected = "labelled images such as mnist().train, or {x, y} with x of shape [m, ...]";
    throw new ArgumentError({ call, argument, expected, received: data });
  }
  const bad = x.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const expected = "of finite numbers";
    const receivedAs = `${x.data[bad]} in example ${Math.floor((bad * x.shape[0]) / x.size)}`;
    throw new ArgumentError({ call, argument: `${argument}.x`, expected, received: x, receivedAs });
  }
  const [length, ...imageShape] = x.shape;
  const labels = labelsOf(call, `${argument}.y`, y, length, classes);
  return {
    length,
    imageShape,
    labels,
    *batches(size, { shuffle } = {}) {
      requireInteger("batches", "size", size, 1);
      const order = shuffle
        ? permutation(length, shuffle)
        : Uint32Array.from({ length }, (_, i) => i);
      for (let begin = 0; begin < length; begin += size) {
        const chosen = order.subarray(begin, begin + size);
        yield { images: rowsAt(x, chosen), labels: Array.from(chosen, (i) => labels[i]) };
      }
    },
  };
}

function labelsOf(
  call: string,
  argument: string,
  y: ArrayLike<number> | Tensor,
  length: number,
  classes: number,
): ArrayLike<number> {
  const oneHot = y instanceof Tensor && y.rank === 2 && y.shape[1] > 1;
  const values = y instanceof Tensor ? y.data : y;
  if (values.length !== (oneHot ? length * classes : length)) {
    const expected = `${length} classes, one for each example, or one-hot rows of shape [${length}, ${classes}]`;
    throw new ArgumentError({ call, argument, expected, received: y });
  }
  if (!oneHot) return values;
  return Array.from({ length }, (_, m) => {
    const row = y.data.subarray(m * classes, (m + 1) * classes);
    const label = row.indexOf(1);
    if (label >= 0 && row.every((value, k) => value === (k === label ? 1 : 0))) return label;
    const expected = "a single 1 among zeros";
    throw new ArgumentError({
      call,
      argument: `row ${m} of ${argument}`,
      expected,
      received: Array.from(row),
    });
  });
}

function rowsAt(x: Tensor, chosen: Uint32Array): Tensor {
  const size = x.size / x.shape[0];
  const rows = zeros([chosen.length, ...x.shape.slice(1)]); // [chosen, ...]
  chosen.forEach((row, m) =>
    rows.data.set(x.data.subarray(row * size, (row + 1) * size), m * size),
  );
  return rows;
}

/** MNIST has 28 x 28 pixels, and LeNet takes 32 x 32: what is missing all around can be put there. */
function paddingRemedy(
  argument: string,
  { imageShape }: LabelledExamples,
  inputShape: readonly number[],
): string | undefined {
  const [rows, columns, channels] = inputShape.map((n, axis) => n - imageShape[axis]);
  const isFrame = rows > 0 && rows === columns && rows % 2 === 0 && channels === 0;
  return isFrame
    ? `${argument}.padded(${rows / 2}) puts black pixels around the images.`
    : undefined;
}
