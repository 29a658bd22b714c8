import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  type BackendName,
  conv2d,
  conv2dBackward,
  depthwiseConv2d,
  depthwiseConv2dBackward,
  firstDifference,
  layers,
  loadLayersModel,
  network,
  pool2d,
  pool2dBackward,
  random,
  type Random,
  randomNormal,
  type Tensor,
  toLayersModel,
  useBackend,
} from "convbook";
import { fromTf, toTf } from "../../training/tfjs";

interface Case {
  kind: "conv" | "depthwise" | "max" | "average";
  x: Tensor;
  filter: Tensor;
  stride: [number, number];
  padding: "same" | "valid" | number;
  dilation: number;
  /** How sizes are rounded; left out where a last window could lie on nothing but padding. */
  rounding: "floor" | "round" | "ceil" | undefined;
}

/** Windows of all proportions: strides beyond the kernel, on one axis or both, are among them. */
function draw(source: Random): Case {
  const pick = <T>(...choices: readonly T[]): T => choices[source.integer(0, choices.length - 1)];
  const kind = pick<Case["kind"]>("conv", "depthwise", "max", "average");
  const pair = (most: number): [number, number] => [
    source.integer(1, most),
    source.integer(1, most),
  ];
  const [size, kernel] = [[source.integer(6, 11), source.integer(6, 11)], pair(5)];
  const stride = pair(4);
  const channels = source.integer(1, 4);
  const least = Math.min(...kernel) - 1; // more padding, and a pooling window could lie on nothing but padding
  const padding = pick<"same" | "valid" | number>(
    "same",
    "same",
    "valid",
    Math.min(least, source.integer(0, 2)),
  );
  const skips = stride.some((n, axis) => n + Number(padding) > kernel[axis]);
  return {
    kind,
    rounding: typeof padding === "number" && !skips ? pick("floor", "round", "ceil") : undefined,
    x: randomNormal([source.integer(1, 2), ...size, channels], source),
    filter: randomNormal([...kernel, channels, source.integer(1, 5)], source),
    stride,
    padding,
    dilation: Math.max(...stride) === 1 && kind !== "max" && kind !== "average" ? pick(1, 2) : 1,
  };
}

function title({ kind, x, filter, stride, padding, dilation, rounding }: Case): string {
  return `${kind} of ${x.shape}, filter ${filter.shape}, stride ${stride}, padding ${padding}, dilation ${dilation}, sizes by ${rounding}`;
}

/** Padding by side: with sizes rounded up, as much more after an axis as the last window hangs over. */
function sidesOf({ x, filter, stride, padding, dilation, rounding = "floor" }: Case) {
  if (typeof padding !== "number") return padding;
  return [0, 1].map((axis) => {
    const reach = (filter.shape[axis] - 1) * dilation + 1;
    const free = x.shape[1 + axis] + 2 * padding - reach;
    const hanging = Math[rounding](free / stride[axis]) * stride[axis] - free;
    return [padding, padding + Math.max(0, hanging)];
  }) as [[number, number], [number, number]];
}

/** By the definitions of this library: y, then the gradients. */
function expected(given: Case, dyOf: (y: Tensor) => Tensor) {
  const { kind, x, filter, stride, dilation } = given;
  const padding = sidesOf(given);
  if (kind === "max" || kind === "average") {
    const options = {
      mode: kind,
      size: [filter.shape[0], filter.shape[1]] as const,
      stride,
      padding,
    };
    const y = pool2d(x, options);
    return [y, pool2dBackward(dyOf(y), x, options)];
  }
  const options = { stride, padding, dilation };
  const [run, back] =
    kind === "conv"
      ? [conv2d, conv2dBackward]
      : ([depthwiseConv2d, depthwiseConv2dBackward] as const);
  const y = run(x, filter, options);
  const { dx, dFilter } = back(dyOf(y), x, filter, options);
  return [y, dx, dFilter];
}

/** The same by tfjs, as a user of it would write it. */
function byTfjs(
  { kind, x, filter, stride, padding, dilation, rounding }: Case,
  dyOf: (y: Tensor) => Tensor,
): Tensor[] {
  const size: [number, number] = [filter.shape[0], filter.shape[1]];
  const run = (images: tf.Tensor, taps: tf.Tensor): tf.Tensor => {
    const [x4, f4] = [images as tf.Tensor4D, taps as tf.Tensor4D];
    if (kind === "max") return tf.maxPool(x4, size, stride, padding, rounding);
    if (kind === "average") return tf.avgPool(x4, size, stride, padding, rounding);
    return kind === "conv"
      ? tf.conv2d(x4, f4, stride, padding, "NHWC", dilation, rounding)
      : tf.depthwiseConv2d(x4, f4, stride, padding, "NHWC", dilation, rounding);
  };
  const given = [toTf(x), toTf(filter)];
  const y = fromTf(run(given[0], given[1]));
  const dy = toTf(dyOf(y));
  if (kind === "max" || kind === "average")
    return [y, fromTf(tf.grad((images) => run(images, given[1]))(given[0], dy))];
  return [y, ...tf.grads(run)(given, dy).map(fromTf)];
}

describe("tfjs's windows", function () {
  this.timeout(120_000);
  after(() => useBackend("cpu"));

  for (const backend of ["wasm", "cpu"] as const)
    it(`150 random windows on ${backend} give what the definitions give, forward and backward`, async () => {
      await useBackend(backend);
      const source = random(31);
      for (let i = 0; i < 150; i++) {
        const given = draw(source);
        const dyOf = (y: Tensor) => randomNormal(y.shape, random(i));
        const came = byTfjs(given, dyOf);
        expected(given, dyOf).forEach((value, part) => {
          const difference = firstDifference(came[part], value, { tolerance: 1e-4 });
          assert.equal(difference, null, `${title(given)}, ${["y", "dx", "dFilter"][part]}`);
        });
      }
    });

  for (const backend of ["wasm", "cpu"] as const)
    it(`avgPool(x, 3, 1, "same") on ${backend} gives the corner a quarter of its slope`, async () => {
      await useBackend(backend);
      const slope = tf.tensor4d([1, ...Array<number>(24).fill(0)], [1, 5, 5, 1]);
      const gradient = tf.grad((x) => tf.avgPool(x as tf.Tensor4D, 3, 1, "same"));
      const dx = gradient(tf.zeros([1, 5, 5, 1]), slope).dataSync();
      assert.deepEqual([dx[0], dx[1], dx[5], dx[6], dx[2]], [0.25, 0.25, 0.25, 0.25, 0]);
    });

  it("fused convolutions on wasm give what they give on cpu", async () => {
    const run = async (backend: BackendName) => {
      await useBackend(backend);
      const x = toTf(randomNormal([1, 8, 8, 3], random(1))) as tf.Tensor4D;
      const bias = tf.tensor1d([1, -1, 0.5]);
      const filter = toTf(randomNormal([3, 1, 3, 3], random(2))) as tf.Tensor4D;
      const taps = toTf(randomNormal([1, 7, 3, 1], random(3))) as tf.Tensor4D;
      const common = { x, strides: 2, pad: "same", bias, activation: "relu" } as const;
      return [
        tf.fused.conv2d({ ...common, filter }),
        tf.fused.depthwiseConv2d({ ...common, filter: taps }),
      ].map(fromTf);
    };
    const [onWasm, onCpu] = [await run("wasm"), await run("cpu")];
    onWasm.forEach((y, i) => assert.equal(firstDifference(y, onCpu[i]), null));
  });

  it("a window one pixel too long gives nothing and harms nothing; a longer one is refused", async () => {
    for (const backend of ["cpu", "wasm"] as const) {
      await useBackend(backend);
      const x = tf.ones([1, 4, 5, 2]) as tf.Tensor4D;
      const y = tf.conv2d(x, tf.ones([5, 4, 2, 1]) as tf.Tensor4D, 1, "valid");
      assert.deepEqual([y.shape, y.dataSync().length], [[1, 0, 2, 1], 0]);
      const long = tf.ones([7, 1, 2, 1]) as tf.Tensor4D;
      assert.throws(() => tf.conv2d(x, long, 1, "valid"), /7x1 does not fit on images of 4x5/);
      assert.throws(() => tf.avgPool(x, [1, 2], 4, 2), /nothing but padding/);
      assert.throws(() => tf.maxPool(x, [1, 2], 4, 2), /nothing but padding/);
      const ones = tf.conv2d(x, tf.ones([3, 3, 2, 1]) as tf.Tensor4D, 1, "valid").dataSync();
      assert.deepEqual([...ones], Array(6).fill(18));
    }
  });

  it("a loaded model on wasm has the same right values as the described one", async () => {
    await useBackend("wasm");
    const net = network(
      "net",
      [8, 8, 3],
      layers.conv({ filters: 4, kernelSize: [3, 1], stride: 2, padding: "same" }),
      layers.depthwiseConv({ kernelSize: [1, 2], stride: 3, padding: "same" }),
    );
    const model = toLayersModel(net, { seed: 3 });
    let saved: object = {};
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
      }),
    );
    const x = toTf(randomNormal([2, 8, 8, 3], random(1)));
    const loaded = await loadLayersModel(tf.io.fromMemory(saved as tf.io.ModelArtifacts));
    const onWasm = fromTf(loaded.predict(x) as tf.Tensor);
    assert.ok(onWasm.data.every((value) => value !== 0));
    await useBackend("cpu");
    assert.equal(firstDifference(onWasm, fromTf(loaded.predict(x) as tf.Tensor)), null);
  });
});
