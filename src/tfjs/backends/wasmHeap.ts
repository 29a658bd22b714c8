import type * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** The values of a tensor, seen in the backend's heap: good until the next tensor is made. */
export function valuesOf(backend: BackendWasm, tensor: tf.TensorInfo): Float32Array {
  const values = backend.typedArrayFromHeap(tensor);
  if (values instanceof Float32Array) return values;
  throw new Error(
    `What convbook computes for tfjs needs float32 tensors, but got ${tensor.dtype}. Cast it: x.toFloat().`,
  );
}
