import type * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { filterGradient, inputGradient, onePixelImages } from "../../engine";
import { valuesOf } from "./wasmHeap";

/**
 * tfjs's matrix product for its wasm backend, with the products that are gradients of a dense layer left to the
 * engine: the backend's own (4.22) takes some 5 times as long where one of the two matrices is transposed.
 *
 *     y = x · w      dw = transpose(x) · dy      dx = dy · transpose(w)
 *
 * @param own the backend's kernel, which keeps all other products
 */
export function productWithDenseGradients(own: tf.KernelConfig): tf.KernelConfig {
  const kernelFunc: tf.KernelFunc = (given) => {
    const { a, b } = given.inputs as Record<string, tf.TensorInfo>;
    const { transposeA, transposeB } = given.attrs as Record<string, unknown>;
    const matrices = [a, b].every(({ shape }) => shape.slice(0, -2).every((n) => n === 1));
    if (!matrices || Boolean(transposeA) === Boolean(transposeB)) return own.kernelFunc(given);
    const compute = transposeA ? gradientToWeights : gradientToInput;
    return compute(given.backend as BackendWasm, a, b);
  };
  return { ...own, kernelFunc };
}

/** From x, [m, n], and dy, [m, units], transpose(x) · dy, [n, units]. There may be ones before each shape. */
function gradientToWeights(
  backend: BackendWasm,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
): tf.TensorInfo {
  const [batch, inputs] = x.shape.slice(-2);
  const [units] = dy.shape.slice(-1);
  const shape = onePixelImages(batch, inputs, units);
  const dw = filterGradient(shape, valuesOf(backend, dy), valuesOf(backend, x));
  return backend.makeOutput([...ones(x, dy), inputs, units], "float32", undefined, dw);
}

/** From dy, [m, units], and w, [n, units], dy · transpose(w), [m, n]. There may be ones before each shape. */
function gradientToInput(backend: BackendWasm, dy: tf.TensorInfo, w: tf.TensorInfo): tf.TensorInfo {
  const [batch, units] = dy.shape.slice(-2);
  const [inputs] = w.shape.slice(-2);
  const shape = onePixelImages(batch, inputs, units);
  const dx = inputGradient(shape, valuesOf(backend, dy), valuesOf(backend, w));
  return backend.makeOutput([...ones(dy, w), batch, inputs], "float32", undefined, dx);
}

/** As many as the longer of the two shapes has before its matrix. */
function ones(a: tf.TensorInfo, b: tf.TensorInfo): number[] {
  return Array(Math.max(a.shape.length, b.shape.length) - 2).fill(1) as number[];
}
