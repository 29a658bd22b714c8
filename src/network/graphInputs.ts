import { ArgumentError, requireInteger } from "../tensor";
import type { Graph, SymbolicTensor } from "./graph";
import { requireName } from "./requireName";

/** The inputs of a network of several, in order. */
export function addInputs(
  graph: Graph,
  shapes: Readonly<Record<string, readonly number[]>>,
): Record<string, SymbolicTensor> {
  const entries = Object.entries(shapes);
  if (entries.length === 0) {
    const expected = "a record of at least one shape, { left: [28, 28, 1] }";
    throw new ArgumentError({ call: "network", argument: "inputs", expected, received: shapes });
  }
  return Object.fromEntries(
    entries.map(([name, shape]) => {
      requireName("network", "the name of an input", name);
      return [name, addInput(graph, name, `the shape of ${name}`, shape)];
    }),
  );
}

/** The layer that takes in a tensor of this shape. */
export function addInput(
  graph: Graph,
  name: string,
  argument: string,
  shape: readonly number[],
): SymbolicTensor {
  if (!Array.isArray(shape) || (shape.length !== 3 && shape.length !== 1)) {
    const expected = "[height, width, channels] or [features]";
    throw new ArgumentError({ call: "network", argument, expected, received: shape });
  }
  shape.forEach((n, axis) => requireInteger("network", `${argument}[${axis}]`, n, 1));
  return graph.add("input", name, [], () => ({
    operation: { kind: "input" },
    shape: [...shape],
  }));
}
