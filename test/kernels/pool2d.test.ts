import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import {
  globalAveragePool,
  pool2d,
  pool2dBackward,
  type Pool2dOptions,
  random,
  randomIntegers,
  type Tensor,
  tensor,
  zeros,
} from "convbook";
import { seeded } from "./arbitraries";
import { assertClose, assertNear } from "./assertClose";
import { assertGradients, normal } from "./assertGradients";
import { refuses } from "./refuses";

describe("pool2d", () => {
  it('pool2d(x, {mode: "average", size of x}) is the global average', () => {
    const x = normal([2, 4, 5, 3], 1);
    const y = pool2d(x, { mode: "average", size: [4, 5] });
    assertClose(y.reshape([2, 3]), globalAveragePool(x));
  });

  it("pool2d(x, {size}) does not overlap: the stride is the size", () => {
    assert.deepEqual(
      [...pool2d(zeros([1, 7, 9, 1]), { mode: "max", size: [2, 3] }).shape],
      [1, 3, 3, 1],
    );
  });

  it('pool2d(x, {mode: "max"}) of negative numbers does not see the padding\'s zeros', () => {
    const x = tensor([-1, -2, -3, -4], [1, 2, 2, 1]);
    const y = pool2d(x, { mode: "max", size: 2, stride: 2, padding: 1 });
    assert.deepEqual([...y.data], [-1, -2, -3, -4]);
  });

  it('pool2d(x, {mode: "average", padding}) divides by the pixels, with countPadding by all taps', () => {
    const x = tensor([8], [1, 1, 1, 1]);
    const options = {
      mode: "average",
      size: 2,
      padding: [
        [0, 1],
        [1, 0],
      ],
    } as const;
    assert.equal(pool2d(x, options).data[0], 8);
    assert.equal(pool2d(x, { ...options, countPadding: true }).data[0], 2);
  });

  it("pool2d(x, {ceilMode, countPadding}) does not count what hangs over the padding", () => {
    const x = tensor([2, 4, 9], [1, 1, 3, 1]);
    const options = { mode: "average", size: [1, 2], ceilMode: true, countPadding: true } as const;
    assert.deepEqual([...pool2d(x, options).data], [3, 9]);
  });

  it("pool2d(x, {dilation, countPadding}) counts the taps, not the pixels between them", () => {
    const x = tensor([2, 9, 4], [1, 1, 3, 1]);
    const options = { mode: "average", size: [1, 2], dilation: 2, countPadding: true } as const;
    assert.deepEqual([...pool2d(x, options).data], [3]);
  });

  it("pool2d(x, {ceilMode: true}) has GoogLeNet's 112, 56, 28, 14, 7", () => {
    let size = 112;
    for (const expected of [56, 28, 14, 7]) {
      const x = zeros([1, size, size, 1]);
      size = pool2d(x, { mode: "max", size: 3, stride: 2, ceilMode: true }).shape[1];
      assert.equal(size, expected);
    }
  });

  it("pool2d(x with NaN) lets it through, in both modes", () => {
    for (const x of [
      [NaN, 1],
      [1, NaN],
      [NaN, NaN],
    ])
      for (const mode of ["max", "average"] as const)
        assert.ok(Number.isNaN(pool2d(tensor(x, [1, 1, 2, 1]), { mode, size: [1, 2] }).data[0]));
  });
});

describe("pool2dBackward", () => {
  for (const options of [
    { mode: "max", size: 2 },
    { mode: "max", size: 3, stride: 2, padding: 1, ceilMode: true },
    { mode: "max", size: 2, stride: 1, dilation: 2, padding: "same" },
    { mode: "average", size: [2, 3], stride: [1, 2] },
    {
      mode: "average",
      size: 3,
      stride: 2,
      padding: [
        [1, 0],
        [0, 2],
      ],
      ceilMode: true,
    },
    { mode: "average", size: 3, stride: 2, padding: 1, ceilMode: true, countPadding: true },
    { mode: "average", size: 2, dilation: 2, padding: 1, countPadding: true },
  ] as Pool2dOptions[])
    it(`pool2dBackward(dy, x, ${inspect(options)}) agrees with differences`, () =>
      assertGradients(
        { dx: normal([2, 6, 5, 2], 1) },
        ({ dx }) => pool2d(dx, options),
        (dy, { dx }) => ({ dx: pool2dBackward(dy, dx, options) }),
      ));

  it("pool2dBackward(dy, x) hands on as much as it gets, ties or not", () => {
    const settings = fc.record({
      mode: fc.constantFrom("max" as const, "average" as const),
      size: fc.integer({ min: 1, max: 3 }),
      stride: fc.integer({ min: 1, max: 3 }),
      ceilMode: fc.boolean(),
      seed: fc.nat({ max: 1e6 }),
    });
    fc.assert(
      fc.property(settings, ({ seed, ...options }) => {
        const x = randomIntegers([1, 7, 6, 2], 0, 2, random(seed)).as("float64"); // many equal values
        const dy = normal(pool2d(x, options).shape, seed);
        assertNear(pool2dBackward(dy, x, options).sum(), dy.sum());
      }),
      seeded,
    );
  });

  it("pool2dBackward(dy, x) gives the first of equal maxima everything", () => {
    const dx = pool2dBackward(tensor([5], [1, 1, 1, 1]), zeros([1, 2, 2, 1]), {
      mode: "max",
      size: 2,
    });
    assert.deepEqual([...dx.data], [5, 0, 0, 0]);
  });
});

describe("pool2d, refusals", () => {
  const x = zeros([1, 4, 4, 2]);
  for (const [options, part] of [
    [undefined, "options must be an object of options, { mode: ... }, but got nothing"],
    [{ mode: "min", size: 2 }, 'mode must be "max" or "average", but got "min"'],
    [{ mode: "max" }, "kernel size must be a positive integer, but got nothing"],
    [{ mode: "max", size: 0 }, "kernel size must be a positive integer, but got 0"],
    [{ mode: "max", size: NaN }, "kernel size must be a positive integer, but got NaN"],
    [{ mode: "max", size: 5 }, "kernel height must be at most the padded input's 4"],
    [{ mode: "max", size: 2, stride: 0 }, "stride must be a positive integer, but got 0"],
    [{ mode: "max", size: 2, padding: -1 }, "padding must be an integer of at least 0, but got -1"],
    [
      { mode: "max", size: 2, padding: 2 },
      "so small that every window has a pixel of the image under it, but got 2",
    ],
    [
      { mode: "average", size: 1, padding: [0, 1] },
      "so small that every window has a pixel of the image",
    ],
  ] as unknown as [Pool2dOptions, string][])
    refuses(`pool2d(x, ${inspect(options)})`, () => pool2d(x, options), part);
  refuses(
    "pool2d(x of rank 2, options)",
    () => pool2d(zeros([4, 4]), { mode: "max", size: 2 }),
    "pool2d(): x must be a tensor of shape [batch, height, width, channels]",
  );
  refuses(
    "pool2dBackward(dy of another shape, x, options)",
    () => pool2dBackward(x, x, { mode: "max", size: 2 }),
    "dy must be a tensor of shape [1, 2, 2, 2]",
  );
  refuses(
    "pool2dBackward(dy, no tensor, options)",
    () => pool2dBackward(x, null as unknown as Tensor, { mode: "max", size: 2 }),
    "x must be a tensor",
  );
});
