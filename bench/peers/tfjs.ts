import { dirname } from "node:path";
import type * as TensorFlow from "@tensorflow/tfjs";
import { inputs, isDepthwise, type Layer } from "../layers";
import { type Pass, passes, type Peer } from "./Peer";

export type Backend = "cpu" | "wasm" | "tensorflow";
type Tf = typeof TensorFlow;
type Tensor4D = TensorFlow.Tensor4D;

/**
 * tfjs on one of its backends. Its inputs wait in the backend's memory and its result is read back, so that, unlike
 * the engine, it pays for one copy and not for two.
 */
export function tfjsPeer(backend: Backend): Peer {
  return {
    name: backend === "tensorflow" ? "tfjs-node" : `tfjs ${backend}`,
    ...(backend === "cpu" && { speed: 2e7 }),
    start: () => startBackend(backend),
    tasks: async (layer) => {
      const tf = tensorflow();
      const enter = () => tf.setBackend(backend);
      await enter();
      const compute = isDepthwise(layer) ? depthwise(tf, layer) : convolution(tf, layer);
      const able = passes.filter((pass) => tf.getKernel(kernelOf(layer, pass), backend));
      const task = (pass: Pass) => ({
        enter,
        // What tidy is given back it searches for tensors, number by number: nothing may be given back.
        run: () => tf.tidy(() => void compute[pass]().dataSync()),
      });
      return Object.fromEntries(able.map((pass) => [pass, task(pass)]));
    },
  };
}

export function tensorflow(): Tf {
  return require("@tensorflow/tfjs");
}

export async function startBackend(backend: Backend): Promise<string | undefined> {
  const tf = tensorflow();
  tf.enableProdMode();
  try {
    if (backend === "tensorflow") {
      process.env.TF_CPP_MIN_LOG_LEVEL ??= "2"; // errors only: no word on the processor among the tables
      require("@tensorflow/tfjs-node");
    }
    if (backend === "wasm") {
      const wasm = require("@tensorflow/tfjs-backend-wasm");
      const entry = require.resolve("@tensorflow/tfjs-backend-wasm/package.json");
      wasm.setWasmPaths(`${dirname(entry)}/dist/`);
    }
    return (await tf.setBackend(backend)) ? undefined : "its backend does not start";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "MODULE_NOT_FOUND" ? "not installed" : String(error);
  }
}

/** What tfjs calls its kernels. */
function kernelOf(layer: Layer, pass: Pass): string {
  const names = isDepthwise(layer)
    ? {
        forward: "DepthwiseConv2dNative",
        "gradient to input": "DepthwiseConv2dNativeBackpropInput",
        "gradient to filter": "DepthwiseConv2dNativeBackpropFilter",
      }
    : {
        forward: "Conv2D",
        "gradient to input": "Conv2DBackpropInput",
        "gradient to filter": "Conv2DBackpropFilter",
      };
  return names[pass];
}

type Passes = Record<Pass, () => Tensor4D>;

/** tfjs has no convolution in groups: each group is one by itself, and the results are joined. */
function convolution(tf: Tf, layer: Layer): Passes {
  const { groups, stride: strides, padding: pad } = layer.options;
  const { x, filter, dy } = inputs(layer);
  const split = (tensor: typeof x): Tensor4D[] =>
    groups === 1 ? [toTf(tf, tensor)] : tf.split(toTf(tf, tensor), groups, 3);
  const [xs, filters, dys] = [split(x), split(filter), split(dy)];
  const join = (compute: (group: number) => Tensor4D): Tensor4D =>
    groups === 1
      ? compute(0)
      : tf.concat(
          xs.map((_, group) => compute(group)),
          3,
        );
  const attributes = { strides, pad, dataFormat: "NHWC" };
  return {
    forward: () => join((g) => tf.conv2d(xs[g], filters[g] as Tensor4D, strides, pad)),
    "gradient to input": () =>
      join((g) =>
        tf
          .engine()
          .runKernel(
            "Conv2DBackpropInput",
            { dy: dys[g], filter: filters[g] },
            { ...attributes, inputShape: xs[g].shape },
          ),
      ),
    "gradient to filter": () =>
      join((g) =>
        tf
          .engine()
          .runKernel(
            "Conv2DBackpropFilter",
            { x: xs[g], dy: dys[g] },
            { ...attributes, filterShape: filters[g].shape },
          ),
      ),
  };
}

function depthwise(tf: Tf, layer: Layer): Passes {
  const { stride: strides, padding: pad } = layer.options;
  const tensors = inputs(layer);
  const x = toTf(tf, tensors.x);
  const dy = toTf(tf, tensors.dy);
  // Here [kh, kw, 1, cout], there [kh, kw, cin, 1]: the same numbers.
  const [height, width, , channels] = layer.filter;
  const filter = tf.reshape(toTf(tf, tensors.filter), [height, width, channels, 1]) as Tensor4D;
  const attributes = { strides, pad, dilations: 1 };
  return {
    forward: () => tf.depthwiseConv2d(x, filter, strides, pad),
    "gradient to input": () =>
      tf
        .engine()
        .runKernel(
          "DepthwiseConv2dNativeBackpropInput",
          { dy, filter },
          { ...attributes, inputShape: x.shape },
        ),
    "gradient to filter": () =>
      tf
        .engine()
        .runKernel(
          "DepthwiseConv2dNativeBackpropFilter",
          { x, dy },
          { ...attributes, filterShape: filter.shape },
        ),
  };
}

function toTf(tf: Tf, tensor: { data: ArrayLike<number>; shape: readonly number[] }): Tensor4D {
  return tf.tensor4d(tensor.data as Float32Array, tensor.shape as Layer["x"]);
}
