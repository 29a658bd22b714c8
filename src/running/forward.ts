import type { Pair } from "../arithmetic";
import * as kernels from "../kernels";
import {
  type ActivationFunction,
  type Layer,
  notRunnable,
  type Operation,
  type OperationKind,
  type OperationOf,
} from "../network";
import { concat, type Tensor, zeros, zip } from "../tensor";
import { leastDeviation } from "./leastDeviation";
import { convolutionOf, poolingOf, transposedOf } from "./operationOptions";
import type { LayerWeights } from "./NetworkWeights";

/** The operations that there are several of: plain ones in `kernels/`, fast ones in `engine`. */
export type NetworkOperations = Pick<
  typeof kernels,
  "conv2d" | "conv2dTranspose" | "dense" | "pool2d"
>;

type Runner<O extends Operation> = (
  operation: O,
  inputs: readonly Tensor[],
  weights: LayerWeights,
  operations: NetworkOperations,
) => Tensor;

/** What one layer makes of its inputs. */
export function forward(
  { operation }: Layer,
  inputs: readonly Tensor[],
  weights: LayerWeights,
  operations: NetworkOperations,
): Tensor {
  const run = runners[operation.kind] as Runner<Operation>;
  return run(operation, inputs, weights, operations);
}

const activations: Readonly<Record<ActivationFunction, (x: Tensor) => Tensor>> = kernels;

const runners: { readonly [K in OperationKind]: Runner<OperationOf<K>> } = {
  input: (_, [x]) => x,
  conv: (operation, [x], { filter, bias }, { conv2d }) =>
    conv2d(x, filter!, { ...convolutionOf(operation), bias }),
  transposedConv: (operation, [x], { filter, bias }, { conv2dTranspose }) =>
    conv2dTranspose(x, filter!, { ...transposedOf(operation), bias }),
  dense: (_, [x], { matrix, bias }, { dense }) => dense(x, matrix!, { bias }),
  pool: (operation, [x], _, { pool2d }) => pool2d(x, poolingOf(operation)),
  globalPool: ({ mode, keepDims }, [x], _, { pool2d }) => {
    const [batch, height, width, channels] = x.shape;
    const y = pool2d(x, { mode, size: [height, width] }); // [m, 1, 1, c]
    return keepDims ? y : y.reshape([batch, channels]);
  },
  adaptivePool: ({ outputSize: [rows, columns] }, [x]) => {
    const [batch, height, width, channels] = x.shape;
    const cell = (i: number, j: number) => {
      const [top, bottom] = adaptiveWindow(i, rows, height);
      const [left, right] = adaptiveWindow(j, columns, width);
      const under = x.slice([0, top, left, 0], [-1, bottom - top, right - left, -1]);
      return kernels.globalAveragePool(under).reshape([batch, 1, 1, channels]);
    };
    return concat(
      range(rows).map((i) =>
        concat(
          range(columns).map((j) => cell(i, j)),
          2,
        ),
      ), // [m, 1, ow, c] each
      1,
    ); // [m, oh, ow, c]
  },
  batchNorm: ({ epsilon }, [x], { gamma, beta, movingMean: mean, movingVariance: variance }) =>
    kernels.batchNorm(x, { gamma, beta, mean, variance, epsilon }).y,
  layerNorm: ({ epsilon }, [x], { gamma, beta }) => kernels.layerNorm(x, { gamma, beta, epsilon }),
  groupNorm: ({ groups, epsilon }, [x], { gamma, beta }) =>
    kernels.groupNorm(x, { groups, gamma, beta, epsilon }),
  localResponseNorm: ({ size, alpha, beta, k }, [x]) =>
    kernels.localResponseNorm(x, { size, alpha, beta, k }),
  channelScale: (_, [x], { gamma, beta }) =>
    x.map((value, i) => value * ofChannel(gamma!, i) + ofChannel(beta!, i)),
  inputNorm: (_, [x], { movingMean, movingVariance }) =>
    x.map((value, i) => {
      const deviation = Math.max(Math.sqrt(ofChannel(movingVariance!, i)), leastDeviation);
      return (value - ofChannel(movingMean!, i)) / deviation;
    }),
  activation: (operation, [x]) => activations[operation.function](x),
  dropout: (_, [x]) => x,
  add: (_, inputs) => inputs.reduce((sum, x) => zip(sum, x, (a, b) => a + b)),
  scaledAdd: ({ scale }, [x, y]) => zip(x, y, (a, b) => a + scale * b),
  multiply: (_, [x, gate]) => {
    if (String(x.shape) === String(gate.shape)) return zip(x, gate, (a, b) => a * b);
    const channels = gate.shape[3]; // gate is [m, 1, 1, c]
    const valuesPerImage = x.size / x.shape[0];
    return x.map((value, i) => {
      const image = Math.floor(i / valuesPerImage);
      return value * gate.data[image * channels + (i % channels)];
    });
  },
  concat: (_, inputs) => concat(inputs, inputs[0].rank - 1),
  slice: ({ from, to }, [x]) => x.slice([0, 0, 0, from], [-1, -1, -1, to - from]),
  channelShuffle: ({ groups }, [x]) => kernels.channelShuffle(x, groups),
  zeroPad: ({ padding: [rows, columns, [before, after]] }, [x]) => {
    const framed = kernels.pad2d(x, [rows, columns]); // [m, oh, ow, c]
    const maps = (count: number) => zeros([...framed.shape.slice(0, 3), count], x.dtype);
    return concat([maps(before), framed, maps(after)], 3);
  },
  crop: ({ cropping: [[top, bottom], [left, right]] }, [x]) => {
    const [, height, width] = x.shape;
    return x.slice([0, top, left, 0], [-1, height - top - bottom, width - left - right, -1]);
  },
  resize: ({ mode, outputSize, alignCorners }, [x]) =>
    kernels.resize2d(x, { mode, outputSize, alignCorners }),
  flatten: (_, [x]) => x.reshape([x.shape[0], -1]),
  unknown: (operation) => {
    throw notRunnable("runNetwork", operation.type);
  },
};

/** Entries from (included) to (excluded) that window i of an adaptive pooling averages. */
export function adaptiveWindow(i: number, windows: number, length: number): Pair {
  return [Math.floor((i * length) / windows), Math.ceil(((i + 1) * length) / windows)];
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

/** The number of the channel that a value belongs to, channels last. */
function ofChannel(numbers: Tensor, offset: number): number {
  return numbers.data[offset % numbers.size];
}
