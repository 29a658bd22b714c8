import * as tf from "@tensorflow/tfjs";
import type { OperationKind, OperationOf, Weight } from "../../../network";

/** What a layer is made from, and what of it is saved. */
export interface Described<K extends OperationKind> {
  name: string;
  operation: OperationOf<K>;
}

/** What tfjs says about a pass. */
export interface Mode {
  training?: boolean;
}

/**
 * A tfjs layer for an operation that tfjs has no layer for. The operation as the description has it, plain
 * data, is all that is saved; loading makes the layer from it again.
 */
export abstract class DescribedLayer<K extends OperationKind> extends tf.layers.Layer {
  protected readonly operation: OperationOf<K>;

  constructor(config: Described<K>) {
    super(config);
    this.operation = config.operation;
  }

  /** What comes out for [m, ...] of each input. tfjs derives the gradient from the operations used. */
  protected abstract forward(inputs: tf.Tensor4D[], mode: Mode): tf.Tensor;

  override call(inputs: tf.Tensor | tf.Tensor[], mode: Mode): tf.Tensor {
    return tf.tidy(() => this.forward([inputs].flat() as tf.Tensor4D[], mode));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), operation: this.operation as tf.serialization.ConfigDict };
  }

  /** Adds a weight, whose value is set when the model is whole. */
  protected weigh(name: Weight["name"], shape: number[], trainable = true): tf.LayerVariable {
    const initialiser = tf.initializers.zeros();
    return this.addWeight(name, shape, "float32", initialiser, undefined, trainable);
  }
}
