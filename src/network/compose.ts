import { ArgumentError, requireFunction, requireInteger, requireOptions } from "../tensor";
import type { Layer } from "./description";
import { chained, only } from "./chain";
import { requireName } from "./requireName";
import type { Graph, Module, SymbolicTensor } from "./graph";
import { requireSymbolic } from "./layers/draft";
import { add, concat, scaledAdd } from "./layers/merge";

/** Passes its input on unchanged: the shortcut of a residual block. */
export const identity: Module = (x) => x;

/**
 * One module after another.
 *
 * @example
 * const twice = layers.sequential(layers.conv({ filters: 8, kernelSize: 3 }), layers.conv({ filters: 8, kernelSize: 3 }));
 * network("twice", [28, 28, 1], twice).output.shape // → [24, 24, 8]
 */
export function sequential(...modules: readonly Module[]): Module {
  return chained("layers.sequential", modules);
}

/**
 * Modules one after another under a common name: one row of a paper's table. A block is what summaries
 * and drawings fold, and its name stands in the path of each layer inside.
 *
 * @example
 * const stem = layers.block("stem", layers.conv({ filters: 64, kernelSize: 7, stride: 2, padding: 3 }), layers.relu());
 * network("net", [224, 224, 3], stem).output.path // → "stem/relu1"
 */
export function block(name: string, ...modules: readonly Module[]): Module {
  requireName("layers.block", "name", name);
  const body = chained("layers.block", modules);
  return (x) => within(x, name, () => body(x));
}

/** `block` for a body with several inputs: runs it, and the layers it makes belong to the block. */
export function within<T>(x: SymbolicTensor, name: string, body: () => T): T {
  requireSymbolic("within", x);
  return x.graph.within(name, body);
}

/**
 * Modules whose weights are used again wherever they are applied once more in the same network: the two arms of a
 * siamese network, a head over several scales. The first time makes the weights; a later one makes layers of its own
 * that share them (`layer.sharesWith`). Parameters count once, multiply-adds each time.
 *
 * @throws NetworkError where an input asks for weights of other shapes than the first time
 * @see Bromley et al., Signature verification using a siamese time delay neural network, 1993
 *
 * @example
 * const same = layers.shared(layers.conv({ filters: 3, kernelSize: 3, padding: "same" }), layers.relu());
 * const { params, macs } = cost(network("twice", [8, 8, 3], same, same));
 * [params, macs] // → [84, 10368]
 */
export function shared(...modules: readonly Module[]): Module {
  const body = chained("layers.shared", modules);
  const firstTimes = new WeakMap<Graph, readonly Layer[]>();
  return (x) => {
    requireSymbolic("shared", x);
    const { graph } = x;
    const lenders = firstTimes.get(graph);
    if (lenders) return graph.sharing(lenders, () => body(x));
    const from = graph.layers.length;
    const y = body(x);
    firstTimes.set(graph, graph.layers.slice(from));
    return y;
  };
}

/**
 * The same kind of module several times: `repeat(3, (i) => unit(i))`.
 *
 * @param make gets the number of the repetition, from 1
 */
export function repeat(times: number, make: (i: number) => Module): Module {
  requireInteger("layers.repeat", "times", times, 0);
  const kind = "from the number of the repetition to a module, such as () => relu()";
  requireFunction("layers.repeat", "make", make, kind);
  const made = Array.from({ length: times }, (_, i) => make(i + 1));
  return chained("layers.repeat", made);
}

/**
 * Sends the input through several modules and stacks what comes out along the channels: an Inception module.
 *
 * @example
 * const { branches, conv, maxPool } = layers;
 * const naive = branches(
 *   conv({ filters: 128, kernelSize: 1 }),
 *   conv({ filters: 192, kernelSize: 3, padding: "same" }),
 *   maxPool({ size: 3, stride: 1, padding: "same" }),
 * );
 * network("naive Inception", [28, 28, 256], naive).output.shape // → [28, 28, 576]
 */
export function branches(...modules: readonly Module[]): Module {
  const bodies = modules.map((module, i) => only("layers.branches", `branch ${i + 1}`, module));
  if (bodies.length === 0) {
    const expected = "at least one module";
    const problem = { argument: "modules", expected, received: modules, receivedAs: "none" };
    throw new ArgumentError({ call: "layers.branches", ...problem });
  }
  return (x) => concat(...bodies.map((body) => body(x)));
}

/** What a residual connection adds, besides its body. */
export interface ResidualOptions {
  /** What the input passes through on its way around; nothing when left out. */
  shortcut?: Module | undefined;
  /** A factor on the body before it is added: Inception-ResNet's 0.1 to 0.3. 1 when left out. */
  scale?: number | undefined;
}

/**
 * y = shortcut(x) + scale · body(x).
 *
 * @see He et al., Deep residual learning for image recognition, 2015, arXiv 1512.03385
 *
 * @example
 * const { conv, relu, residual, sequential } = layers;
 * const same = (filters: number) => conv({ filters, kernelSize: 3, padding: "same" });
 * network("residual", [8, 8, 16], residual(sequential(same(16), relu(), same(16)))).output.shape // → [8, 8, 16]
 */
export function residual(body: Module, options: ResidualOptions = {}): Module {
  requireOptions<ResidualOptions>("layers.residual", options, { shortcut: true, scale: true });
  const { shortcut = identity, scale } = options;
  const through = only("layers.residual", "body", body);
  const around = only("layers.residual", "shortcut", shortcut);
  return (x) => {
    const change = through(x);
    const kept = around(x);
    return scale === undefined ? add(kept, change) : scaledAdd(kept, change, { scale });
  };
}

/**
 * A head that hangs off the middle of a network and is dropped after training (GoogLeNet, Inception v3).
 * The input passes on unchanged; the head's layers are marked `auxiliary`.
 */
export function auxiliary(head: Module): Module {
  const body = only("layers.auxiliary", "head", head);
  return (x) => {
    x.graph.auxiliary(() => body(x));
    return x;
  };
}
