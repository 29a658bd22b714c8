import * as tf from "@tensorflow/tfjs";
import { DescribedLayer } from "./DescribedLayer";

/** Local response normalisation over any number of channels; tfjs itself has odd ones only. */
export class LocalResponseNorm extends DescribedLayer<"localResponseNorm"> {
  static className = "LocalResponseNorm";

  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    const { size, alpha, beta, k } = this.operation;
    const channels = x.shape[3];
    const before = Math.floor(size / 2);
    const squares = tf.pad(x.square(), [
      [0, 0],
      [0, 0],
      [0, 0],
      [before, size - 1 - before],
    ]);
    const shifted = Array.from({ length: size }, (_, i) =>
      squares.slice([0, 0, 0, i], [-1, -1, -1, channels]),
    );
    return x.div(tf.addN(shifted).mul(alpha).add(k).pow(beta));
  }
}
tf.serialization.registerClass(LocalResponseNorm);
