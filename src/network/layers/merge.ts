import { ArgumentError, requireFinite } from "../../tensor";
import type { Operation } from "../description";
import { formatShape } from "../format";
import type { SymbolicTensor } from "../graph";
import { type Named, requireSymbolic, requireLayerOptions } from "./draft";

/** Layers with several inputs are applied to their tensors at once: `add(x, y)`. */

/** The sum of tensors of the same shape. */
export function add(...inputs: readonly SymbolicTensor[]): SymbolicTensor {
  return mergeEqual("add", {}, inputs, { kind: "add" });
}

/** x + scale · y, shapes alike: the tamed residual of Inception-ResNet. */
export function scaledAdd(
  x: SymbolicTensor,
  y: SymbolicTensor,
  options: Named & { scale: number },
): SymbolicTensor {
  requireLayerOptions<Named & { scale: number }>("layers.scaledAdd", options, {
    scale: true,
    name: true,
  });
  const scale = requireFinite("layers.scaledAdd", "scale", options.scale);
  return mergeEqual("scaledAdd", options, [x, y], { kind: "scaledAdd", scale });
}

/**
 * The product of x and a gate of the same shape, or of shape [1, 1, c]: then each map is multiplied by one
 * number, as in squeeze-and-excitation.
 */
export function multiply(
  x: SymbolicTensor,
  gate: SymbolicTensor,
  options: Named = {},
): SymbolicTensor {
  requireLayerOptions<Named>("layers.multiply", options, { name: true });
  const call = "multiply";
  requireInputs(call, [x, gate]);
  return x.graph.add(call, options.name, [x, gate], () => {
    const channels = x.shape[x.shape.length - 1];
    const broadcasts = formatShape(gate.shape) === formatShape([1, 1, channels]);
    if (!broadcasts) requireEqualShapes(call, [x, gate]);
    return { operation: { kind: "multiply" }, shape: x.shape };
  });
}

/**
 * Maps of the same size stacked along the channels: [h, w, c1], [h, w, c2] → [h, w, c1 + c2]. Vectors are joined
 * likewise: [n1], [n2] → [n1 + n2].
 *
 * @example
 * network("twice", [28, 28, 64], (x) => layers.concat(x, x)).output.shape // → [28, 28, 128]
 */
export function concat(...inputs: readonly SymbolicTensor[]): SymbolicTensor {
  const call = "concat";
  requireInputs(call, inputs);
  if (inputs.length === 1) return inputs[0];
  const [first] = inputs;
  return first.graph.add(call, undefined, inputs, () => {
    const size = first.shape.slice(0, -1); // [h, w], or nothing of vectors
    let channels = 0;
    for (const { shape } of inputs) {
      if (formatShape(shape.slice(0, -1)) !== formatShape(size)) {
        const expected = `[${[...size, "any"].join(", ")}], as the first input has it`;
        throw new ArgumentError({ call, argument: "every shape", expected, received: shape });
      }
      channels += shape[shape.length - 1];
    }
    return { operation: { kind: "concat" }, shape: [...size, channels] };
  });
}

function mergeEqual(
  call: string,
  options: Named,
  inputs: readonly SymbolicTensor[],
  operation: Operation,
): SymbolicTensor {
  requireInputs(call, inputs);
  return inputs[0].graph.add(call, options.name, inputs, () => {
    requireEqualShapes(call, inputs);
    return { operation, shape: inputs[0].shape };
  });
}

function requireInputs(call: string, inputs: readonly unknown[]): void {
  if (inputs.length === 0) requireSymbolic(call, undefined);
  for (const input of inputs) requireSymbolic(call, input);
}

function requireEqualShapes(call: string, inputs: readonly SymbolicTensor[]): void {
  const expected = formatShape(inputs[0].shape);
  for (const { shape } of inputs) {
    if (formatShape(shape) === expected) continue;
    throw new ArgumentError({
      call,
      argument: "every shape",
      expected: `${expected}, as the first input has it`,
      received: shape,
      remedy: remedyFor(call, inputs[0].shape, shape),
    });
  }
}

/** What brings the two together depends on what they are: maps, vectors, or maps and a number for each of them. */
function remedyFor(call: string, first: readonly number[], other: readonly number[]): string {
  const [maps, gate] = first.length === 3 ? [first, other] : [other, first];
  const channels = maps[maps.length - 1];
  const isGate = maps.length === 3 && gate.length < 3 && gate[0] === channels;
  const isKeptGate = formatShape(gate) === formatShape([1, 1, channels]);
  if (isGate || isKeptGate) {
    const kept = "[1, 1, c], as globalAveragePool({ keepDims: true }) leaves it";
    return call === "multiply"
      ? `The maps come first, and the gate has shape ${kept}: from there on 1×1 convolutions take the place of dense layers.`
      : `A number for each map weighs it by layers.multiply(maps, gate), the gate of shape ${kept}; only tensors of one shape are added.`;
  }
  if (first.length === 1 && other.length === 1)
    return "A dense layer with as many units brings the one to the length of the other.";
  if (first.length !== other.length)
    return "Maps [h, w, c] and vectors [n] do not go together: flatten or pool the maps first.";
  return "A 1×1 convolution, with a stride where height and width differ, brings the one to the shape of the other.";
}
