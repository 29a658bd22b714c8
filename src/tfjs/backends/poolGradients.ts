import type * as tf from "@tensorflow/tfjs";
import type { Pool2dOptions } from "../../arithmetic";
import { pool2dBackward } from "../../engine";
import { Tensor } from "../../tensor";
import { accessTo } from "./access";
import { type WindowAttributes, windowInfo } from "./paddingInFull";

/*
 * The gradients of pooling by the engine, where tfjs's own (4.22) are wrong.
 *
 * Its maximum in WebAssembly looks for a value above 0: where all under a window are negative, the gradient goes to
 * the first of them, or to padding. Networks that pool before they rectify, or after a tanh, then learn something else
 * than elsewhere.
 *
 * Its average leaves padding out on the way forward, and divides by the whole window on the way back, in WebAssembly
 * and in plain JavaScript: at the corner of a 3x3 pooling with "same" padding it gives 1/9 where 1/4 is right.
 */

/** @param own the backend's kernel, which keeps what the engine refuses: windows over nothing but padding */
export function poolGradientByEngine(
  own: tf.KernelConfig,
  mode: Pool2dOptions["mode"],
): tf.KernelConfig {
  const { read, write } = accessTo[own.backendName as "wasm" | "cpu"];
  const kernelFunc: tf.KernelFunc = (given) => {
    const { inputs, backend, attrs } = given;
    const { dy, input } = inputs as Record<"dy" | "input", tf.TensorInfo>; // [m, oh, ow, c], [m, h, w, c]
    const attributes = attrs as unknown as WindowAttributes;
    const options = optionsOf(mode, dy.shape, input.shape, attributes);
    if (!options) return own.kernelFunc(given);
    const dx = pool2dBackward(
      new Tensor(read(backend, dy), dy.shape),
      new Tensor(read(backend, input), input.shape),
      options,
    );
    return write(backend, input.shape, dx.data as Float32Array);
  };
  return { ...own, kernelFunc };
}

/** The pooling as the engine wants it; nothing where it would refuse it. */
function optionsOf(
  mode: Pool2dOptions["mode"],
  dyShape: readonly number[],
  inputShape: readonly number[],
  attributes: WindowAttributes,
): Pool2dOptions | undefined {
  const info = windowInfo(inputShape, undefined, attributes, false);
  const { top, bottom, left, right } = info.padInfo;
  const [, outHeight, outWidth] = dyShape;
  // With sizes rounded up, which tfjs does not tell the gradient of, dy is larger, and the last window hangs over
  // the padding: that much is padding too.
  const after = (out: number, stride: number, kernel: number, before: number, n: number) =>
    (out - 1) * stride + kernel - before - n;
  const below = after(outHeight, info.strideHeight, info.filterHeight, top, info.inHeight);
  const beyond = after(outWidth, info.strideWidth, info.filterWidth, left, info.inWidth);
  const isRefused =
    [...dyShape, ...inputShape].includes(0) ||
    top >= info.filterHeight ||
    left >= info.filterWidth ||
    below >= info.filterHeight ||
    beyond >= info.filterWidth;
  if (isRefused) return undefined;
  return {
    mode,
    size: [info.filterHeight, info.filterWidth],
    stride: [info.strideHeight, info.strideWidth],
    padding: [
      [top, Math.max(bottom, below)],
      [left, Math.max(right, beyond)],
    ],
  };
}
