import { coveredLength, type Pair, type Window, type WindowAxis } from "../arithmetic";
import type { Convolution, Operation, Pooling, TransposedConvolution } from "./description";
import type { SymbolicTensor } from "./graph";
import * as layers from "./layers";

/**
 * Applies the function of `layers` that makes an operation, with the options that the operation tells of.
 *
 * @param trainable of a dense layer, whose operation does not tell it
 * @returns undefined when the operation takes another number of inputs, or is none
 */
export function replay(
  operation: Operation,
  inputs: readonly SymbolicTensor[],
  trainable: boolean,
): SymbolicTensor | undefined {
  const [x, y] = inputs;
  const isMerge = operation.kind === "add" || operation.kind === "concat";
  if (isMerge) return inputs.length > 1 ? layers[operation.kind](...inputs) : undefined;
  if (operation.kind === "multiply") return inputs.length === 2 ? layers.multiply(x, y) : undefined;
  if (operation.kind === "scaledAdd")
    return inputs.length === 2 ? layers.scaledAdd(x, y, operation) : undefined;
  return inputs.length === 1 ? ofOneInput(operation, trainable)?.(x) : undefined;
}

function ofOneInput(operation: Operation, trainable: boolean) {
  switch (operation.kind) {
    case "conv":
      return layers.conv({ ...operation, ...windowOptions(operation) });
    case "transposedConv":
      return layers.transposedConv({
        ...operation,
        ...windowOptions(operation),
        outputPadding: outputPadding(operation.window),
      });
    case "pool": {
      const { mode, countPadding } = operation;
      const { kernelSize: size, ...options } = windowOptions(operation);
      const pool = mode === "max" ? layers.maxPool : layers.averagePool;
      return pool({ ...options, size, countPadding, ceilMode: hangsOver(operation.window) });
    }
    case "dense":
      return layers.dense({ ...operation, trainable });
    case "globalPool":
      return operation.mode === "max"
        ? layers.globalMaxPool(operation)
        : layers.globalAveragePool(operation);
    case "adaptivePool":
      return layers.adaptiveAveragePool(operation);
    case "batchNorm":
      return layers.batchNorm(operation);
    case "localResponseNorm":
      return layers.localResponseNorm(operation);
    case "channelScale":
      return layers.channelScale();
    case "inputNorm":
      return layers.inputNorm();
    case "activation":
      return layers.activation(operation.function);
    case "dropout":
      return layers.dropout(operation);
    case "slice":
      return layers.slice(operation);
    case "channelShuffle":
      return layers.channelShuffle(operation);
    case "zeroPad": {
      const [rows, columns, channels] = operation.padding;
      return layers.zeroPad({ padding: [rows, columns], channels });
    }
    case "crop":
      return layers.crop(operation);
    case "flatten":
      return layers.flatten();
    default:
      return undefined;
  }
}

function windowOptions({ window }: Convolution | TransposedConvolution | Pooling) {
  const { height, width } = window;
  const both = (of: (axis: WindowAxis) => number): Pair => [of(height), of(width)];
  return {
    kernelSize: both(({ kernel }) => kernel),
    stride: both(({ stride }) => stride),
    dilation: both(({ dilation }) => dilation),
    padding: [
      [height.before, height.after],
      [width.before, width.after],
    ] as [Pair, Pair],
  };
}

/** Whether a last window reaches past the padded input, which only ceil mode lets it. */
function hangsOver({ height, width }: Window): boolean {
  return [height, width].some(
    ({ input, kernel, stride, before, after, output }) =>
      (output - 1) * stride + kernel > before + input + after,
  );
}

/** The rows and columns that the output has beyond the smallest one with this many windows. */
function outputPadding({ height, width }: Window): Pair {
  const extra = ({ input, kernel, stride, dilation, before, after, output }: WindowAxis) =>
    before + input + after - ((output - 1) * stride + coveredLength(kernel, dilation));
  return [extra(height), extra(width)];
}
