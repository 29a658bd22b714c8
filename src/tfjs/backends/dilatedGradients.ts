import * as tf from "@tensorflow/tfjs";
import { spread } from "../model/layers/windows";
import type { WindowAttributes } from "./paddingInFull";

/*
 * The gradients of dilated convolutions, which tfjs (4.22) refuses. A dilated convolution is one by a filter with zeros
 * between its taps, and of that one tfjs knows the gradient: the one to the images as it is, the one to the filter at
 * the taps.
 */

let registered = false;

/** Gives tfjs the gradients, on whatever backend. */
export function registerDilatedGradients(): void {
  if (registered) return;
  for (const kernelName of ["Conv2D", "DepthwiseConv2dNative"] as const) {
    const own = tf.getGradient(kernelName);
    tf.unregisterGradient(kernelName);
    tf.registerGradient({ ...own, gradFunc: withDilation(own) });
  }
  registered = true;
}

function withDilation(own: tf.GradConfig): tf.GradFunc {
  return (dy, saved, attributes) => {
    const { dilations, dataFormat } = attributes as unknown as WindowAttributes;
    const [vertical, horizontal] = [dilations ?? 1, dilations ?? 1].map((n, axis) =>
      typeof n === "number" ? n : n[axis],
    );
    if ((vertical === 1 && horizontal === 1) || dataFormat === "NCHW")
      return own.gradFunc(dy, saved, attributes);
    const [x, filter] = saved as tf.Tensor4D[];
    const taps = spread(filter, [vertical, horizontal]);
    const gradients = own.gradFunc(dy, [x, taps], { ...attributes, dilations: [1, 1] });
    return {
      x: gradients.x,
      filter: () =>
        tf.stridedSlice(gradients.filter(), [0, 0, 0, 0], taps.shape, [vertical, horizontal, 1, 1]),
    };
  };
}
