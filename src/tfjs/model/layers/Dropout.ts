import * as tf from "@tensorflow/tfjs";
import { type Random, random } from "../../../tensor";
import { type Described, DescribedLayer, type Mode } from "./DescribedLayer";

/**
 * Dropout that draws anew for each batch, from a seeded source. The layer of tfjs (4.22), given a seed, drops
 * the same values every time; without one, nobody can run the same training again.
 */
export class Dropout extends DescribedLayer<"dropout"> {
  static className = "SeededDropout";
  private readonly seed: number;
  private source: Random;

  constructor(config: Described<"dropout"> & { seed: number }) {
    super(config);
    this.seed = config.seed;
    this.source = random(config.seed);
  }

  /** From here on, drops what a layer of this seed drops. */
  restart(seed: number): void {
    this.source = random(seed);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), seed: this.seed };
  }

  protected override forward([x]: tf.Tensor4D[], { training }: Mode): tf.Tensor {
    const { rate } = this.operation;
    if (!training || rate === 0) return x.clone();
    return tf.dropout(x, rate, undefined, this.source.integer(1, 2 ** 31 - 1));
  }
}
tf.serialization.registerClass(Dropout);
