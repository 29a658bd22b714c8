import type * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { valuesOf } from "./wasmHeap";

/** How a backend gives the values of a tensor, and takes those of a new one. */
export interface Access {
  read(backend: unknown, tensor: tf.TensorInfo): Float32Array;
  write(backend: unknown, shape: number[], values: Float32Array | Int32Array): tf.TensorInfo;
}

/** As much of tfjs's backend in plain JavaScript as is used here. */
interface PlainBackend {
  readonly data: { get(dataId: object): { values: ArrayLike<number> } };
  makeTensorInfo(
    shape: number[],
    dtype: "float32" | "int32",
    values: Float32Array | Int32Array,
  ): tf.TensorInfo;
}

const typeOf = (values: Float32Array | Int32Array) =>
  values instanceof Int32Array ? "int32" : "float32";

/** How the values of a backend are got at. */
export const accessTo: Readonly<Record<"wasm" | "cpu", Access>> = {
  wasm: {
    read: (backend, tensor) => valuesOf(backend as BackendWasm, tensor),
    write: (backend, shape, values) =>
      (backend as BackendWasm).makeOutput(shape, typeOf(values), undefined, values),
  },
  cpu: {
    read: (backend, { dataId }) =>
      Float32Array.from((backend as PlainBackend).data.get(dataId).values),
    write: (backend, shape, values) =>
      (backend as PlainBackend).makeTensorInfo(shape, typeOf(values), values),
  },
};
