import * as tf from "@tensorflow/tfjs";
import { batchNormMomentum } from "../batchNormMomentum";
import { DescribedLayer, type Mode } from "./DescribedLayer";

/** Batch normalisation without gamma or without beta, for which tfjs (4.22) fails to find a gradient. */
export class PartialBatchNorm extends DescribedLayer<"batchNorm"> {
  static className = "PartialBatchNorm";
  private gamma?: tf.LayerVariable; // [c], as all of these
  private beta?: tf.LayerVariable;
  private mean?: tf.LayerVariable;
  private variance?: tf.LayerVariable;

  override build(inputShape: tf.Shape): void {
    const { scale, center } = this.operation;
    const channels = [inputShape[inputShape.length - 1]!];
    if (scale) this.gamma = this.weigh("gamma", channels);
    if (center) this.beta = this.weigh("beta", channels);
    this.mean = this.weigh("movingMean", channels, false);
    this.variance = this.weigh("movingVariance", channels, false);
    super.build(inputShape);
  }

  protected override forward([x]: tf.Tensor4D[], { training }: Mode): tf.Tensor {
    if (!training) return this.normalise(x, this.mean!.read(), this.variance!.read());
    const allButChannels = Array.from({ length: x.rank - 1 }, (_, axis) => axis);
    const { mean, variance } = tf.moments(x, allButChannels); // [c]
    follow(this.mean!, mean);
    follow(this.variance!, variance);
    return this.normalise(x, mean, variance);
  }

  private normalise(x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
    const normalised = x.sub(mean).div(variance.add(this.operation.epsilon).sqrt());
    const scaled = this.gamma ? normalised.mul(this.gamma.read()) : normalised;
    return this.beta ? scaled.add(this.beta.read()) : scaled;
  }
}
tf.serialization.registerClass(PartialBatchNorm);

/** Moves an average a step towards the value of this batch. */
function follow(average: tf.LayerVariable, value: tf.Tensor): void {
  const kept = average.read().mul(batchNormMomentum);
  average.write(kept.add(value.mul(1 - batchNormMomentum)));
}
