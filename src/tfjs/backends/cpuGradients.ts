import * as tf from "@tensorflow/tfjs";
import { type WindowAttributes, windowInfo, withSides } from "./paddingInFull";
import { poolGradientByEngine } from "./poolGradients";

/** The attributes of the gradients. */
interface GradientAttributes extends WindowAttributes {
  inputShape?: number[];
  filterShape?: number[];
}

/**
 * The gradients of plain JavaScript: those of average pooling and of bilinear resizing right, and all given their padding
 * in full.
 */
export function cpuGradientsOf(): tf.KernelConfig[] {
  const average = poolGradientByEngine(tf.getKernel("AvgPoolGrad", "cpu"), "average");
  const resizing = turnedBack(tf.getKernel("ResizeBilinearGrad", "cpu"));
  return [
    average,
    resizing,
    ...convolutionGradients.map((name) => withPaddingInFull(tf.getKernel(name, "cpu"))),
  ];
}

const convolutionGradients = [
  "Conv2DBackpropFilter",
  "Conv2DBackpropInput",
  "DepthwiseConv2dNativeBackpropFilter",
  "DepthwiseConv2dNativeBackpropInput",
  "MaxPoolGrad",
] as const;

function withPaddingInFull(own: tf.KernelConfig): tf.KernelConfig {
  const depthwise = own.kernelName.includes("Depthwise");
  const kernelFunc: tf.KernelFunc = (given) => {
    const { x, input, filter, dy } = given.inputs as Record<string, tf.TensorInfo | undefined>;
    const attributes = given.attrs as unknown as GradientAttributes;
    const images = attributes.inputShape ?? (x ?? input)!.shape; // [m, h, w, cin]
    if (attributes.dataFormat === "NCHW") return own.kernelFunc(given);
    const info = windowInfo(images, attributes.filterShape ?? filter?.shape, attributes, depthwise);
    const out: [number, number] = [dy!.shape[1], dy!.shape[2]];
    return own.kernelFunc({ ...given, attrs: withSides(given.attrs!, info, out) });
  };
  return { ...own, kernelFunc };
}

/** The gradient of bilinear resizing, whose values tfjs (4.22) gives rightly under a shape with height and width swapped. */
function turnedBack(own: tf.KernelConfig): tf.KernelConfig {
  const kernelFunc: tf.KernelFunc = (given) => {
    const { images } = given.inputs as Record<string, tf.TensorInfo>;
    return { ...(own.kernelFunc(given) as tf.TensorInfo), shape: images.shape };
  };
  return { ...own, kernelFunc };
}
