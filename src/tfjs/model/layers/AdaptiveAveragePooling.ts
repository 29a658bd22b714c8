import * as tf from "@tensorflow/tfjs";
import { DescribedLayer } from "./DescribedLayer";

/** Averages over as many windows as the output is to have pixels. */
export class AdaptiveAveragePooling extends DescribedLayer<"adaptivePool"> {
  static className = "AdaptiveAveragePooling";

  override computeOutputShape([batch, , , channels]: tf.Shape): tf.Shape {
    return [batch, ...this.operation.outputSize, channels];
  }

  /** First the rows, then the columns, each a product with a matrix of averages. */
  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    const [batch, height, width, channels] = x.shape;
    const [rows, columns] = this.operation.outputSize;
    const lines = x.reshape([batch, height, width * channels]);
    const shorter = tf.matMul(averages(rows, height, batch), lines); // [m, oh, w · c]
    const stacked = shorter.reshape([batch * rows, width, channels]);
    const y = tf.matMul(averages(columns, width, batch * rows), stacked); // [m · oh, ow, c]
    return y.reshape([batch, rows, columns, channels]);
  }
}
tf.serialization.registerClass(AdaptiveAveragePooling);

/** Row i averages the entries floor(i·n/outputs) to ceil((i+1)·n/outputs); the matrix repeated, [times, outputs, n]. */
function averages(outputs: number, n: number, times: number): tf.Tensor3D {
  const matrix = Array.from({ length: outputs }, (_, i) => {
    const from = Math.floor((i * n) / outputs);
    const to = Math.ceil(((i + 1) * n) / outputs);
    return Array.from({ length: n }, (_, j) => (j >= from && j < to ? 1 / (to - from) : 0));
  });
  return tf.tensor3d([matrix]).tile([times, 1, 1]);
}
