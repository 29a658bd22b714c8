import {
  hangsOver,
  type Pair,
  transposedWindowOptions,
  type Window,
  windowOptions,
} from "../arithmetic";
import type { Operation } from "./description";
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
  if (operation.kind === "unknown")
    return inputs.length > 0 ? layers.unknown(operation)(...inputs) : undefined;
  return inputs.length === 1 ? ofOneInput(operation, trainable)?.(x) : undefined;
}

function ofOneInput(operation: Operation, trainable: boolean) {
  switch (operation.kind) {
    case "conv": {
      const { window } = operation;
      return layers.conv({ ...operation, ...windowOptions(window), kernelSize: sizeOf(window) });
    }
    case "transposedConv": {
      const { window } = operation;
      const options = transposedWindowOptions(window);
      return layers.transposedConv({ ...operation, ...options, kernelSize: sizeOf(window) });
    }
    case "pool": {
      const { mode, countPadding, window } = operation;
      const options = { ...windowOptions(window), ceilMode: hangsOver(window), countPadding };
      const pool = mode === "max" ? layers.maxPool : layers.averagePool;
      return pool({ ...options, size: sizeOf(window) });
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

function sizeOf({ height, width }: Window): Pair {
  return [height.kernel, width.kernel];
}
