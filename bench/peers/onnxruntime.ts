import { join } from "node:path";
import { inputs, type Layer, outputShape } from "../layers";
import type { Peer } from "./Peer";
import { convolutionModel } from "./onnxModel";

/** The part of onnxruntime-web that is used here. */
interface OnnxRuntime {
  env: { wasm: { numThreads: number }; logLevel: string };
  Tensor: new (type: "float32", data: Float32Array, shape: readonly number[]) => unknown;
  InferenceSession: {
    create(model: Uint8Array): Promise<{ run(feeds: object): Promise<object> }>;
  };
}

/** onnxruntime-web, forward only: it has no gradients. Its images are NCHW. */
export function onnxruntimePeer(threads: number): Peer {
  let runtime: OnnxRuntime;
  return {
    name: `onnxruntime-web, ${threads} thread${threads === 1 ? "" : "s"}`,
    start: async () => {
      try {
        runtime = require(join(__dirname, "../../../bench/node_modules/onnxruntime-web"));
      } catch {
        return "not installed: npm install --prefix bench";
      }
      runtime.env.wasm.numThreads = threads;
      runtime.env.logLevel = "error";
      return undefined;
    },
    tasks: async (layer: Layer) => {
      const { x, filter } = inputs(layer);
      const channelsFirst = x.transpose([0, 3, 1, 2]); // [m, c, h, w]
      const [height, width] = layer.filter;
      const model = convolutionModel({
        input: channelsFirst.shape,
        output: outputShape(layer),
        filter: filter.transpose([3, 2, 0, 1]), // [cout, cin / groups, kh, kw]
        kernel: [height, width],
        stride: layer.options.stride,
        groups: layer.options.groups,
        padding: layer.options.padding,
      });
      const session = await runtime.InferenceSession.create(model);
      const feeds = {
        x: new runtime.Tensor("float32", channelsFirst.data as Float32Array, channelsFirst.shape),
      };
      return { forward: { run: () => session.run(feeds) } };
    },
  };
}
