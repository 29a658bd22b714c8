import * as tf from "@tensorflow/tfjs";
import type { OperationOf } from "../../../network";
import { DescribedLayer } from "./DescribedLayer";

/** A normalisation by statistics of each image itself. What tfjs has for layers is slower, and has none for groups. */
abstract class OwnStatisticsNorm<K extends "layerNorm" | "groupNorm"> extends DescribedLayer<K> {
  private gamma?: tf.LayerVariable; // [c]
  private beta?: tf.LayerVariable; // [c]

  override build(inputShape: tf.Shape): void {
    const { scale, center } = this.operation as OperationOf<"layerNorm" | "groupNorm">;
    const channels = [inputShape[inputShape.length - 1]!];
    if (scale) this.gamma = this.weigh("gamma", channels);
    if (center) this.beta = this.weigh("beta", channels);
    super.build(inputShape);
  }

  /** Values of mean 0 and variance 1 along these axes. */
  protected standardise(x: tf.Tensor, axes: number[]): tf.Tensor {
    const { epsilon } = this.operation as OperationOf<"layerNorm" | "groupNorm">;
    const centred = x.sub(x.mean(axes, true));
    return centred.div(centred.square().mean(axes, true).add(epsilon).sqrt());
  }

  protected affine(normalised: tf.Tensor): tf.Tensor {
    const scaled = this.gamma ? normalised.mul(this.gamma.read()) : normalised;
    return this.beta ? scaled.add(this.beta.read()) : scaled;
  }
}

/** The channels of each pixel, or the features of each vector, normalised. */
export class LayerNorm extends OwnStatisticsNorm<"layerNorm"> {
  static className = "ConvbookLayerNorm";

  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    return this.affine(this.standardise(x, [x.shape.length - 1]));
  }
}
tf.serialization.registerClass(LayerNorm);

/** Each group of channels of an image normalised. */
export class GroupNorm extends OwnStatisticsNorm<"groupNorm"> {
  static className = "ConvbookGroupNorm";

  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    const [batch, height, width, channels] = x.shape;
    const { groups } = this.operation;
    const grouped = x.reshape([batch, height * width, groups, channels / groups]);
    return this.affine(this.standardise(grouped, [1, 3]).reshape(x.shape));
  }
}
tf.serialization.registerClass(GroupNorm);
