import type { Padding, Pair } from "../../arithmetic";
import { type ActivationFunction, layers, type SymbolicTensor } from "../../network";
import { sizeOf } from "../../tensor";
import type { KerasLayer } from "./topology";

/** What a layer makes of its inputs; undefined where it is not known here. */
type Maker = (layer: KerasLayer, inputs: readonly SymbolicTensor[]) => SymbolicTensor | undefined;

const ACTIVATIONS: Readonly<Record<string, ActivationFunction>> = {
  relu: "relu",
  relu6: "relu6",
  sigmoid: "sigmoid",
  tanh: "tanh",
  softmax: "softmax",
  swish: "swish",
  silu: "swish",
  hard_swish: "hardSwish",
  hard_silu: "hardSwish",
};

/** A layer whose shape and parameters are known, and what it computes is not. */
const known =
  (paramsOf: (config: KerasLayer["config"], shape: readonly number[]) => number): Maker =>
  ({ className, config }, [x]) =>
    layers.unknown({ type: className, shape: x.shape, params: paramsOf(config, x.shape) })(x);

/** Of inputs that are alike: what is computed of their values is not counted. */
const ofEqual: Maker = ({ className: type }, inputs) => {
  const [{ shape }] = inputs;
  const alike = inputs.every((input) => input.shape.join() === shape.join());
  return alike ? layers.unknown({ type, shape })(...inputs) : undefined;
};

const unchanged: Maker = (_, [x]) => x;

/** Dropout in its varieties does nothing to a count. */
const dropout: Maker = ({ config }, [x]) =>
  layers.dropout({ rate: number(config, "rate", 0.5) })(x);

const globalPool =
  (pool: typeof layers.globalAveragePool): Maker =>
  ({ config }, [x]) =>
    pool({ keepDims: config.keepdims === true })(x);

export const MAKERS: Readonly<Record<string, Maker>> = {
  Conv2D: (layer, [x]) => {
    const { filters, groups } = layer.config;
    const conv = layers.conv({
      ...windowOf(layer),
      filters: Number(filters),
      groups: Number(groups ?? 1),
    });
    return activated(layer, conv(x));
  },
  DepthwiseConv2D: (layer, [x]) =>
    activated(
      layer,
      layers.depthwiseConv({
        ...windowOf(layer),
        multiplier: number(layer.config, "depth_multiplier", 1),
      })(x),
    ),
  SeparableConv2D: (layer, [x]) => {
    const { bias, ...window } = windowOf(layer);
    const multiplier = number(layer.config, "depth_multiplier", 1);
    const depthwise = layers.depthwiseConv({ ...window, bias: false, multiplier })(x);
    const pointwise = layers.conv({ filters: Number(layer.config.filters), kernelSize: 1, bias });
    return activated(layer, pointwise(depthwise));
  },
  Conv2DTranspose: (layer, [x]) => {
    const { dilation, ...window } = windowOf(layer);
    if (pair(dilation).some((n) => n !== 1) || layer.config.output_padding) return undefined;
    return activated(
      layer,
      layers.transposedConv({ ...window, filters: Number(layer.config.filters) })(x),
    );
  },
  Dense: (layer, [x]) => {
    const { units, use_bias: bias } = layer.config;
    const [height, width] = x.shape;
    if (x.shape.length === 1)
      return activated(layer, layers.dense({ units: Number(units), bias: bias !== false })(x));
    // On maps Keras's dense layer mixes the channels of each pixel.
    if (height > 0 && width > 0)
      return activated(
        layer,
        layers.conv({ filters: Number(units), kernelSize: 1, bias: bias !== false })(x),
      );
    return undefined;
  },
  BatchNormalization: ({ config }, [x]) =>
    layers.batchNorm({
      epsilon: number(config, "epsilon", 1e-3),
      momentum: number(config, "momentum", 0.99),
      scale: config.scale !== false,
      center: config.center !== false,
    })(x),
  Activation: ({ config }, [x]) => activation(config.activation, x),
  ReLU: ({ config }, [x]) => {
    const plain = !config.negative_slope && !config.threshold;
    const most = config.max_value;
    if (!plain || (most !== 6 && most != null)) return undefined;
    return most === 6 ? layers.relu6()(x) : layers.relu()(x);
  },
  Softmax: (_, [x]) => (x.shape.length === 1 ? layers.softmax()(x) : undefined),
  MaxPooling2D: (layer, [x]) => layers.maxPool(poolOf(layer))(x),
  AveragePooling2D: (layer, [x]) => layers.averagePool(poolOf(layer))(x),
  GlobalAveragePooling2D: globalPool(layers.globalAveragePool),
  GlobalMaxPooling2D: globalPool(layers.globalMaxPool),
  UpSampling2D: ({ config }, [x]) => {
    const factor = pair(config.size ?? 2);
    const mode = config.interpolation ?? "nearest";
    if (mode === "nearest" || mode === "bilinear") return layers.upsample({ factor, mode })(x);
    const [height, width, channels] = x.shape;
    const shape = [factor[0] * height, factor[1] * width, channels];
    return layers.unknown({ type: `UpSampling2D (${String(mode)})`, shape })(x);
  },
  Reshape: ({ className: type, config }, [x]) => {
    const shape = reshaped(config.target_shape, x.shape);
    if (shape?.join() === x.shape.join()) return x;
    if (shape?.length === 1) return layers.flatten()(x);
    return shape?.length === 3 ? layers.unknown({ type, shape })(x) : undefined;
  },
  PReLU: known(({ shared_axes: shared }, shape) => {
    const axes = Array.isArray(shared) ? (shared as unknown[]) : [];
    return sizeOf(shape.filter((_, i) => !axes.includes(i + 1)));
  }),
  LayerNormalization: ({ config }, [x]) => {
    const axis = Array.isArray(config.axis) ? (config.axis as unknown[]) : [config.axis ?? -1];
    if (axis.length !== 1 || (axis[0] !== -1 && axis[0] !== x.shape.length)) return undefined;
    return layers.layerNorm({
      epsilon: number(config, "epsilon", 1e-3),
      scale: config.scale !== false,
      center: config.center !== false,
    })(x);
  },
  Normalization: ({ config }, [x]) => {
    const axis = Array.isArray(config.axis) ? (config.axis as unknown[]) : [config.axis ?? -1];
    const own =
      config.mean == null && axis.length === 1 && [-1, x.shape.length].includes(Number(axis[0]));
    return own ? layers.inputNorm()(x) : undefined;
  },
  LayerScale: known((_, shape) => shape.at(-1)!),
  Subtract: ofEqual,
  Average: ofEqual,
  Maximum: ofEqual,
  Minimum: ofEqual,
  Flatten: (_, [x]) => (x.shape.length === 1 ? x : layers.flatten()(x)),
  Dropout: dropout,
  SpatialDropout2D: dropout,
  ZeroPadding2D: ({ config }, [x]) => layers.zeroPad({ padding: sides(config.padding) })(x),
  Cropping2D: ({ config }, [x]) => layers.crop({ cropping: sides(config.cropping) })(x),
  Add: (_, inputs) => layers.add(...inputs),
  Multiply: (_, [x, y, ...others]) => {
    if (!y) return layers.unknown({ type: "Multiply by a number", shape: x.shape })(x);
    if (others.length > 0) return undefined;
    return isGate(x) && !isGate(y) ? layers.multiply(y, x) : layers.multiply(x, y);
  },
  Concatenate: ({ config }, inputs) =>
    config.axis === undefined || config.axis === -1 || config.axis === 3
      ? layers.concat(...inputs)
      : undefined,
  InputLayer: unchanged,
  GaussianNoise: unchanged,
  GaussianDropout: unchanged,
};

/** Layers that keep their input's shape, so that a description goes on though they are not known. */
export const KEEP_SHAPE: ReadonlySet<string> = new Set([
  "LeakyReLU",
  "ELU",
  "ThresholdedReLU",
  "LayerNormalization",
  "GroupNormalization",
  "UnitNormalization",
  "Rescaling",
  "Normalization",
  "Lambda",
  "Activation",
  "ReLU",
  "Softmax",
]);

function activation(name: unknown, x: SymbolicTensor): SymbolicTensor | undefined {
  if (name === "linear" || name === undefined || name === null) return x;
  const known = typeof name === "string" ? ACTIVATIONS[name] : undefined;
  if (known) return layers.activation(known)(x);
  return undefined;
}

/** The function that Keras lets a layer carry; one that is not known here is a layer of its own. */
function activated({ config }: KerasLayer, x: SymbolicTensor): SymbolicTensor {
  const { activation: name } = config;
  const type = typeof name === "string" ? name : "activation";
  return activation(name, x) ?? layers.unknown({ type, shape: x.shape })(x);
}

function windowOf({ config }: KerasLayer) {
  return {
    kernelSize: pair(config.kernel_size),
    stride: pair(config.strides ?? 1),
    dilation: pair(config.dilation_rate ?? 1),
    padding: paddingOf(config),
    bias: config.use_bias !== false,
  };
}

function poolOf({ config }: KerasLayer) {
  const size = pair(config.pool_size ?? 2);
  return {
    size,
    stride: config.strides == null ? size : pair(config.strides),
    padding: paddingOf(config),
  };
}

function paddingOf({ padding }: Readonly<Record<string, unknown>>): Padding {
  return padding === "same" ? "same" : "valid";
}

/** The shape that is asked for, its -1 worked out; undefined where it does not fit. */
function reshaped(target: unknown, before: readonly number[]): number[] | undefined {
  if (!Array.isArray(target)) return undefined;
  const wanted = (target as unknown[]).map(Number);
  const rest = sizeOf(before) / sizeOf(wanted.filter((n) => n !== -1));
  const shape = wanted.map((n) => (n === -1 ? rest : n));
  const fits = shape.every((n) => Number.isInteger(n) && n >= 1);
  return fits && sizeOf(shape) === sizeOf(before) ? shape : undefined;
}

function pair(value: unknown): Pair {
  const [rows, columns] = Array.isArray(value) ? (value as unknown[]) : [value, value];
  return [Number(rows), Number(columns ?? rows)];
}

/** `1`, `[1, 2]` or `[[top, bottom], [left, right]]`. */
function sides(value: unknown): [Pair, Pair] {
  const [rows, columns] = Array.isArray(value) ? (value as unknown[]) : [value, value];
  return [pair(rows), pair(columns)];
}

function number(
  config: Readonly<Record<string, unknown>>,
  name: string,
  otherwise: number,
): number {
  const value = config[name];
  return typeof value === "number" ? value : otherwise;
}

function isGate({ shape }: SymbolicTensor): boolean {
  return shape.length === 3 && shape[0] === 1 && shape[1] === 1;
}
