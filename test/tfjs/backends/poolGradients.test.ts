import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { firstDifference, random, randomNormal, useBackend } from "convbook";
import { fromTf, toTf } from "../../training/tfjs";

type Pool = (x: tf.Tensor4D) => tf.Tensor;

const pools: Record<string, Pool> = {
  "2x2": (x) => tf.maxPool(x, 2, 2, "valid"),
  "3x3, overlapping": (x) => tf.maxPool(x, 3, 2, "valid"),
  "3x2, stride 1x3": (x) => tf.maxPool(x, [3, 2], [1, 3], "valid"),
  '2x2, "same"': (x) => tf.maxPool(x, 2, 2, "same"),
  '3x3, "same", stride 1': (x) => tf.maxPool(x, 3, 1, "same"),
  "3x3, padding 1": (x) => tf.maxPool(x, 3, 2, 1, "floor"),
  "4x4, sizes rounded up": (x) => tf.maxPool(x, 4, 2, 1, "ceil"),
};

describe("tfjs's gradient of max pooling on wasm, by our engine", () => {
  after(() => useBackend("cpu"));

  for (const [title, pool] of Object.entries(pools))
    for (const [kind, shift] of Object.entries({ negative: -10, mixed: 0, positive: 10 }))
      it(`MaxPoolGrad of ${title}, ${kind} values, is that of tfjs's cpu`, async () => {
        const x = randomNormal([2, 7, 9, 3], random(1)).map((value) => value + shift);
        const gradient = async (backend: "cpu" | "wasm", pool: Pool) => {
          await useBackend(backend);
          const weighted: Pool = (input) => {
            const y = pool(input);
            const dy = toTf(randomNormal(y.shape, random(2)));
            return y.mul(dy).sum();
          };
          return fromTf(tf.tidy(() => tf.grad(weighted as (x: tf.Tensor) => tf.Tensor)(toTf(x))));
        };
        assert.equal(
          firstDifference(await gradient("wasm", pool), await gradient("cpu", pool)),
          null,
        );
      });
});
