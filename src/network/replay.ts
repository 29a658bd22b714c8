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
 * Applies the function of `layers` that makes an operation, with the options that the operation has.
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
    return inputs.length === 2 ? layers.scaledAdd(x, y, { scale: operation.scale }) : undefined;
  if (operation.kind === "unknown") {
    const { type, shape, params } = operation;
    return inputs.length > 0 ? layers.unknown({ type, shape, params })(...inputs) : undefined;
  }
  return inputs.length === 1 ? ofOneInput(operation, trainable)?.(x) : undefined;
}

function ofOneInput(operation: Operation, trainable: boolean) {
  switch (operation.kind) {
    case "conv": {
      const { filters, groups, bias, window } = operation;
      const options = { filters, groups, bias, ...windowOptions(window) };
      return layers.conv({ ...options, kernelSize: sizeOf(window) });
    }
    case "transposedConv": {
      const { filters, groups, bias, window } = operation;
      const options = { filters, groups, bias, ...transposedWindowOptions(window) };
      return layers.transposedConv({ ...options, kernelSize: sizeOf(window) });
    }
    case "pool": {
      const { mode, countPadding, window } = operation;
      const ceilMode = hangsOver(window);
      const options = { ...windowOptions(window), ceilMode, size: sizeOf(window) };
      return mode === "max"
        ? layers.maxPool(options)
        : layers.averagePool({ ...options, countPadding });
    }
    case "dense":
      return layers.dense({ units: operation.units, bias: operation.bias, trainable });
    case "globalPool":
      return operation.mode === "max"
        ? layers.globalMaxPool({ keepDims: operation.keepDims })
        : layers.globalAveragePool({ keepDims: operation.keepDims });
    case "adaptivePool":
      return layers.adaptiveAveragePool({ outputSize: operation.outputSize });
    case "batchNorm":
      return layers.batchNorm({
        scale: operation.scale,
        center: operation.center,
        epsilon: operation.epsilon,
        momentum: operation.momentum,
        unbiased: operation.unbiased,
      });
    case "layerNorm": {
      const { scale, center, epsilon } = operation;
      return layers.layerNorm({ scale, center, epsilon });
    }
    case "groupNorm": {
      const { groups, scale, center, epsilon } = operation;
      return layers.groupNorm({ groups, scale, center, epsilon });
    }
    case "resize": {
      const { mode, outputSize, alignCorners } = operation;
      return layers.resize({ mode, outputSize, alignCorners });
    }
    case "localResponseNorm": {
      const { size, alpha, beta, k } = operation;
      return layers.localResponseNorm({ size, alpha, beta, k });
    }
    case "channelScale":
      return layers.channelScale();
    case "inputNorm":
      return layers.inputNorm();
    case "activation":
      return layers.activation(operation.function);
    case "dropout":
      return layers.dropout({ rate: operation.rate });
    case "slice":
      return layers.slice({ from: operation.from, to: operation.to });
    case "channelShuffle":
      return layers.channelShuffle({ groups: operation.groups });
    case "zeroPad": {
      const [rows, columns, channels] = operation.padding;
      return layers.zeroPad({ padding: [rows, columns], channels });
    }
    case "crop":
      return layers.crop({ cropping: operation.cropping });
    case "flatten":
      return layers.flatten();
    case "add":
    case "concat":
    case "input":
    case "multiply":
    case "scaledAdd":
    case "unknown":
      return undefined;
    default: {
      const none: never = operation; // a new kind says here how it is made again
      return void none; // what a file says may be any kind
    }
  }
}

function sizeOf({ height, width }: Window): Pair {
  return [height.kernel, width.kernel];
}
