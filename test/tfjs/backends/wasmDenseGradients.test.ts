import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { type BackendName, firstDifference, random, randomNormal, useBackend } from "convbook";
import { fromTf, toTf } from "../../training/tfjs";

describe("tfjs's matrix product on wasm, transposed by our engine", () => {
  after(() => useBackend("cpu"));

  const shapes: [number[], number[]][] = [
    [
      [7, 5],
      [5, 3],
    ],
    [
      [1, 64, 40],
      [1, 40, 17],
    ],
    [
      [1, 6, 1],
      [1, 1, 9],
    ],
    [
      [3, 7, 5],
      [3, 5, 4],
    ],
    [
      [3, 7, 5],
      [1, 5, 4],
    ],
  ];
  const turned = (shape: number[]) => [...shape.slice(0, -2), ...shape.slice(-2).reverse()];

  for (const [a, b] of shapes)
    for (const [transposeA, transposeB] of [
      [true, false],
      [false, true],
      [true, true],
      [false, false],
    ])
      it(`tf.matMul([${a}], [${b}], ${transposeA}, ${transposeB}) is that of tfjs's cpu`, async () => {
        const left = randomNormal(transposeA ? turned(a) : a, random(1));
        const right = randomNormal(transposeB ? turned(b) : b, random(2));
        const on = async (backend: BackendName) => {
          await useBackend(backend);
          return fromTf(tf.matMul(toTf(left), toTf(right), transposeA, transposeB));
        };
        assert.equal(firstDifference(await on("wasm"), await on("cpu"), { tolerance: 1e-4 }), null);
      });

  it("the gradients of a product are those of tfjs's cpu", async () => {
    const [x, w] = [randomNormal([8, 5], random(1)), randomNormal([5, 3], random(2))];
    const on = async (backend: BackendName) => {
      await useBackend(backend);
      const product = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b).square().sum() as tf.Scalar;
      return tf
        .grads(product)([toTf(x), toTf(w)])
        .map(fromTf);
    };
    const [actual, expected] = [await on("wasm"), await on("cpu")];
    actual.forEach((gradient, i) => {
      assert.deepEqual(gradient.shape, [x, w][i].shape);
      assert.equal(firstDifference(gradient, expected[i], { tolerance: 1e-4 }), null);
    });
  });
});
