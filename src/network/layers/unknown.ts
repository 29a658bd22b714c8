import { ArgumentError, requireInteger, requireOptions } from "../../tensor";
import type { SymbolicTensor } from "../graph";
import { type Named, requireSymbolic, weight } from "./draft";

export interface UnknownOptions extends Named {
  /** What it is called where it comes from: `"Resize"`. */
  type: string;
  /** The shape of its output, which nothing else states. */
  shape: readonly number[];
  /** How many numbers it owns. 0 when left out. */
  params?: number | undefined;
}

/**
 * An operation of which nothing is known but its shapes, as a model file may hold one. Its parameters are
 * counted; its multiply-adds are not, since nobody here knows them; and it cannot be run.
 *
 * @example
 * const resize = layers.unknown({ type: "Resize", shape: [56, 56, 8] });
 * cost(network("net", [28, 28, 8], resize)).macs // → 0
 */
export function unknown(
  options: UnknownOptions,
): (...inputs: readonly SymbolicTensor[]) => SymbolicTensor {
  requireOptions<UnknownOptions>("layers.unknown", options, {
    type: true,
    shape: true,
    params: true,
    name: true,
  });
  const { type, shape, params = 0 } = options;
  if (typeof type !== "string" || type === "")
    throw new ArgumentError({
      call: "layers.unknown",
      argument: "type",
      expected: "the operation's name",
      received: type,
    });
  requireShape(shape);
  requireInteger("layers.unknown", "params", params, 0);
  return (...inputs) => {
    if (inputs.length === 0) requireSymbolic("unknown", undefined);
    for (const input of inputs) requireSymbolic("unknown", input);
    return inputs[0].graph.add("unknown", options.name, inputs, () => ({
      operation: { kind: "unknown", type, shape, params },
      shape,
      weights: params > 0 ? [weight("constants", [params])] : [],
    }));
  };
}

function requireShape(shape: readonly number[]): void {
  const argument = "shape";
  if (!Array.isArray(shape))
    throw new ArgumentError({
      call: "layers.unknown",
      argument,
      expected: "a shape",
      received: shape,
    });
  shape.forEach((n, axis) => requireInteger("layers.unknown", `shape[${axis}]`, n, 1));
}
