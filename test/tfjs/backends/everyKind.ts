import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { type BackendName, random, randomNormal, useBackend } from "convbook";

/** Trains a model with every kind of convolution, pooling, batch norm and dropout for 20 steps, and sees it learn. */
export async function trainsEveryKind(backend: BackendName): Promise<void> {
  await useBackend(backend);
  const model = everyKind();
  model.compile({ optimizer: tf.train.adam(0.01), loss: "categoricalCrossentropy" });
  // Class 0 is brighter on the left, class 1 on the right.
  const noise = randomNormal([32, 8, 8, 1], random(1)).data;
  const side = (i: number) => Math.floor(i / 64) % 2;
  const images = noise.map((value, i) => value + (i % 8 < 4 === (side(i) === 0) ? 2 : 0));
  const x = tf.tensor4d(Float32Array.from(images), [32, 8, 8, 1]);
  const y = tf.oneHot(
    tf.tensor1d(
      Array.from({ length: 32 }, (_, m) => m % 2),
      "int32",
    ),
    2,
  );
  const losses: number[] = [];
  const before = model.getWeights().map((weight) => weight.dataSync());
  const step = async () => losses.push((await model.trainOnBatch(x, y)) as number);
  await step();
  const { numTensors } = tf.memory();
  for (let i = 1; i < 20; i++) await step();
  assert.ok(losses.every(Number.isFinite), `${losses}`);
  assert.ok(losses.at(-1)! < losses[0] / 3, `the loss goes from ${losses[0]} to ${losses.at(-1)}`);
  assert.equal(tf.memory().numTensors, numTensors, "no step leaves tensors behind");
  model.getWeights().forEach((weight, i) => {
    const moved = weight.dataSync().some((value, j) => value !== before[i][j]);
    assert.ok(moved, `weight ${i} of the model, of shape ${weight.shape}, has not moved`);
  });
  assert.equal(tf.getBackend(), backend);
}

/** 8x8x1 images into two classes. */
function everyKind(): tf.Sequential {
  let seed = 0;
  const initializer = () => tf.initializers.glorotUniform({ seed: ++seed });
  const { conv2d, depthwiseConv2d, separableConv2d, maxPooling2d } = tf.layers;
  return tf.sequential({
    layers: [
      conv2d({
        inputShape: [8, 8, 1],
        filters: 4,
        kernelSize: 3,
        padding: "same",
        activation: "relu",
        kernelInitializer: initializer(),
      }),
      tf.layers.batchNormalization(),
      depthwiseConv2d({
        kernelSize: 3,
        depthMultiplier: 2,
        padding: "same",
        depthwiseInitializer: initializer(),
      }),
      maxPooling2d({ poolSize: 2 }),
      separableConv2d({
        filters: 6,
        kernelSize: 3,
        activation: "relu",
        depthwiseInitializer: initializer(),
        pointwiseInitializer: initializer(),
      }),
      tf.layers.dropout({ rate: 0.2, seed: 1 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 2, activation: "softmax", kernelInitializer: initializer() }),
    ],
  });
}
