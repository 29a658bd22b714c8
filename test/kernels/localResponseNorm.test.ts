import assert from "node:assert/strict";
import { inspect } from "node:util";
import {
  localResponseNorm,
  localResponseNormBackward,
  type LocalResponseNormOptions,
  tensor,
  zeros,
} from "convbook";
import { assertClose } from "./assertClose";
import { assertGradients, normal } from "./assertGradients";
import { refuses } from "./refuses";

describe("localResponseNorm", () => {
  it("localResponseNorm(x) has AlexNet's k = 2, n = 5, alpha = 0.0001 and beta = 0.75", () => {
    const x = normal([1, 2, 2, 7], 1);
    assertClose(
      localResponseNorm(x),
      localResponseNorm(x, { k: 2, size: 5, alpha: 1e-4, beta: 0.75 }),
    );
    const alone = localResponseNorm(tensor([3], [1, 1, 1, 1], "float64"));
    assertClose(alone, tensor([3 / (2 + 1e-4 * 9) ** 0.75], [1, 1, 1, 1], "float64"));
  });

  it("localResponseNorm(x, {size: 2}) sums over the channel and the one before it", () => {
    const x = tensor([1, 2, 3], [1, 1, 1, 3]);
    const y = localResponseNorm(x, { size: 2, alpha: 1, beta: -1, k: 1 });
    assert.deepEqual([...y.data], [1 * (1 + 1), 2 * (1 + 1 + 4), 3 * (1 + 4 + 9)]);
  });
});

describe("localResponseNormBackward", () => {
  for (const options of [
    {},
    { size: 3, alpha: 0.5, beta: 0.5, k: 1 },
    { size: 4, alpha: 2 },
    { size: 1, alpha: 1 },
  ] as LocalResponseNormOptions[])
    it(`localResponseNormBackward(dy, x, ${inspect(options)}) agrees with differences`, () =>
      assertGradients(
        { dx: normal([2, 1, 2, 6], 1) },
        ({ dx }) => localResponseNorm(dx, options),
        (dy, { dx }) => ({ dx: localResponseNormBackward(dy, dx, options) }),
      ));
});

describe("localResponseNorm, refusals", () => {
  const x = zeros([1, 2, 2, 5]);
  for (const [options, part] of [
    [{ size: 0 }, "size must be a positive integer, but got 0"],
    [{ size: 2.5 }, "size must be a positive integer, but got 2.5"],
    [{ alpha: -1 }, "alpha must be 0 or more, but got -1"],
    [{ alpha: NaN }, "alpha must be a finite number, but got NaN"],
    [{ beta: Infinity }, "beta must be a finite number, but got Infinity"],
    [{ k: 0 }, "k must be more than 0, but got 0"],
  ] as [LocalResponseNormOptions, string][])
    refuses(`localResponseNorm(x, ${inspect(options)})`, () => localResponseNorm(x, options), part);
  refuses(
    "localResponseNorm(x of rank 2)",
    () => localResponseNorm(zeros([2, 5])),
    "localResponseNorm(): x must be a tensor of shape [batch, height, width, channels]",
  );
  refuses(
    "localResponseNormBackward(dy of another shape, x)",
    () => localResponseNormBackward(zeros([1, 2, 2, 4]), x),
    "dy must be a tensor of shape [1, 2, 2, 5]",
  );
});
