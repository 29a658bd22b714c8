import type { Layer } from "./description";
import { type Network, requireNetwork } from "./network";

/**
 * A number for each layer of several networks. Two layers have the same number exactly when they do the same
 * to the same: the same operation on inputs of the same numbers, down to an input of the same shape. Names
 * play no part. Two layers side by side that do the same share a number too; each has weights of its own.
 *
 * Cost: one lookup a layer.
 *
 * @example
 * const { conv, relu } = layers;
 * const one = network("one", [8, 8, 3], conv({ filters: 4, kernelSize: 3 }), relu());
 * const other = network("other", [8, 8, 3], conv({ filters: 4, kernelSize: 3, name: "first" }), conv({ filters: 4, kernelSize: 3 }));
 * const numbers = structuralNumbers(one, other);
 * numbers.get(one.layer("conv1")) === numbers.get(other.layer("first")) // → true
 * numbers.get(one.layer("relu1")) === numbers.get(other.layer("conv1")) // → false
 */
export function structuralNumbers(...networks: readonly Network[]): ReadonlyMap<Layer, number> {
  for (const each of networks) requireNetwork("structuralNumbers", each);
  const numbers = new Map<Layer, number>();
  const numberOf = new Map<string, number>();
  for (const layer of networks.flatMap(({ layers }) => layers)) {
    const inputs = layer.inputs.map((input) => numbers.get(input)!);
    if (layer.operation.kind === "add") inputs.sort((a, b) => a - b); // a sum has no order
    const trainable = layer.weights.map((weight) => weight.trainable);
    const lender = layer.sharesWith && numbers.get(layer.sharesWith);
    // Of several inputs, each is another.
    const inputIndex = layer.operation.kind === "input" ? layer.index : undefined;
    const key = JSON.stringify([
      layer.operation,
      layer.shape,
      trainable,
      inputs,
      lender,
      inputIndex,
    ]);
    const number = numberOf.get(key) ?? numberOf.size;
    numberOf.set(key, number);
    numbers.set(layer, number);
  }
  return numbers;
}

/**
 * Whether two networks are the same but for their names and the order in which their layers are listed.
 *
 * @example
 * sameNetwork(zoo.resnet({ depth: 18 }), zoo.resnet({ depth: 18, name: "mine" })) // → true
 * sameNetwork(zoo.resnet({ depth: 18 }), zoo.resnet({ depth: 34 })) // → false
 */
export function sameNetwork(a: Network, b: Network): boolean {
  requireNetwork("sameNetwork", a);
  requireNetwork("sameNetwork", b);
  if (a.layers.length !== b.layers.length) return false;
  const names = ({ inputs, outputs }: Network) =>
    JSON.stringify([inputs, outputs].map(Object.keys));
  if (names(a) !== names(b)) return false;
  const numbers = structuralNumbers(a, b);
  const ends = ({ outputs, auxiliaryOutputs }: Network) =>
    [...Object.values(outputs), ...auxiliaryOutputs].map((layer) => numbers.get(layer));
  return String(ends(a)) === String(ends(b));
}
