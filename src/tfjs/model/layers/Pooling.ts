import * as tf from "@tensorflow/tfjs";
import { entriesUnder, tapsOnPadded, type WindowAxis } from "../../../arithmetic";
import { DescribedLayer } from "./DescribedLayer";
import { frameOf } from "./windows";

/** A pooling with any padding, and windows that may hang over the end. */
export class Pooling extends DescribedLayer<"pool"> {
  static className = "Pooling";

  override computeOutputShape([batch, , , channels]: tf.Shape): tf.Shape {
    const { height, width } = this.operation.window;
    return [batch, height.output, width.output, channels];
  }

  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    const { mode, window } = this.operation;
    const { height, width } = window;
    const size: [number, number] = [height.kernel, width.kernel];
    const strides: [number, number] = [height.stride, width.stride];
    if (mode === "max")
      return tf.maxPool(tf.pad(x, frameOf(window), -Infinity), size, strides, "valid");
    const means = tf.avgPool(tf.pad(x, frameOf(window)), size, strides, "valid");
    return means.mul(this.corrections());
  }

  /** What turns an average over whole windows into one over the part that counts, [oh, ow, 1]. */
  private corrections(): tf.Tensor {
    const { countPadding, window } = this.operation;
    const counted = (axis: WindowAxis, i: number) =>
      countPadding ? tapsOnPadded(axis, i) : entriesUnder(axis, i).length;
    const along = (axis: WindowAxis) =>
      Array.from({ length: axis.output }, (_, i) => axis.kernel / counted(axis, i));
    return tf.outerProduct(along(window.height), along(window.width)).expandDims(2);
  }
}
tf.serialization.registerClass(Pooling);
