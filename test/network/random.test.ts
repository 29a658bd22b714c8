import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ArgumentError,
  cost,
  layers,
  memoryCost,
  type Module,
  network,
  receptiveFields,
} from "convbook";

/** Descriptions as somebody might get them wrong: sizes that do not fit, fractions, zeros, NaN. */

const size = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 6 }) },
  fc.constantFrom(0, -1, 1.5, NaN, Infinity, "3" as unknown as number),
);
const pair = fc.oneof(size, fc.tuple(size, size));
const padding = fc.oneof(
  fc.constantFrom("valid" as const, "same" as const, "full" as const),
  pair,
  fc.tuple(fc.tuple(size, size), fc.tuple(size, size)),
);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const conv = fc
  .record({
    filters: size,
    kernelSize: pair,
    stride: optional(pair),
    padding: optional(padding),
    dilation: optional(pair),
    groups: optional(size),
    bias: fc.boolean(),
  })
  .map((options) => () => layers.conv(options));
const depthwise = fc
  .record({ kernelSize: pair, stride: optional(pair), multiplier: optional(size) })
  .map((options) => () => layers.depthwiseConv(options));
const transposed = fc
  .record({
    filters: size,
    kernelSize: pair,
    stride: optional(pair),
    outputPadding: optional(pair),
  })
  .map((options) => () => layers.transposedConv(options));
const pool = fc
  .record({
    size: pair,
    stride: optional(pair),
    padding: optional(padding),
    ceilMode: fc.boolean(),
  })
  .map((options) => () => layers.maxPool(options));
const plain = fc.constantFrom<(() => Module)[]>(
  () => layers.relu(),
  () => layers.batchNorm(),
  () => layers.flatten(),
  () => layers.globalAveragePool(),
  () => layers.globalAveragePool({ keepDims: true }),
);
const sized = fc.tuple(size, size).chain(([a, b]) =>
  fc.constantFrom<(() => Module)[]>(
    () => layers.dense({ units: a }),
    () => layers.channelShuffle({ groups: a }),
    () => layers.slice({ from: a, to: b }),
    () => layers.adaptiveAveragePool({ outputSize: a }),
    () => (x) => layers.concat(...layers.split(x, a)),
    () => layers.zeroPad({ channels: [a, b] }),
    () =>
      layers.crop({
        cropping: [
          [a, 0],
          [0, b],
        ],
      }),
  ),
);
const single = fc.oneof(conv, depthwise, transposed, pool, plain, sized);
const step = fc.oneof(
  { weight: 4, arbitrary: single },
  single.map((make) => () => layers.residual(make())),
  fc.tuple(single, single).map(
    ([a, b]) =>
      () =>
        layers.branches(a(), b()),
  ),
  single.map((make) => () => layers.block("block", make())),
);
const inputShape = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), size),
  },
  fc.array(size, { maxLength: 4 }),
);

describe("network, of random descriptions", () => {
  it("network(...) makes whole shapes and counts, or says what is wrong", () => {
    let built = 0;
    let refused = 0;
    fc.assert(
      fc.property(inputShape, fc.array(step, { minLength: 1, maxLength: 4 }), (input, steps) => {
        try {
          const net = network("net", input, ...steps.map((make) => make()));
          for (const { shape, weights } of net.layers)
            for (const n of [...shape, ...weights.flatMap((weight) => weight.shape)])
              assert.ok(Number.isSafeInteger(n) && n > 0, `a size of ${n}`);
          const { params, macs } = cost(net, { convention: "ptflops" });
          const { access, inferenceBytes, trainingBytes } = memoryCost(net);
          for (const count of [params, macs, access, inferenceBytes, trainingBytes])
            assert.ok(Number.isSafeInteger(count) && count >= 0, `a count of ${count}`);
          for (const field of receptiveFields(net))
            for (const n of [...field.size, ...field.jump]) assert.ok(n > 0, `a field of ${n}`);
          built++;
        } catch (error) {
          assert.ok(error instanceof ArgumentError, String(error));
          assert.match(error.message, / must be .*, but got /);
          refused++;
        }
      }),
      { numRuns: 1500, seed: 2026 },
    );
    assert.ok(built > 100 && refused > 100, `${built} built, ${refused} refused`);
  });
});
