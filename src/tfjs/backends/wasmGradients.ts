import type * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { Conv2dShape, WindowAxis } from "../../arithmetic";
import { filterGradient, inputGradient } from "../../engine";
import { sizeOf } from "../../tensor";
import { type WindowAttributes, windowInfo } from "./paddingInFull";
import { valuesOf } from "./wasmHeap";

/*
 * The gradients of convolutions for tfjs's wasm backend, computed by the engine. Three of them that backend (4.22)
 * lacks; its own gradient to the input takes some 20 times as long as the engine's. Tensors lie in the heap of
 * that backend; the engine copies them from there into its own memory, and the result goes back the same way.
 */

type Shape4D = [number, number, number, number];

interface FilterAttributes extends WindowAttributes {
  filterShape: Shape4D;
}

interface InputAttributes extends WindowAttributes {
  inputShape: Shape4D;
}

type Inputs = Record<string, tf.TensorInfo>;

/** They replace tfjs's own, as far as it has them. */
export const convolutionGradients: readonly tf.KernelConfig[] = [
  kernel("Conv2DBackpropFilter", gradientToFilter, false),
  kernel("Conv2DBackpropInput", gradientToInput, false),
  kernel("DepthwiseConv2dNativeBackpropFilter", gradientToFilter, true),
  kernel("DepthwiseConv2dNativeBackpropInput", gradientToInput, true),
];

function kernel(
  kernelName: string,
  compute: typeof gradientToFilter,
  depthwise: boolean,
): tf.KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, backend, attrs }) =>
      compute(backend as BackendWasm, inputs as Inputs, attrs!, depthwise),
  };
}

/** From x, [m, h, w, cin], and dy, [m, oh, ow, cout], the gradient to the filter, shaped as that. */
function gradientToFilter(
  backend: BackendWasm,
  { x, dy }: Inputs,
  attributes: tf.NamedAttrMap,
  depthwise: boolean,
): tf.TensorInfo {
  const own = attributes as unknown as FilterAttributes;
  const shape = shapeOf(x.shape as Shape4D, own.filterShape, dy.shape, own, depthwise);
  if (hasNoValues(dy))
    return backend.makeOutput(own.filterShape, "float32", undefined, zerosFor(own.filterShape));
  const dFilter = filterGradient(shape, valuesOf(backend, dy), valuesOf(backend, x));
  return backend.makeOutput(own.filterShape, "float32", undefined, dFilter);
}

/** From dy, [m, oh, ow, cout], and filter, [kh, kw, cin, cout] or depthwise [kh, kw, cin, multiplier], the gradient to x, [m, h, w, cin]. */
function gradientToInput(
  backend: BackendWasm,
  { dy, filter }: Inputs,
  attributes: tf.NamedAttrMap,
  depthwise: boolean,
): tf.TensorInfo {
  const own = attributes as unknown as InputAttributes;
  const shape = shapeOf(own.inputShape, filter.shape as Shape4D, dy.shape, own, depthwise);
  if (hasNoValues(dy))
    return backend.makeOutput(own.inputShape, "float32", undefined, zerosFor(own.inputShape));
  // Training goes on for hours on tame numbers, and what Winograd's method spreads had broken it before.
  const [gradient, weights] = [valuesOf(backend, dy), valuesOf(backend, filter)];
  const dx = inputGradient(shape, gradient, weights, undefined, "fastest");
  return backend.makeOutput(own.inputShape, "float32", undefined, dx);
}

/** The convolution as the engine wants it. A depthwise one is one in as many groups as x has channels. */
function shapeOf(
  x: Shape4D,
  filter: Shape4D,
  [, outHeight, outWidth]: readonly number[],
  attributes: WindowAttributes,
  depthwise: boolean,
): Conv2dShape {
  const { dataFormat = "NHWC" } = attributes;
  if (dataFormat !== "NHWC")
    throw new Error(
      `The wasm backend computes gradients of convolutions with channels last only ("NHWC"), not of "${dataFormat}".`,
    );
  const info = windowInfo(x, filter, attributes, depthwise);
  const { top, bottom, left, right } = info.padInfo;
  return {
    batch: info.batchSize,
    inputChannels: info.inChannels,
    outputChannels: info.outChannels,
    groups: depthwise ? info.inChannels : 1,
    window: {
      height: axis({
        input: info.inHeight,
        kernel: info.filterHeight,
        stride: info.strideHeight,
        dilation: info.dilationHeight,
        before: top,
        after: bottom,
        output: outHeight,
      }),
      width: axis({
        input: info.inWidth,
        kernel: info.filterWidth,
        stride: info.strideWidth,
        dilation: info.dilationWidth,
        before: left,
        after: right,
        output: outWidth,
      }),
    },
  };
}

/** With sizes rounded up, which tfjs does not tell, dy is larger, and the last window hangs over: that much is padding too. */
function axis(window: WindowAxis): WindowAxis {
  const { input, kernel, stride, dilation, before, after, output } = window;
  const reach = (output - 1) * stride + (kernel - 1) * dilation + 1;
  return { ...window, after: Math.max(after, reach - before - input) };
}

/** Of a window that fits nowhere: nothing comes from it, and nothing goes back. */
function hasNoValues({ shape }: tf.TensorInfo): boolean {
  return shape.includes(0);
}

function zerosFor(shape: readonly number[]): Float32Array {
  return new Float32Array(sizeOf(shape));
}
