import * as tf from "@tensorflow/tfjs";
import { leastDeviation } from "../../../running";
import { DescribedLayer } from "./DescribedLayer";

/** One learnt factor and one learnt offset a channel. */
export class ChannelScale extends DescribedLayer<"channelScale"> {
  static className = "ChannelScale";
  private gamma?: tf.LayerVariable; // [c]
  private beta?: tf.LayerVariable; // [c]

  override build(inputShape: tf.Shape): void {
    const channels = [inputShape[inputShape.length - 1]!];
    this.gamma = this.weigh("gamma", channels);
    this.beta = this.weigh("beta", channels);
    super.build(inputShape);
  }

  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    return x.mul(this.gamma!.read()).add(this.beta!.read());
  }
}
tf.serialization.registerClass(ChannelScale);

/** Images shifted and scaled by the mean and variance of the training set, which are set from outside. */
export class InputNorm extends DescribedLayer<"inputNorm"> {
  static className = "InputNorm";
  private mean?: tf.LayerVariable; // [c]
  private variance?: tf.LayerVariable; // [c]

  override build(inputShape: tf.Shape): void {
    const channels = [inputShape[inputShape.length - 1]!];
    this.mean = this.weigh("movingMean", channels, false);
    this.variance = this.weigh("movingVariance", channels, false);
    this.weigh("count", [], false); // how many images the statistics are of; Keras saves it
    super.build(inputShape);
  }

  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    const deviation = this.variance!.read().sqrt().maximum(leastDeviation);
    return x.sub(this.mean!.read()).div(deviation);
  }
}
tf.serialization.registerClass(InputNorm);
