import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { type WindowAttributes, type WindowInfo, windowInfo, withSides } from "./paddingInFull";

/** The kernels that slide a window forward. */
const windowKernels = [
  "Conv2D",
  "FusedConv2D",
  "DepthwiseConv2dNative",
  "FusedDepthwiseConv2D",
  "AvgPool",
  "MaxPool",
] as const;

/**
 * The convolutions and poolings of a backend, given their padding in full (see `paddingInFull`). On wasm a window that fits nowhere, since
 *  it is one pixel longer than the padded images, gives a result without values; the backend itself
 * (4.22) then writes beyond its memory, and every later call fails. A longer one is refused.
 */
export function windowKernelsOf(backendName: "wasm" | "cpu"): tf.KernelConfig[] {
  return windowKernels.map((kernelName) => {
    const own = tf.getKernel(kernelName, backendName);
    const kernelFunc: tf.KernelFunc = (given) => {
      const { x, filter } = given.inputs as Record<string, tf.TensorInfo>;
      const attributes = given.attrs as unknown as WindowAttributes;
      if (attributes.dataFormat === "NCHW") return own.kernelFunc(given); // both refuse it
      const info = windowInfo(x.shape, filter?.shape, attributes, kernelName.includes("Depthwise"));
      if (info.outShape.some((n) => n < 0)) throw tooLong(kernelName, info);
      if (backendName === "wasm" && info.outShape.includes(0))
        return (given.backend as BackendWasm).makeOutput(info.outShape, "float32");
      if (attributes.filterSize !== undefined) requireImageUnderAll(kernelName, info);
      return own.kernelFunc({ ...given, attrs: withSides(given.attrs!, info) });
    };
    return { ...own, kernelFunc };
  });
}

function tooLong(kernelName: string, info: WindowInfo): Error {
  return new Error(
    `${kernelName} of tfjs: a window of ${info.effectiveFilterHeight}x${info.effectiveFilterWidth} does not fit on images of ${info.inHeight}x${info.inWidth}. Use a smaller one, or more padding.`,
  );
}

/**
 * A window over nothing but padding has no maximum and no average; plain JavaScript gives -Infinity and NaN there,
 * WebAssembly some number. The first and the last window are the outermost.
 */
function requireImageUnderAll(kernelName: string, info: WindowInfo): void {
  const { top, left } = info.padInfo;
  const last = (out: number, stride: number) => (out - 1) * stride;
  const fits =
    top < info.effectiveFilterHeight &&
    left < info.effectiveFilterWidth &&
    last(info.outHeight, info.strideHeight) - top < info.inHeight &&
    last(info.outWidth, info.strideWidth) - left < info.inWidth;
  if (fits) return;
  const window = `${info.filterHeight}x${info.filterWidth}`;
  throw new Error(
    `${kernelName} of tfjs: with this padding, some ${window} window would lie on nothing but padding, which has no maximum and no average. Use less padding.`,
  );
}
