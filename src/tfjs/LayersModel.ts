/*
 * As much of tfjs's types as our functions name. Those of tfjs itself take a notebook's type checker
 * seconds to read; with these, a notebook that does not use tfjs does not meet them. A tf.Tensor is a
 * TfTensor, and what `toLayersModel` gives is a tf.LayersModel through and through: where a function of
 * tfjs wants one, say `model as tf.LayersModel`.
 */

/** A tensor of tfjs. */
export interface TfTensor {
  readonly shape: number[];
  readonly dtype: string;
  /** The values, row by row; waits for them. */
  dataSync(): Float32Array | Int32Array | Uint8Array;
  /** The values, row by row. */
  data(): Promise<Float32Array | Int32Array | Uint8Array>;
  /** Frees the memory. */
  dispose(): void;
}

/** Inputs or targets: one tensor, several in order, or by name. */
export type TfData = TfTensor | TfTensor[] | { [name: string]: TfTensor };

/** One layer of a tfjs model. */
export interface TfLayer {
  readonly name: string;
  /** Of the output, with null for the batch. */
  readonly outputShape: (number | null)[] | (number | null)[][];
  trainable: boolean;
  countParams(): number;
  getWeights(): TfTensor[];
  setWeights(weights: TfTensor[]): void;
  getClassName(): string;
}

/** An input or output of a model: a shape without values, null for the batch. */
export interface TfSymbolicTensor {
  readonly name: string;
  readonly shape: (number | null)[];
}

/** What training is to do, for `model.compile`. */
export interface TfCompileOptions {
  /** `"sgd"`, `"adam"`, ... or one with settings: `tf.train.sgd(0.01)`. */
  optimizer: string | object;
  /** `"categoricalCrossentropy"` after a softmax, or a function; one for each output. */
  loss: string | object;
  /** `["accuracy"]`. */
  metrics?: string | object | undefined;
}

/** How to train, for `model.fit`. */
export interface TfFitOptions {
  batchSize?: number | undefined;
  epochs?: number | undefined;
  verbose?: number | undefined;
  shuffle?: boolean | undefined;
  validationSplit?: number | undefined;
  /** [x, y]. */
  validationData?: readonly (TfTensor | TfTensor[])[] | undefined;
  callbacks?: object | undefined;
}

/** A model of tfjs, to train and to predict with. */
export interface LayersModel {
  readonly name: string;
  readonly layers: TfLayer[];
  readonly inputs: TfSymbolicTensor[];
  readonly outputs: TfSymbolicTensor[];
  getLayer(name: string): TfLayer;
  /** The sum of all weights, moving averages included. */
  countParams(): number;
  summary(): void;
  /** [m, ...input] → [m, ...output]; a list if there are several outputs. */
  predict(
    x: TfTensor | TfTensor[],
    options?: { batchSize?: number | undefined },
  ): TfTensor | TfTensor[];
  compile(options: TfCompileOptions): void;
  /** One step on one batch; the loss, then the metrics. */
  trainOnBatch(x: TfData, y: TfData): Promise<number | number[]>;
  fit(
    x: TfData,
    y: TfData,
    options?: TfFitOptions,
  ): Promise<{ history: Record<string, (number | TfTensor)[]> }>;
  evaluate(
    x: TfTensor | TfTensor[],
    y: TfTensor | TfTensor[],
    options?: { batchSize?: number | undefined },
  ): TfTensor | TfTensor[];
  /** Saves architecture and weights by a handler such as `tf.io.withSaveHandler(...)`. */
  save(handlerOrUrl: string | object): Promise<object>;
  dispose(): object;
}
