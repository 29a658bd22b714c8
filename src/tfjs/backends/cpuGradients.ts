import * as tf from "@tensorflow/tfjs";
import { type WindowAttributes, windowInfo, withSides } from "./paddingInFull";
import { poolGradientByEngine } from "./poolGradients";

/** As much of tfjs's backend in plain JavaScript as is used here. */
interface PlainBackend {
  readonly data: { get(dataId: object): { values: ArrayLike<number> } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): tf.TensorInfo;
}

/** What the gradients are told. */
interface GradientAttributes extends WindowAttributes {
  inputShape?: number[];
  filterShape?: number[];
}

/** The gradients of plain JavaScript: that of average pooling right, and all told their padding in full. */
export function cpuGradientsOf(): tf.KernelConfig[] {
  const average = poolGradientByEngine(tf.getKernel("AvgPoolGrad", "cpu"), "average", {
    read: (backend, { dataId }) =>
      Float32Array.from((backend as PlainBackend).data.get(dataId).values),
    write: (backend, shape, values) =>
      (backend as PlainBackend).makeTensorInfo(shape, "float32", values),
  });
  return [average, ...convolutionGradients.map((name) => toldInFull(tf.getKernel(name, "cpu")))];
}

const convolutionGradients = [
  "Conv2DBackpropFilter",
  "Conv2DBackpropInput",
  "DepthwiseConv2dNativeBackpropFilter",
  "DepthwiseConv2dNativeBackpropInput",
  "MaxPoolGrad",
] as const;

function toldInFull(own: tf.KernelConfig): tf.KernelConfig {
  const depthwise = own.kernelName.includes("Depthwise");
  const kernelFunc: tf.KernelFunc = (given) => {
    const { x, input, filter } = given.inputs as Record<string, tf.TensorInfo | undefined>;
    const told = given.attrs as unknown as GradientAttributes;
    const images = told.inputShape ?? (x ?? input)!.shape; // [m, h, w, cin]
    if (typeof told.pad !== "number" || told.dataFormat === "NCHW") return own.kernelFunc(given);
    const info = windowInfo(images, told.filterShape ?? filter?.shape, told, depthwise);
    return own.kernelFunc({ ...given, attrs: withSides(given.attrs!, info) });
  };
  return { ...own, kernelFunc };
}
