import {
  compile,
  type CompiledNetwork,
  conv2d,
  conv2dBackward,
  engine,
  layers,
  network,
  type Tensor,
} from "convbook";
import { conv2dShape } from "#dist/arithmetic/index.js";
import { inputs } from "../layers";
import type { Peer } from "./Peer";

/** The passes of the engine, one by one: its public interface gives all gradients at once. */
const passes =
  require("../../../dist/engine/passes.js") as typeof import("../../src/engine/passes");

/** The engine, from JavaScript arrays to JavaScript arrays: copies to and from its memory are counted. */
export function enginePeer(threads: number, method?: "direct" | "fastest"): Peer {
  return {
    name: `engine, ${threads} thread${threads === 1 ? "" : "s"}${method ? `, ${method}` : ""}`,
    start: async () => undefined,
    tasks: async (layer) => {
      const { x, filter, dy } = inputs(layer);
      const shape = conv2dShape("bench", x, filter, layer.options);
      const enter = (): void => engine.configure({ threads });
      return {
        forward: { enter, run: () => engine.conv2d(x, filter, { ...layer.options, method }) },
        "gradient to input": {
          enter,
          run: () => passes.inputGradient(shape, valuesOf(dy), valuesOf(filter), undefined, method),
        },
        "gradient to filter": {
          enter,
          run: () => passes.filterGradient(shape, valuesOf(dy), valuesOf(x)),
        },
      };
    },
  };
}

/** The program of a compiled network, which runs again on the images that it has. */
interface Inside {
  program: { run(inputs: readonly { maps: object; values: Float32Array }[], batch: number): void };
  inputs: ReadonlyMap<object, object>;
}

/** The layer as a compiled network of its own: filters packed once, tensors in the engine's memory before and after. */
export function compiledPeer(threads: number, winograd: boolean): Peer {
  let previous: CompiledNetwork | undefined;
  return {
    name: `engine's memory, ${threads} threads${winograd ? ", Winograd" : ""}`,
    start: async () => undefined,
    tasks: async (layer) => {
      previous?.dispose();
      const { x, filter } = inputs(layer);
      const { stride, padding, groups } = layer.options;
      const [kernelSize, , , filters] = layer.filter;
      const options = { filters, kernelSize, stride, padding, groups, bias: false };
      const net = network("layer", layer.x.slice(1), layers.conv(options));
      const model = await compile(net, { conv1: { filter } }, { winograd });
      previous = model;
      const enter = (): void => engine.configure({ threads });
      enter();
      model.run(x);
      const { program, inputs: ends } = model as unknown as Inside;
      const nothingNew = [...ends.values()].map((maps) => ({ maps, values: new Float32Array(0) }));
      return { forward: { enter, run: () => program.run(nothingNew, layer.x[0]) } };
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
    const backward = { run: () => conv2dBackward(dy, x, filter, layer.options), fraction: 0.5 };
    return {
      forward: { run: () => conv2d(x, filter, layer.options) },
      "gradient to input": backward,
      "gradient to filter": backward,
    };
  },
};
