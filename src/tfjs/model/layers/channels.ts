import * as tf from "@tensorflow/tfjs";
import { DescribedLayer } from "./DescribedLayer";

/** Some consecutive channels. */
export class ChannelSlice extends DescribedLayer<"slice"> {
  static className = "ChannelSlice";

  override computeOutputShape([batch, height, width]: tf.Shape): tf.Shape {
    const { from, to } = this.operation;
    return [batch, height, width, to - from];
  }

  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    const { from, to } = this.operation;
    return x.slice([0, 0, 0, from], [-1, -1, -1, to - from]);
  }
}
tf.serialization.registerClass(ChannelSlice);

/** The channel shuffle of ShuffleNet: written in rows, read in columns. */
export class ChannelShuffle extends DescribedLayer<"channelShuffle"> {
  static className = "ChannelShuffle";

  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    const { groups } = this.operation;
    return x
      .reshape([-1, groups, x.shape[3] / groups])
      .transpose([0, 2, 1])
      .reshape(x.shape);
  }
}
tf.serialization.registerClass(ChannelShuffle);

/** Zeros around the maps, and whole maps of zeros beside them. */
export class ZeroPadding extends DescribedLayer<"zeroPad"> {
  static className = "ZeroPadding";

  override computeOutputShape([batch, ...maps]: tf.Shape): tf.Shape {
    const { padding } = this.operation;
    return [batch, ...maps.map((n, axis) => n! + padding[axis][0] + padding[axis][1])];
  }

  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    const [rows, columns, channels] = this.operation.padding;
    return tf.pad(x, [[0, 0], [...rows], [...columns], [...channels]]);
  }
}
tf.serialization.registerClass(ZeroPadding);
