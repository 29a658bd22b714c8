import type { Pair, Resizing, Window } from "../arithmetic";

/** One layer of a network. */
export interface Layer<O extends Operation = Operation> {
  /** Its index in `network.layers`. */
  readonly index: number;
  /** Unique within its block: `"conv2"`. */
  readonly name: string;
  /** Names of the blocks around it, outermost first: `["conv3_1"]`. */
  readonly blocks: readonly string[];
  /** Unique in the network: `"conv3_1/conv2"`. */
  readonly path: string;
  readonly operation: O;
  readonly inputs: readonly Layer[];
  /** The shape of the output, [h, w, c] or [n]. */
  readonly shape: readonly number[];
  readonly weights: readonly Weight[];
  /** The earlier layer whose weights it uses, where `layers.shared` lends it those. Left out for one that owns its own. */
  readonly sharesWith?: Layer;
  /** Whether it belongs to an auxiliary head. */
  readonly auxiliary: boolean;
}

/** A tensor of numbers that a layer owns. */
export interface Weight {
  readonly name: WeightName;
  readonly shape: readonly number[];
  /** False for what training does not follow the gradient of, such as moving averages. */
  readonly trainable: boolean;
}

export type WeightName =
  | "filter"
  | "bias"
  | "matrix"
  | "gamma"
  | "beta"
  | "movingMean"
  | "movingVariance"
  | "count"
  | "constants";

/** What a layer does, with every choice made: defaults filled in, padding worked out for its input. */
export type Operation =
  | { readonly kind: "input" }
  | Convolution
  | TransposedConvolution
  | { readonly kind: "dense"; readonly units: number; readonly bias: boolean }
  | Pooling
  | { readonly kind: "globalPool"; readonly mode: PoolingMode; readonly keepDims: boolean }
  | { readonly kind: "adaptivePool"; readonly mode: "average"; readonly outputSize: Pair }
  | {
      readonly kind: "batchNorm";
      readonly scale: boolean;
      readonly center: boolean;
      readonly epsilon: number;
      /** The fraction that moving averages keep in training. Left out for 0.9. */
      readonly momentum?: number;
      /** Whether the moving variance follows the unbiased one. Left out where it follows the plain one. */
      readonly unbiased?: true;
    }
  | {
      readonly kind: "localResponseNorm";
      readonly size: number;
      readonly alpha: number;
      readonly beta: number;
      readonly k: number;
    }
  | {
      readonly kind: "layerNorm";
      readonly scale: boolean;
      readonly center: boolean;
      readonly epsilon: number;
    }
  | {
      readonly kind: "groupNorm";
      readonly groups: number;
      readonly scale: boolean;
      readonly center: boolean;
      readonly epsilon: number;
    }
  | { readonly kind: "channelScale" }
  | { readonly kind: "inputNorm" }
  | { readonly kind: "activation"; readonly function: ActivationFunction }
  | { readonly kind: "dropout"; readonly rate: number }
  | { readonly kind: "add" }
  | { readonly kind: "scaledAdd"; readonly scale: number }
  | { readonly kind: "multiply" }
  | { readonly kind: "concat" }
  | { readonly kind: "slice"; readonly from: number; readonly to: number }
  | { readonly kind: "channelShuffle"; readonly groups: number }
  /** Zeros before and after on each axis: rows, columns, channels. */
  | { readonly kind: "zeroPad"; readonly padding: readonly [Pair, Pair, Pair] }
  | { readonly kind: "crop"; readonly cropping: readonly [Pair, Pair] }
  | ({ readonly kind: "resize" } & Readonly<Resizing>)
  | { readonly kind: "flatten" }
  /** Something that a model file holds and nobody here knows. */
  | {
      readonly kind: "unknown";
      readonly type: string;
      readonly shape: readonly number[];
      readonly params: number;
    };

export type OperationKind = Operation["kind"];
export type OperationOf<K extends OperationKind> = Extract<Operation, { kind: K }>;
export type PoolingMode = "max" | "average";

export const activationFunctions = [
  "relu",
  "relu6",
  "sigmoid",
  "tanh",
  "softmax",
  "swish",
  "gelu",
  "hardSwish",
  "hardSigmoid",
] as const;
export type ActivationFunction = (typeof activationFunctions)[number];

/** Filters [kh, kw, cin / groups, filters]; depthwise where groups equals the input channels. */
export interface Convolution {
  readonly kind: "conv";
  readonly filters: number;
  readonly groups: number;
  readonly bias: boolean;
  readonly window: Window;
}

/** Filters [kh, kw, filters / groups, cin]. `window` is that of the convolution which it runs backwards: it puts out `window.height.input` rows. */
export interface TransposedConvolution {
  readonly kind: "transposedConv";
  readonly filters: number;
  readonly groups: number;
  readonly bias: boolean;
  readonly window: Window;
}

export interface Pooling {
  readonly kind: "pool";
  readonly mode: PoolingMode;
  /** Whether an average counts the zeros of the padding (Caffe, PyTorch) or not (TensorFlow). */
  readonly countPadding: boolean;
  readonly window: Window;
}
