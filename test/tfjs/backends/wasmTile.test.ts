import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { type BackendName, useBackend } from "convbook";

describe("tfjs's tile on wasm, by copying", () => {
  after(() => useBackend("cpu"));

  const cases: [number[], number[]][] = [
    [[5], [3]],
    [
      [1, 1, 1, 3],
      [2, 4, 5, 1],
    ],
    [
      [1, 1, 2, 3],
      [2, 4, 5, 1],
    ],
    [
      [2, 3],
      [4, 1],
    ],
    [
      [2, 3],
      [1, 4],
    ],
    [
      [2, 3],
      [2, 2],
    ],
    [
      [2, 3],
      [1, 1],
    ],
    [
      [0, 3],
      [2, 1],
    ],
  ];
  for (const [shape, reps] of cases)
    for (const dtype of ["float32", "int32", "bool"] as const)
      it(`tf.tile(${dtype} [${shape}], [${reps}]) is that of tfjs's cpu`, async () => {
        const on = async (backend: BackendName) => {
          await useBackend(backend);
          const size = shape.reduce((product, n) => product * n, 1);
          const values = Array.from({ length: size }, (_, i) => (dtype === "bool" ? i % 2 : i + 1));
          const y = tf.tile(tf.tensor(values, shape, dtype), reps);
          return { shape: y.shape, dtype: y.dtype, values: [...y.dataSync()] };
        };
        assert.deepEqual(await on("wasm"), await on("cpu"));
      });
});
