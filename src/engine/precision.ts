import { ArgumentError, type Tensor } from "../tensor";

/** The values of a float32 tensor. The engine has no kernels for float64, and does not round in silence. */
export function singlePrecision(call: string, argument: string, x: Tensor): Float32Array {
  if (x.data instanceof Float32Array) return x.data;
  throw new ArgumentError({
    call,
    argument,
    expected: "float32, the only precision of the engine",
    received: x,
    receivedAs: "float64",
    remedy: `Convert it with .as("float32"), or call the kernel of the same name, which computes in float64.`,
  });
}
