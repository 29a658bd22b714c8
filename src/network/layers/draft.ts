import { ArgumentError, type OptionNames, requireOptions } from "../../tensor";
import type { Pair } from "../../arithmetic";
import type { Operation, Weight, WeightName } from "../description";
import { type LayerDraft, type Module, SymbolicTensor } from "../graph";

/** The option that every layer takes. */
export interface Named {
  /** Shown in summaries and paths. The kind and a running number when left out: `"conv2"`. */
  name?: string | undefined;
}

/** A module of one layer with one input; `draft` decides everything from the input's shape. */
export function layer(
  call: string,
  { name }: Named,
  draft: (shape: readonly number[]) => LayerDraft,
): Module {
  return (x) => {
    requireSymbolic(call, x);
    return x.graph.add(call, name, [x], () => draft(x.shape));
  };
}

/** A module of one layer whose output is shaped as its input, without weights. */
export function elementwise(call: string, options: Named, operation: Operation): Module {
  return layer(call, options, (shape) => ({ operation, shape }));
}

export function requireSymbolic(call: string, x: unknown): asserts x is SymbolicTensor {
  if (x instanceof SymbolicTensor) return;
  throw new ArgumentError({
    call: `layers.${call}`,
    argument: "input",
    expected: "a symbolic tensor",
    received: x,
    remedy: `Options make a layer, which is then applied: ${call}({...})(x), or put in network(name, shape, ${call}({...})).`,
  });
}

/** `requireOptions` for a function that makes a layer, which may have been taken for the layer. */
export function requireLayerOptions<Options extends object>(
  call: string,
  options: unknown,
  names: OptionNames<Options>,
): void {
  if (!(options instanceof SymbolicTensor)) return requireOptions(call, options, names);
  const name = call.replace("layers.", "");
  throw new ArgumentError({
    call,
    argument: "options",
    expected: `an object of options, { ${Object.keys(names)[0]}: ... }`,
    received: options,
    remedy: `A layer is made by calling it: ${name}(), not ${name}.`,
  });
}

/** Lets through the shape of a stack of maps, [h, w, c]. */
export function requireMaps(call: string, shape: readonly number[]): [number, number, number] {
  if (shape.length === 3) return [shape[0], shape[1], shape[2]];
  throw new ArgumentError({
    call,
    argument: "input's shape",
    expected: "[height, width, channels]",
    received: shape,
    remedy: "After flatten or a global pool there are no maps left; use dense.",
  });
}

export function weight(name: WeightName, shape: readonly number[], trainable = true): Weight {
  return { name, shape, trainable };
}

/** The spatial size of a stack of maps. */
export function spatial(shape: readonly number[]): Pair {
  return [shape[0], shape[1]];
}
