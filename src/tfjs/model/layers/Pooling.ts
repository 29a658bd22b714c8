import * as tf from "@tensorflow/tfjs";
import { entriesUnder, tapsOnPadded, type Window, type WindowAxis } from "../../../arithmetic";
import { DescribedLayer } from "./DescribedLayer";
import { frameOf } from "./windows";

/** A pooling with any padding and dilation, and windows that may hang over the end. */
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
    if (isDilated(window)) return this.dilated(x);
    if (mode === "max")
      return tf.maxPool(tf.pad(x, frameOf(window), -Infinity), size, strides, "valid");
    const means = tf.avgPool(tf.pad(x, frameOf(window)), size, strides, "valid");
    return means.mul(this.corrections());
  }

  /** Tap by tap: each moves the maps under the next, and what the windows gather is then taken at their stride. */
  private dilated(x: tf.Tensor4D): tf.Tensor {
    const { mode, window } = this.operation;
    const { height, width } = window;
    const padded = tf.pad(x, frameOf(window), mode === "max" ? -Infinity : 0);
    const reach = ({ output, stride }: WindowAxis) => (output - 1) * stride + 1;
    const under = (a: number, b: number): tf.Tensor4D =>
      tf.slice(
        padded,
        [0, a * height.dilation, b * width.dilation, 0],
        [-1, reach(height), reach(width), -1],
      );
    const taps = Array.from({ length: height.kernel }, (_, a) =>
      Array.from({ length: width.kernel }, (_, b) => under(a, b)),
    ).flat();
    const gather = mode === "max" ? tf.maximum<tf.Tensor4D> : tf.add<tf.Tensor4D>;
    const gathered = taps.reduce((all, tap) => gather(all, tap));
    const y = tf.maxPool(gathered, 1, [height.stride, width.stride], "valid"); // each single value
    return mode === "max" ? y : y.mul(this.corrections()).div(taps.length);
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

function isDilated({ height, width }: Window): boolean {
  return [height, width].some(({ kernel, dilation }) => kernel > 1 && dilation > 1);
}
