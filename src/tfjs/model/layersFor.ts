import * as tf from "@tensorflow/tfjs";
import { hangsOver, slideAlong, type Window, type WindowAxis } from "../../arithmetic";
import {
  type Layer,
  notRunnable,
  type Operation,
  type OperationKind,
  type OperationOf,
} from "../../network";
import { batchNormMomentum } from "./batchNormMomentum";
import * as own from "./layers";

/** What every layer of tfjs gets. */
interface Common {
  name: string;
  seed: number;
  /** Whether it is applied several times, with the same weights. */
  shared: boolean;
}

type Maker<O extends Operation> = (
  layer: Layer<O>,
  common: Common,
) => tf.layers.Layer | tf.layers.Layer[];

/** The layers of tfjs, one after the other, that do what a layer of a description says. The last has its name. */
export function layersFor(layer: Layer, common: Common): tf.layers.Layer[] {
  const make = makers[layer.operation.kind] as Maker<Operation>;
  return [make(layer, common)].flat();
}

const makers: { readonly [K in OperationKind]: Maker<OperationOf<K>> } = {
  input: (_, { name }) => tf.layers.inputLayer({ name }),
  conv: convolution,
  transposedConv: transposedConvolution,
  dense: ({ operation: { units, bias }, weights }, { name }) =>
    tf.layers.dense({ name, units, useBias: bias, ...unset, trainable: weights[0].trainable }),
  pool: pooling,
  globalPool: globalPooling,
  adaptivePool: ({ operation }, { name }) => new own.AdaptiveAveragePooling({ name, operation }),
  batchNorm: ({ operation }, { name, shared }) => {
    const { scale, center, epsilon, momentum = batchNormMomentum, unbiased } = operation;
    if (!scale || !center || unbiased || shared)
      return new own.PartialBatchNorm({ name, operation });
    return tf.layers.batchNormalization({ name, epsilon, momentum });
  },
  layerNorm: ({ operation }, { name }) => new own.LayerNorm({ name, operation }),
  groupNorm: ({ operation }, { name }) => new own.GroupNorm({ name, operation }),
  resize: ({ operation }, { name }) => new own.Resizing({ name, operation }),
  localResponseNorm: ({ operation }, { name }) => new own.LocalResponseNorm({ name, operation }),
  channelScale: ({ operation }, { name }) => new own.ChannelScale({ name, operation }),
  inputNorm: ({ operation }, { name }) => new own.InputNorm({ name, operation }),
  activation: ({ operation }, { name }) => {
    const { function: activation } = operation;
    if (activation === "gelu") return new own.Gelu({ name, operation });
    return activation === "hardSwish" || activation === "hardSigmoid"
      ? new own.HardActivation({ name, operation })
      : tf.layers.activation({ name, activation });
  },
  dropout: ({ operation }, { name, seed }) => new own.Dropout({ name, operation, seed }),
  add: ({ inputs }, { name }) => (inputs.length === 1 ? unchanged(name) : tf.layers.add({ name })), // tfjs adds two or more
  scaledAdd: ({ operation }, { name }) => new own.ScaledAdd({ name, operation }),
  multiply: (_, { name }) => tf.layers.multiply({ name }),
  concat: (_, { name }) => tf.layers.concatenate({ name, axis: -1 }),
  slice: ({ operation }, { name }) => new own.ChannelSlice({ name, operation }),
  channelShuffle: ({ operation }, { name }) => new own.ChannelShuffle({ name, operation }),
  zeroPad: ({ operation }, { name }) => {
    const [rows, columns, channels] = operation.padding;
    return channels.some(Boolean)
      ? new own.ZeroPadding({ name, operation })
      : tf.layers.zeroPadding2d({ name, padding: [[...rows], [...columns]] });
  },
  crop: ({ operation: { cropping } }, { name }) =>
    tf.layers.cropping2D({ name, cropping: [[...cropping[0]], [...cropping[1]]] }),
  flatten: ({ inputs: [{ shape }] }, { name }) =>
    shape.length === 1 ? unchanged(name) : tf.layers.flatten({ name }), // tfjs flattens no vector
  unknown: ({ operation: { type } }) => {
    throw notRunnable("toLayersModel", type);
  },
};

function unchanged(name: string): tf.layers.Layer {
  return tf.layers.activation({ name, activation: "linear" });
}

/** The weights are set right after, so that tfjs need not draw random ones first. */
const unset = { kernelInitializer: "zeros", biasInitializer: "zeros" } as const;

function convolution(layer: Layer<OperationOf<"conv">>, { name }: Common) {
  const { operation, inputs, weights } = layer;
  const { filters, groups, bias: useBias, window } = operation;
  const channels = inputs[0].shape[2];
  const isDepthwise = groups === channels && groups > 1;
  if (isDilated(window) || (groups > 1 && !isDepthwise))
    return new own.GroupedConvolution({ name, operation });
  const { padding, frame } = paddingOf(window);
  const [kernelHeight, kernelWidth] = weights[0].shape;
  const options = {
    name,
    kernelSize: [kernelHeight, kernelWidth] as [number, number],
    strides: stridesOf(window),
    padding,
    useBias,
  };
  const convolve = isDepthwise
    ? tf.layers.depthwiseConv2d({
        ...options,
        depthMultiplier: filters / groups,
        depthwiseInitializer: "zeros",
      })
    : tf.layers.conv2d({ ...options, filters, ...unset });
  return frame
    ? [tf.layers.zeroPadding2d({ name: `${name}/padding`, padding: frame }), convolve]
    : convolve;
}

function transposedConvolution(layer: Layer<OperationOf<"transposedConv">>, { name }: Common) {
  const { operation, inputs } = layer;
  const { filters, groups, bias: useBias, window } = operation;
  const { padding, frame } = paddingOf(window);
  const { height, width } = window;
  const [rows, columns] = inputs[0].shape;
  const isExact = (axis: WindowAxis, n: number) =>
    axis.input ===
    n * axis.stride + (padding === "same" ? 0 : Math.max(axis.kernel - axis.stride, 0));
  if (
    groups > 1 ||
    isDilated(window) ||
    frame ||
    !isExact(height, rows) ||
    !isExact(width, columns)
  )
    return new own.TransposedConvolution({ name, operation });
  return tf.layers.conv2dTranspose({
    name,
    filters,
    kernelSize: [height.kernel, width.kernel],
    strides: stridesOf(window),
    padding,
    useBias,
    ...unset,
  });
}

function pooling({ operation }: Layer<OperationOf<"pool">>, { name }: Common) {
  const { mode, window } = operation;
  const { padding, frame } = paddingOf(window);
  const counts = operation.countPadding && padding === "same"; // tfjs's averages leave padding out
  if (hangsOver(window) || isDilated(window) || frame || counts)
    return new own.Pooling({ name, operation });
  const options = {
    name,
    poolSize: [window.height.kernel, window.width.kernel] as [number, number],
    strides: stridesOf(window),
    padding,
  };
  return mode === "max" ? tf.layers.maxPooling2d(options) : tf.layers.averagePooling2d(options);
}

function globalPooling({ operation, inputs }: Layer<OperationOf<"globalPool">>, { name }: Common) {
  const { mode, keepDims } = operation;
  const [height, width] = inputs[0].shape;
  const poolSize: [number, number] = [height, width];
  if (mode === "max")
    return keepDims
      ? tf.layers.maxPooling2d({ name, poolSize })
      : tf.layers.globalMaxPooling2d({ name, dataFormat: "channelsLast" });
  return keepDims
    ? tf.layers.averagePooling2d({ name, poolSize })
    : tf.layers.globalAveragePooling2d({ name, dataFormat: "channelsLast" });
}

/** The padding of a window as a layer of tfjs takes it; any other as a frame of zeros put around the maps first. */
function paddingOf({ height, width }: Window): {
  padding: "valid" | "same";
  frame?: [[number, number], [number, number]];
} {
  const { before: top, after: bottom } = height;
  const { before: left, after: right } = width;
  if (top + bottom + left + right === 0) return { padding: "valid" };
  if (isSame(height) && isSame(width)) return { padding: "same" };
  return {
    padding: "valid",
    frame: [
      [top, bottom],
      [left, right],
    ],
  };
}

function isSame({ input, kernel, stride, dilation, before, after, output }: WindowAxis): boolean {
  const same = slideAlong("toLayersModel", input, kernel, { stride, dilation, padding: "same" });
  return same.before === before && same.after === after && same.output === output;
}

/** Whether taps lie apart. tfjs computes that, but has no gradient for it. */
function isDilated({ height, width }: Window): boolean {
  return [height, width].some(({ kernel, dilation }) => kernel > 1 && dilation > 1);
}

function stridesOf({ height, width }: Window): [number, number] {
  return [height.stride, width.stride];
}
