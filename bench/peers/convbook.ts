import { conv2d, conv2dBackward, conv2dShape, engine, type Tensor } from "convbook";
import { inputs } from "../layers";
import type { Peer } from "./Peer";

/** The passes of the engine, one by one: its public interface gives all gradients at once. */
const passes =
  require("../../../dist/engine/passes.js") as typeof import("../../src/engine/passes");

/** The engine, from JavaScript arrays to JavaScript arrays: copies to and from its memory are counted. */
export function enginePeer(threads: number): Peer {
  return {
    name: `engine, ${threads} thread${threads === 1 ? "" : "s"}`,
    start: async () => undefined,
    tasks: async (layer) => {
      const { x, filter, dy } = inputs(layer);
      const shape = conv2dShape("bench", x, filter, layer.options);
      const enter = (): void => engine.configure({ threads });
      return {
        forward: { enter, run: () => engine.conv2d(x, filter, layer.options) },
        "gradient to input": {
          enter,
          run: () => passes.inputGradient(shape, valuesOf(dy), valuesOf(filter)),
        },
        "gradient to filter": {
          enter,
          run: () => passes.filterGradient(shape, valuesOf(dy), valuesOf(x)),
        },
      };
    },
  };
}

function valuesOf(tensor: Tensor): Float32Array {
  return tensor.data as Float32Array;
}

/** The definitions. Their backward pass gives both gradients at once; each counts for half of it. */
export const kernelsPeer: Peer = {
  name: "kernels",
  speed: 3e7,
  start: async () => undefined,
  tasks: async (layer) => {
    const { x, filter, dy } = inputs(layer);
    const backward = { run: () => conv2dBackward(dy, x, filter, layer.options), share: 0.5 };
    return {
      forward: { run: () => conv2d(x, filter, layer.options) },
      "gradient to input": backward,
      "gradient to filter": backward,
    };
  },
};
