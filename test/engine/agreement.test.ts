import assert from "node:assert/strict";
import fc from "fast-check";
import {
  conv2d,
  conv2dBackward,
  type Conv2dOptions,
  conv2dTranspose,
  conv2dTransposeBackward,
  dense,
  denseBackward,
  depthwiseConv2d,
  depthwiseConv2dBackward,
  engine,
  pool2d,
  pool2dBackward,
  type Pool2dOptions,
  random,
  randomIntegers,
  randomNormal,
  type Tensor,
} from "convbook";
import { assertAgree, assertAllAgree } from "./assertAgree";

const upTo = (most: number, least = 1) => fc.integer({ min: least, max: most });
const pair = (most: number, least = 1) => fc.tuple(upTo(most, least), upTo(most, least));
/** More small numbers than large ones, and some that are no multiple of a vector or a panel. */
const channels = fc.oneof(upTo(4), upTo(9), upTo(40));

const window = fc.record({
  stride: fc.oneof(upTo(3), pair(3)),
  dilation: fc.oneof(fc.constant(1), pair(3)),
  padding: fc.oneof(
    fc.constantFrom("valid" as const, "same" as const, "full" as const),
    upTo(3, 0),
    fc.tuple(pair(3, 0), pair(3, 0)),
  ),
});

/** A convolution of any shape; a third of them 3x3 at stride 1, for which there are shortcuts. */
const convolution = fc.record({
  batch: upTo(3),
  room: pair(12, 0),
  kernel: fc.oneof(fc.constant([3, 3] as const), fc.constant([1, 1] as const), pair(5)),
  inputs: channels,
  outputs: channels,
  groups: fc.constantFrom(1, 1, 1, 2, 3, 5),
  bias: fc.boolean(),
  options: fc.oneof(window, fc.constant({ stride: 1, dilation: 1, padding: "same" as const })),
  seed: upTo(1e6),
});

/** Engine and kernels on the same random numbers; the kernels in double precision. */
function tensorsOf({ batch, room, kernel, inputs, outputs, groups, ...rest }: Layer) {
  const { dilation } = rest.options;
  const [dh, dw] = typeof dilation === "number" ? [dilation, dilation] : dilation;
  const source = random(rest.seed);
  const height = (kernel[0] - 1) * dh + 1 + room[0];
  const width = (kernel[1] - 1) * dw + 1 + room[1];
  const x = randomNormal([batch, height, width, inputs * groups], source);
  const filter = randomNormal([...kernel, inputs, outputs * groups], source);
  const bias = rest.bias ? randomNormal([outputs * groups], source) : undefined;
  const options: Conv2dOptions = { ...rest.options, groups, bias };
  return { x, filter, options, source };
}
type Layer = typeof convolution extends fc.Arbitrary<infer T> ? T : never;

const runs = { seed: 20, numRuns: 120 };

describe("engine agrees with kernels to 1e-5", () => {
  for (const threads of [1, 2]) {
    describe(`with ${threads} thread${threads === 1 ? "" : "s"}`, () => {
      before(() => engine.configure({ threads }));
      after(() => engine.release());

      it("conv2d(x, filter, options) and conv2dBackward(dy, x, filter, options)", () => {
        fc.assert(
          fc.property(convolution, (layer) => {
            const { x, filter, options, source } = tensorsOf(layer);
            const y = conv2d(x, filter, options);
            assertAgree(engine.conv2d(x, filter, options), y);
            const dy = randomNormal(y.shape, source);
            assertAllAgree(
              engine.conv2dBackward(dy, x, filter, options),
              conv2dBackward(dy, x, filter, options),
            );
          }),
          runs,
        );
      });
    });
  }

  it("conv2d(x, filter, {method}) by Winograd and by the definition", () => {
    const layers = fc.record({
      shape: fc.tuple(upTo(3), upTo(18, 3), upTo(18, 3), channels),
      outputs: channels,
      padding: window.map(({ padding }) => padding),
      seed: upTo(1e6),
    });
    fc.assert(
      fc.property(layers, ({ shape, outputs, padding, seed }) => {
        const source = random(seed);
        const x = randomNormal(shape, source);
        const filter = randomNormal([3, 3, shape[3], outputs], source);
        const options = { padding, bias: randomNormal([outputs], source) };
        const y = conv2d(x, filter, options);
        for (const method of ["winograd", "direct"] as const)
          assertAgree(engine.conv2d(x, filter, { ...options, method }), y);
      }),
      runs,
    );
  });

  it("conv2d(x, filter, {method: winograd}) with many channels, where errors add up", () => {
    const source = random(12);
    const x = randomNormal([1, 9, 9, 520], source);
    const filter = randomNormal([3, 3, 520, 140], source);
    const y = engine.conv2d(x, filter, { padding: 1, method: "winograd" });
    assertAgree(y, conv2d(x, filter, { padding: 1 }));
  });

  it("a NaN reaches the outputs that see it, and no others, unless Winograd's method is asked for", () => {
    const source = random(13);
    const x = randomNormal([1, 20, 20, 32], source);
    const filter = randomNormal([3, 3, 32, 32], source);
    x.set(NaN, 0, 9, 9, 3);
    const spoilt = (y: Tensor) => y.data.filter(Number.isNaN).length / 32;
    assert.equal(spoilt(engine.conv2d(x, filter, { padding: "same" })), 9);
    assert.equal(spoilt(engine.conv2dBackward(x, x, filter, { padding: "same" }).dx), 9);
    assert.equal(spoilt(engine.conv2d(x, filter, { padding: "same", method: "direct" })), 9);
    for (const method of ["winograd", "fastest"] as const)
      assert.ok(spoilt(engine.conv2d(x, filter, { padding: "same", method })) > 9, method);
  });

  it("conv2dTranspose(x, filter, options) and conv2dTransposeBackward(dy, x, filter, options)", () => {
    const layers = fc.record({
      shape: fc.tuple(upTo(3), upTo(6), upTo(6)),
      kernel: pair(4),
      channels: fc.tuple(upTo(9), upTo(9)),
      groups: upTo(3),
      stride: pair(4),
      dilation: upTo(2),
      seed: upTo(1e6),
    });
    fc.assert(
      fc.property(
        layers,
        ({ shape, kernel, channels: [inputs, outputs], groups, seed, ...slide }) => {
          const source = random(seed);
          const x = randomNormal([...shape, inputs * groups], source);
          const filter = randomNormal([...kernel, outputs, inputs * groups], source);
          const options = { ...slide, groups, bias: randomNormal([outputs * groups], source) };
          const y = conv2dTranspose(x, filter, options);
          assertAgree(engine.conv2dTranspose(x, filter, options), y);
          const dy = randomNormal(y.shape, source);
          assertAllAgree(
            engine.conv2dTransposeBackward(dy, x, filter, options),
            conv2dTransposeBackward(dy, x, filter, options),
          );
        },
      ),
      runs,
    );
  });

  it("depthwiseConv2d(x, filter, options) and depthwiseConv2dBackward(dy, x, filter, options)", () => {
    const layers = fc.record({
      shape: fc.tuple(upTo(2), upTo(14, 9), upTo(14, 9), upTo(40)),
      kernel: pair(4),
      multiplier: fc.constantFrom(1, 1, 2),
      options: window,
      seed: upTo(1e6),
    });
    fc.assert(
      fc.property(layers, ({ shape, kernel, multiplier, options, seed }) => {
        const source = random(seed);
        const x = randomNormal(shape, source);
        const filter = randomNormal([...kernel, shape[3], multiplier], source);
        const withBias = { ...options, bias: randomNormal([shape[3] * multiplier], source) };
        if (kernel.some((n) => (n - 1) * 3 + 1 > 9)) withBias.dilation = 1;
        const y = depthwiseConv2d(x, filter, withBias);
        assertAgree(engine.depthwiseConv2d(x, filter, withBias), y);
        const dy = randomNormal(y.shape, source);
        assertAllAgree(
          engine.depthwiseConv2dBackward(dy, x, filter, withBias),
          depthwiseConv2dBackward(dy, x, filter, withBias),
        );
      }),
      runs,
    );
  });

  it("dense(x, weights, options) and denseBackward(dy, x, weights)", () => {
    const layers = fc.record({
      batch: upTo(20),
      inputs: upTo(70),
      units: upTo(50),
      seed: upTo(1e6),
    });
    fc.assert(
      fc.property(layers, ({ batch, inputs, units, seed }) => {
        const source = random(seed);
        const x = randomNormal([batch, inputs], source);
        const weights = randomNormal([inputs, units], source);
        const bias = randomNormal([units], source);
        const dy = randomNormal([batch, units], source);
        assertAgree(engine.dense(x, weights, { bias }), dense(x, weights, { bias }));
        assertAllAgree(engine.denseBackward(dy, x, weights), denseBackward(dy, x, weights));
      }),
      runs,
    );
  });

  it("pool2d(x, options) and pool2dBackward(dy, x, options), ties included", () => {
    const layers = fc.record({
      shape: fc.tuple(upTo(2), upTo(14, 4), upTo(14, 4), upTo(40)),
      mode: fc.constantFrom("max" as const, "average" as const),
      size: pair(4),
      stride: pair(3),
      padding: fc.constantFrom("valid" as const, "same" as const),
      ceilMode: fc.boolean(),
      countPadding: fc.boolean(),
      ties: fc.boolean(),
      seed: upTo(1e6),
    });
    fc.assert(
      fc.property(layers, ({ shape, ties, seed, ...options }) => {
        const source = random(seed);
        const x = ties ? randomIntegers(shape, 0, 3, source) : randomNormal(shape, source);
        // A last window over nothing but padding is refused by both.
        const y = unlessRefused(() => pool2d(x, options));
        fc.pre(y !== undefined);
        assertAgree(engine.pool2d(x, options), y);
        const dy = randomNormal(y.shape, source);
        assertAgree(engine.pool2dBackward(dy, x, options), pool2dBackward(dy, x, options));
      }),
      runs,
    );
  });

  it("pool2d(x with NaN, {mode: max}) lets NaN win, as the kernel does", () => {
    const x = randomIntegers([1, 6, 6, 5], 0, 9, random(1));
    x.set(NaN, 0, 2, 2, 3);
    const options: Pool2dOptions = { mode: "max", size: 3, stride: 2 };
    const y = engine.pool2d(x, options);
    assert.deepEqual([...y.data], [...pool2d(x, options).data]);
    assert.ok(y.data.some(Number.isNaN));
    const dy = randomNormal(y.shape, random(2));
    assertAgree(engine.pool2dBackward(dy, x, options), pool2dBackward(dy, x, options));
  });
});

function unlessRefused(compute: () => Tensor): Tensor | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}
