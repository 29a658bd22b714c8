import * as tf from "@tensorflow/tfjs";
import { batchNormMomentum } from "../batchNormMomentum";
import { DescribedLayer, type Mode } from "./DescribedLayer";

/**
 * Batch normalisation without gamma or without beta, for which tfjs (4.22) fails to find a gradient; that whose
 * moving variance is unbiased, which tfjs has not; and that which a network applies several times.
 *
 * The averages of the last follow each application in turn. So that the turns come in the order of the network, as in
 * PyTorch, and not in tfjs's own, from the far end, each application has what came out of the one before as a second
 * input, which it waits for and does not look at.
 */
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

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return Array.isArray(inputShape[0]) ? inputShape[0] : (inputShape as tf.Shape);
  }

  protected override forward([x]: tf.Tensor4D[], { training }: Mode): tf.Tensor {
    if (!training) return this.normalise(x, this.mean!.read(), this.variance!.read());
    const allButChannels = Array.from({ length: x.rank - 1 }, (_, axis) => axis);
    const { mean, variance } = tf.moments(x, allButChannels); // [c]
    this.follow(this.mean!, mean);
    this.follow(this.variance!, this.operation.unbiased ? unbiased(variance, x) : variance);
    return this.normalise(x, mean, variance);
  }

  /** Moves an average a step towards the value of this batch. */
  private follow(average: tf.LayerVariable, value: tf.Tensor): void {
    const { momentum = batchNormMomentum } = this.operation;
    average.write(
      average
        .read()
        .mul(momentum)
        .add(value.mul(1 - momentum)),
    );
  }

  private normalise(x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
    const normalised = x.sub(mean).div(variance.add(this.operation.epsilon).sqrt());
    const scaled = this.gamma ? normalised.mul(this.gamma.read()) : normalised;
    return this.beta ? scaled.add(this.beta.read()) : scaled;
  }
}
tf.serialization.registerClass(PartialBatchNorm);

/** The sum of squares divided by one less than the number of values. */
function unbiased(variance: tf.Tensor, x: tf.Tensor): tf.Tensor {
  const count = x.size / variance.size;
  if (count > 1) return variance.mul(count / (count - 1));
  throw new Error(
    "batchNorm: one value a channel has no unbiased variance. Train on batches of two images or more, or leave `unbiased` out.",
  );
}
