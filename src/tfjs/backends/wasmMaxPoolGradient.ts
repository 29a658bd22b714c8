import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { pool2dBackward } from "../../engine/pool2d";
import { Tensor } from "../../tensor";
import { valuesOf } from "./wasmHeap";

type Shape4D = [number, number, number, number];

interface Attributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: Parameters<typeof tf.backend_util.computePool2DInfo>[4];
}

/**
 * The gradient of max pooling for tfjs's wasm backend, by the engine. The backend's own (4.22) looks for a maximum
 * above 0: where all values under a window are negative, it gives the gradient to the first of them, or to padding.
 * Networks that pool before they rectify, or after a tanh, then learn something else than elsewhere.
 */
export const maxPoolGradient: tf.KernelConfig = {
  kernelName: "MaxPoolGrad",
  backendName: "wasm",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const wasm = backend as BackendWasm;
    const { dy, input } = inputs as Record<"dy" | "input", tf.TensorInfo>; // [m, oh, ow, c], [m, h, w, c]
    const { filterSize, strides, pad } = attrs as unknown as Attributes;
    const inputShape = input.shape as Shape4D;
    const info = tf.backend_util.computePool2DInfo(inputShape, filterSize, strides, 1, pad);
    const { top, bottom, left, right } = info.padInfo;
    // With sizes rounded up, which tfjs does not tell the gradient of, dy is larger, and the last window hangs over
    // the padding: that much is padding too.
    const [, outHeight, outWidth] = dy.shape;
    const reachDown = (outHeight - 1) * info.strideHeight + info.filterHeight;
    const reachRight = (outWidth - 1) * info.strideWidth + info.filterWidth;
    const dx = pool2dBackward(
      new Tensor(valuesOf(wasm, dy), dy.shape),
      new Tensor(valuesOf(wasm, input), inputShape),
      {
        mode: "max",
        size: [info.filterHeight, info.filterWidth],
        stride: [info.strideHeight, info.strideWidth],
        padding: [
          [top, Math.max(bottom, reachDown - top - info.inHeight)],
          [left, Math.max(right, reachRight - left - info.inWidth)],
        ],
      },
    );
    return wasm.makeOutput(inputShape, "float32", undefined, dx.data as Float32Array);
  },
};
