import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { firstDifference, random, randomNormal, type Tensor, useBackend } from "convbook";
import { fromTf, toTf } from "../tfjs";

interface Case {
  x: [number, number, number, number];
  /** [kh, kw, cin, cout], or the multiplier at the end when depthwise. */
  filter: [number, number, number, number];
  strides?: number | [number, number];
  pad?: "valid" | "same" | number | [number, number][];
  dimRoundingMode?: "floor" | "ceil";
}

const windows: Record<string, Pick<Case, "strides" | "pad" | "dimRoundingMode">> = {
  "{}": {},
  '{pad: "same"}': { pad: "same" },
  '{strides: 2, pad: "same"}': { strides: 2, pad: "same" },
  "{strides: [2, 3]}": { strides: [2, 3] },
  "{pad: 1, strides: 2}": { pad: 1, strides: 2 },
  "{pad: each side for itself}": {
    pad: [
      [0, 0],
      [2, 0],
      [1, 3],
      [0, 0],
    ],
  },
  '{strides: 2, pad: 1, dimRoundingMode: "ceil"}': {
    strides: 2,
    pad: 1,
    dimRoundingMode: "ceil",
  },
};

const convolutions: Omit<Case, "strides" | "pad">[] = [
  { x: [2, 8, 10, 3], filter: [3, 3, 3, 4] },
  { x: [1, 9, 7, 5], filter: [1, 1, 5, 17] },
  { x: [3, 12, 9, 2], filter: [5, 2, 2, 3] },
];

const depthwise: Omit<Case, "strides" | "pad">[] = [
  { x: [2, 8, 10, 20], filter: [3, 3, 20, 1] },
  { x: [1, 9, 7, 3], filter: [3, 2, 3, 2] },
  { x: [2, 6, 6, 1], filter: [3, 3, 1, 4] },
];

describe("tfjs's gradients on wasm, by our engine", () => {
  after(() => useBackend("cpu"));

  for (const [options, window] of Object.entries(windows)) {
    for (const shapes of convolutions)
      it(`Conv2DBackpropFilter of ${shapes.x} by ${shapes.filter}, ${options}, is that of tfjs's cpu`, () =>
        agrees({ ...shapes, ...window }, false, "Conv2DBackpropFilter"));

    for (const shapes of depthwise)
      for (const kernel of ["BackpropFilter", "BackpropInput"])
        it(`DepthwiseConv2dNative${kernel} of ${shapes.x} by ${shapes.filter}, ${options}, is that of tfjs's cpu`, () =>
          agrees({ ...shapes, ...window }, true, `DepthwiseConv2dNative${kernel}`));
  }

  it("Conv2DBackpropFilter with channels first is refused", async () => {
    await useBackend("wasm");
    const inputs = { x: tf.zeros([1, 3, 4, 4]), dy: tf.zeros([1, 2, 4, 4]) };
    const attributes = { strides: 1, pad: "same", dataFormat: "NCHW", filterShape: [1, 1, 3, 2] };
    assert.throws(
      () => tf.engine().runKernel("Conv2DBackpropFilter", inputs, attributes),
      /channels last only \("NHWC"\), not of "NCHW"/,
    );
  });

  it("gradients of integers are refused", async () => {
    await useBackend("wasm");
    const inputs = {
      x: tf.zeros([1, 4, 4, 3], "int32"),
      dy: tf.zeros([1, 4, 4, 2]),
    };
    const attributes = { strides: 1, pad: "same", dataFormat: "NHWC", filterShape: [1, 1, 3, 2] };
    assert.throws(
      () => tf.engine().runKernel("Conv2DBackpropFilter", inputs, attributes),
      /needs float32 tensors, but got int32/,
    );
  });

  it("a model with every kind of convolution, pooling, batch norm and dropout trains", async () => {
    await useBackend("wasm");
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
    assert.ok(
      losses.at(-1)! < losses[0] / 3,
      `the loss goes from ${losses[0]} to ${losses.at(-1)}`,
    );
    assert.equal(tf.memory().numTensors, numTensors, "no step leaves tensors behind");
    model.getWeights().forEach((weight, i) => {
      const moved = weight.dataSync().some((value, j) => value !== before[i][j]);
      assert.ok(moved, `weight ${i} of the model, of shape ${weight.shape}, has not moved`);
    });
    assert.equal(tf.getBackend(), "wasm");
  });
});

/** Runs the kernel of this name on both backends, on the same random numbers. */
async function agrees(given: Case, isDepthwise: boolean, kernel: string): Promise<void> {
  const { x, filter, strides = 1, pad = "valid", dimRoundingMode } = given;
  const info = tf.backend_util.computeConv2DInfo(
    x,
    filter,
    strides,
    1,
    pad as "valid",
    dimRoundingMode,
    isDepthwise,
  );
  const values: Record<string, Tensor> = {
    x: randomNormal(x, random(1)),
    filter: randomNormal(filter, random(2)),
    dy: randomNormal(info.outShape, random(3)),
  };
  const toFilter = kernel.endsWith("Filter");
  const attributes = {
    strides,
    pad: pad as "valid",
    dimRoundingMode: dimRoundingMode as string,
    ...(isDepthwise ? { dilations: 1 } : { dataFormat: "NHWC" }),
    ...(toFilter ? { filterShape: filter } : { inputShape: x }),
  };
  const gradientOn = async (backend: "cpu" | "wasm"): Promise<Tensor> => {
    await useBackend(backend);
    const inputs = Object.fromEntries(
      [toFilter ? "x" : "filter", "dy"].map((name) => [name, toTf(values[name])]),
    );
    return fromTf(tf.engine().runKernel(kernel, inputs, attributes) as tf.Tensor);
  };
  const [expected, actual] = [await gradientOn("cpu"), await gradientOn("wasm")];
  assert.deepEqual(actual.shape, toFilter ? filter : x);
  assert.ok(
    expected.data.some((value) => Math.abs(value) > 0.1),
    "there is something to compare",
  );
  assert.equal(firstDifference(actual, expected, { tolerance: 1e-4 }), null);
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
