import * as tf from "@tensorflow/tfjs";
import { sourcesAlong } from "../../../arithmetic";
import { DescribedLayer } from "./DescribedLayer";

/**
 * A resizing as two products with matrices of weights, one along each axis. tfjs has such layers, but its gradient of
 * bilinear resizing takes corners where the values were taken between them, and wasm has none at all.
 */
export class Resizing extends DescribedLayer<"resize"> {
  static className = "Resizing";

  override computeOutputShape([batch, , , channels]: tf.Shape): tf.Shape {
    return [batch, ...this.operation.outputSize, channels];
  }

  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    const [batch, height, width, channels] = x.shape;
    const [rows, columns] = this.operation.outputSize;
    const down = this.matrixOf(height, rows)
      .matMul(x.transpose([1, 0, 2, 3]).reshape([height, -1]))
      .reshape([rows, batch, width, channels]); // [oh, m, w, c]
    return this.matrixOf(width, columns)
      .matMul(down.transpose([2, 1, 0, 3]).reshape([width, -1]))
      .reshape([columns, batch, rows, channels])
      .transpose([1, 2, 0, 3]); // [m, oh, ow, c]
  }

  /** Along one axis, [outputs, n]. */
  private matrixOf(n: number, outputs: number): tf.Tensor2D {
    const { mode, alignCorners } = this.operation;
    const matrix = new Float32Array(outputs * n);
    sourcesAlong(mode, n, outputs, alignCorners).forEach((sources, i) => {
      for (const { entry, weight } of sources) matrix[i * n + entry] = weight;
    });
    return tf.tensor2d(matrix, [outputs, n]);
  }
}
tf.serialization.registerClass(Resizing);
