import assert from "node:assert/strict";
import { inspect } from "node:util";
import {
  createMaskFromWindow,
  distributeValue,
  pool2d,
  pool2dBackward,
  poolBackward,
  type PoolCache,
  poolForward,
  type PoolMode,
  type PoolParameters,
  random,
  randomIntegers,
  tensor,
  zeros,
} from "convbook";
import { assertClose } from "./assertClose";
import { normal } from "./assertGradients";
import { refuses } from "./refuses";

describe("poolForward and poolBackward", () => {
  for (const mode of ["max", "average"] as const)
    for (const parameters of [
      { f: 2, stride: 2 },
      { f: 3, stride: 2 }, // windows overlap
      { f: 2, stride: 3 }, // some pixels are no window's
      { f: 1, stride: 1 },
    ])
      it(`poolForward and poolBackward with ${inspect(parameters)}, "${mode}", are pool2d and its gradient`, () => {
        const options = { mode, size: parameters.f, stride: parameters.stride };
        for (const aPrev of [
          normal([2, 7, 6, 2], 1),
          randomIntegers([1, 7, 6, 2], 0, 2, random(2)).as("float64"),
        ]) {
          const { a, cache } = poolForward(aPrev, parameters, mode);
          assertClose(a, pool2d(aPrev, options));
          const da = normal(a.shape, 3);
          assertClose(poolBackward(da, cache, mode), pool2dBackward(da, aPrev, options));
        }
      });

  const aPrev = zeros([1, 4, 4, 2]);
  const fine = { f: 2, stride: 2 };
  for (const [parameters, part] of [
    [undefined, "options must be an object of options, { f: ... }, but got nothing"],
    [{ f: 0, stride: 1 }, "f must be a positive integer, but got 0"],
    [{ f: 5, stride: 1 }, "at most the padded input's 4"],
    [{ f: 2, stride: NaN }, "stride must be a positive integer, but got NaN"],
  ] as [PoolParameters, string][])
    refuses(
      `poolForward(aPrev, ${inspect(parameters)})`,
      () => poolForward(aPrev, parameters),
      part,
    );
  refuses(
    'poolForward(aPrev, parameters, "sum")',
    () => poolForward(aPrev, fine, "sum" as PoolMode),
    'poolForward(): mode must be "max" or "average", but got "sum".',
  );
  refuses(
    "poolForward(a matrix, parameters)",
    () => poolForward(zeros([4, 4]), fine),
    "aPrev must be a tensor",
  );
  refuses(
    "poolBackward(da, no cache)",
    () => poolBackward(aPrev, undefined as unknown as PoolCache),
    "poolBackward(): cache must be what poolForward returned as its cache",
  );
  refuses(
    "poolBackward(da shaped as aPrev, cache)",
    () => poolBackward(aPrev, poolForward(aPrev, fine).cache),
    "da must be a tensor of shape [1, 2, 2, 2]",
  );
});

describe("createMaskFromWindow", () => {
  it("createMaskFromWindow(x) marks one maximum, however many there are", () => {
    for (const values of [
      [1, 2, 3, 4],
      [4, 4, 4, 4],
      [-1, -1, -2, -3],
      [0, NaN, 1, 2],
    ])
      assert.equal(createMaskFromWindow(tensor(values, [2, 2])).sum(), 1);
  });

  refuses(
    "createMaskFromWindow(a vector)",
    () => createMaskFromWindow(tensor([1, 2])),
    "createMaskFromWindow(): x must be a tensor of shape [f, f]",
  );
});

describe("distributeValue", () => {
  it("distributeValue(dz, shape) sums to dz", () => {
    const spread = distributeValue(7, [2, 3], "float64");
    assert.deepEqual([...spread.shape], [2, 3]);
    assertClose(
      spread,
      zeros([2, 3]).map(() => 7 / 6),
      { absolute: 1e-6 },
    );
    assert.ok(Math.abs(spread.sum() - 7) < 1e-12);
  });

  refuses(
    "distributeValue(1, [0, 2])",
    () => distributeValue(1, [0, 2]),
    "distributeValue(): shape[0] must be a positive integer, but got 0.",
  );
  refuses(
    "distributeValue(1)",
    () => distributeValue(1, undefined as unknown as [number, number]),
    "shape[0] must be a positive integer, but got nothing",
  );
  refuses(
    'distributeValue("1", [2, 2])',
    () => distributeValue("1" as unknown as number, [2, 2]),
    'dz must be a number, but got "1"',
  );
});
