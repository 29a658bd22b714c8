import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { random, type Random, randomNormal, useBackend } from "convbook";
import { type Kind, slideOver, sliding, type Sliding, slopes } from "./windowReference";

type Op = (x: tf.Tensor, filter: tf.Tensor) => tf.Tensor;
type Three = [number, number, number];

function assertNear(actual: ArrayLike<number>, wanted: ArrayLike<number>, what: string): void {
  assert.equal(actual.length, wanted.length, what);
  for (let i = 0; i < wanted.length; i++)
    assert.ok(
      Math.abs(actual[i] - wanted[i]) < 3e-4 * (1 + Math.abs(wanted[i])),
      `${what}: value ${i} is ${actual[i]}, not ${wanted[i]}`,
    );
}

/** Forward, and the gradients to x and, where there is one, to the filter. */
function compare(kind: Kind, op: Op, walk: Sliding, shapes: number[][], source: Random): void {
  const [x, filter] = shapes.map((shape) => randomNormal(shape, source));
  // All below 0 half of the time: a maximum that starts at 0 is found out.
  const low = source.integer(0, 1) === 0 ? x.map((value) => value - 5) : x;
  const [tfX, tfFilter] = [low, filter].map(({ data, shape }) =>
    tf.tensor(Float32Array.from(data), [...shape]),
  );
  const what = `${kind} ${JSON.stringify(walk)}`;
  const y = op(tfX, tfFilter);
  assertNear(y.dataSync(), slideOver(kind, walk, low.data, filter.data), what);
  const dy = randomNormal(y.shape, source);
  const tfDy = tf.tensor(Float32Array.from(dy.data), y.shape);
  const step = kind === "convolution" || kind === "average" ? 0.5 : 1e-5;
  const toX = slopes((at) => slideOver(kind, walk, at, filter.data), low.data, dy.data, step);
  assertNear(
    tf
      .grad((at) => op(at, tfFilter))(tfX, tfDy)
      .dataSync(),
    toX,
    `to x: ${what}`,
  );
  if (kind === "average" || kind === "maximum") return;
  const toFilter = slopes((at) => slideOver(kind, walk, low.data, at), filter.data, dy.data, step);
  const got = tf
    .grad((at) => op(tfX, at))(tfFilter, tfDy)
    .dataSync();
  assertNear(got, toFilter, `to the filter: ${what}`);
}

describe("tfjs's windows over volumes, and what looks for the greatest", function () {
  this.timeout(120_000);
  after(() => useBackend("cpu"));

  for (const backend of ["wasm", "cpu"] as const) {
    it(`40 random windows over volumes on ${backend} give what the definition gives, forward and backward`, async () => {
      await useBackend(backend);
      const source = random(7);
      for (let i = 0; i < 40; i++) {
        const three = (most: number): Three =>
          [0, 0, 0].map(() => source.integer(1, most)) as Three;
        const [kernel, stride] = [three(3), three(3)];
        const pad = i % 2 === 0 ? "same" : "valid";
        const walk = sliding(
          three(3).map((n) => n + 2),
          kernel,
          stride,
          pad,
          source.integer(1, 2),
          source.integer(1, 2),
        );
        const shapes = [
          [1, ...walk.input, walk.channels],
          [...kernel, walk.channels, walk.filters],
        ];
        const ops: [Kind, Op][] = [
          ["convolution", (x, f) => tf.conv3d(x as tf.Tensor5D, f as tf.Tensor5D, stride, pad)],
          ["maximum", (x) => tf.maxPool3d(x as tf.Tensor5D, kernel, stride, pad)],
          ["average", (x) => tf.avgPool3d(x as tf.Tensor5D, kernel, stride, pad)],
        ];
        for (const [kind, op] of ops) tf.tidy(() => void compare(kind, op, walk, shapes, source));
      }
    });

    it(`40 random dilations and maxima with their indices on ${backend} are those of the definition`, async () => {
      await useBackend(backend);
      const source = random(8);
      for (let i = 0; i < 40; i++) {
        const pair = (most: number): [number, number] => [
          source.integer(1, most),
          source.integer(1, most),
        ];
        const [kernel, stride] = [pair(3), pair(3)];
        const pad = i % 2 === 0 ? "same" : "valid";
        const channels = source.integer(1, 2);
        const [height, width] = pair(3).map((n) => n + 2);
        const walk = sliding([1, height, width], [1, ...kernel], [1, ...stride], pad, channels, 1);
        const shapes = [
          [1, height, width, channels],
          [...kernel, channels],
        ];
        tf.tidy(() => {
          const dilate: Op = (x, f) =>
            tf.dilation2d(x as tf.Tensor4D, f as tf.Tensor3D, stride, pad);
          compare("dilation", dilate, walk, shapes, source);
          const images = randomNormal([2, height, width, channels], source).map((n) => n - 5);
          const x = tf.tensor4d(Float32Array.from(images.data), images.shape as never);
          for (const inBatch of [false, true]) {
            const { result, indexes } = tf.maxPoolWithArgmax(x, kernel, stride, pad, inBatch);
            const size = images.size / 2;
            const halves = [images.data.slice(0, size), images.data.slice(size)];
            const wanted = halves.flatMap((half) => [...slideOver("maximum", walk, half, [])]);
            assertNear(result.dataSync(), wanted, "maximum");
            const { length } = wanted;
            const at = [...indexes.dataSync()].map((offset, n) =>
              inBatch ? images.data[offset] : halves[n < length / 2 ? 0 : 1][offset],
            );
            assertNear(at, wanted, "the values at the indices");
          }
        });
      }
    });

    it(`a pooling of a volume on ${backend} with windows on nothing but padding is refused, one that fits nowhere is empty`, async () => {
      await useBackend(backend);
      const x = tf.zeros<tf.Rank.R5>([1, 2, 2, 2, 1]);
      assert.throws(() => tf.maxPool3d(x, 1, 1, 1), /nothing but padding/);
      assert.throws(() => tf.avgPool3d(x, 1, 1, 1), /nothing but padding/);
      assert.deepEqual(tf.avgPool3d(x, 3, 1, "valid").shape, [1, 0, 0, 0, 1]);
    });

    it(`bilinear resizing of images that are not square has a gradient on ${backend}`, async () => {
      await useBackend(backend);
      const resized = (x: tf.Tensor) => tf.image.resizeBilinear(x as tf.Tensor4D, [2, 6]);
      const dx = tf.grad(resized)(tf.zeros([1, 2, 3, 1]));
      assert.deepEqual(dx.shape, [1, 2, 3, 1]);
      // Columns of the result lie at 0, 1/2, 1, 3/2, 2 and 5/2, which counts for 2.
      assert.deepEqual([...dx.dataSync()], [1.5, 2, 2.5, 1.5, 2, 2.5]);
    });
  }
});
