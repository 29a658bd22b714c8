import assert from "node:assert/strict";
import { inspect } from "node:util";
import { batchNorm, batchNormBackward, type BatchNormOptions, full, tensor, zeros } from "convbook";
import { assertClose, assertNear } from "./assertClose";
import { assertGradients, normal } from "./assertGradients";
import { refuses } from "./refuses";

describe("batchNorm", () => {
  it("batchNorm(x) gives every channel mean 0 and variance 1", () => {
    const x = normal([5, 4, 3, 2], 1).map((value) => 7 * value + 100);
    const { y } = batchNorm(x, { epsilon: 1e-12 });
    const again = batchNorm(y, { epsilon: 1e-12 });
    assertClose(again.mean, zeros([2]));
    assertClose(again.variance, full([2], 1));
  });

  it("batchNorm(x, its own mean and variance) is batchNorm(x) in training", () => {
    const x = normal([4, 3, 3, 2], 2);
    const [gamma, beta] = [normal([2], 3), normal([2], 4)];
    const trained = batchNorm(x, { gamma, beta, training: true });
    const { mean, variance } = trained;
    assertClose(batchNorm(x, { gamma, beta, training: false, mean, variance }).y, trained.y);
    assertClose(batchNorm(x, { gamma, beta, mean, variance }).y, trained.y);
  });

  it("batchNorm(x far from 0 in float32) does not lose the variance", () => {
    const x = tensor([10000, 10001, 10002, 10003], [4, 1]);
    assertNear(batchNorm(x).variance.data[0], 1.25, 1e-6);
  });

  it("batchNorm(a constant channel) is beta", () => {
    const { y } = batchNorm(full([3, 2, 2, 1], 5), { beta: tensor([0.25]) });
    assert.ok(y.data.every((value) => value === 0.25));
  });
});

describe("batchNormBackward", () => {
  const statistics = { mean: normal([3], 6), variance: normal([3], 7).map(Math.abs) };
  for (const [shape, options] of [
    [[3, 2, 2, 3], {}],
    [[5, 3], { epsilon: 0.1 }],
    [[2, 2, 2, 3], statistics],
  ] as [number[], BatchNormOptions][])
    it(`batchNormBackward(dy, [${shape}], ${inspect(Object.keys(options))}) agrees with differences`, () =>
      assertGradients(
        { dx: normal(shape, 1), dGamma: normal([3], 2), dBeta: normal([3], 3) },
        ({ dx, dGamma, dBeta }) => batchNorm(dx, { ...options, gamma: dGamma, beta: dBeta }).y,
        (dy, { dx, dGamma, dBeta }) =>
          batchNormBackward(dy, dx, { ...options, gamma: dGamma, beta: dBeta }),
      ));

  it("batchNormBackward(dy, x) of training has no mean and nothing along x", () => {
    const [x, dy] = [normal([6, 1], 8), normal([6, 1], 9)];
    const { dx } = batchNormBackward(dy, x, { epsilon: 1e-12 });
    assertNear(dx.sum(), 0);
    assertNear(dx.map((value, i) => value * x.data[i]).sum(), 0, 1e-9);
  });
});

describe("batchNorm, refusals", () => {
  const x = zeros([2, 3, 3, 4]);
  const four = zeros([4]);
  for (const [options, part] of [
    [{ epsilon: 0 }, "epsilon must be more than 0, but got 0"],
    [{ epsilon: NaN }, "epsilon must be a finite number, but got NaN"],
    [{ gamma: zeros([3]) }, "gamma must be a tensor of shape [4], but got a tensor of shape [3]"],
    [{ beta: zeros([4], "float64") }, "beta must be float32"],
    [{ training: false }, "mean must be given for inference"],
    [{ mean: four }, "variance must be given for inference"],
    [{ training: true, mean: four, variance: four }, "mean must be left out in training"],
    [{ moving: { mean: four, variance: zeros([3]) } }, "moving.variance must be a tensor of shape"],
    [{ moving: { mean: four } as never }, "moving.variance must be a tensor of shape [4]"],
    [
      { mean: four, variance: four, moving: { mean: four, variance: four } },
      "moving must be left out in inference",
    ],
    [{ momentum: 1.5 }, "momentum must be from 0 to 1, but got 1.5"],
    [{ unbiased: 1 as never }, "unbiased must be true or false, but got 1"],
    [
      { mean: four, variance: full([4], -1) },
      "the variance of channel 0 must be 0 or more, but got -1",
    ],
  ] as [BatchNormOptions, string][])
    refuses(`batchNorm(x, {${Object.keys(options)}}), ${part},`, () => batchNorm(x, options), part);
  refuses(
    "batchNorm(one value a channel, unbiased)",
    () => batchNorm(zeros([1, 4]), { moving: { mean: four, variance: four }, unbiased: true }),
    "x must be more than one value for each channel",
  );
  refuses(
    "batchNorm(x of rank 1)",
    () => batchNorm(four),
    "x must be a tensor of shape [batch, ..., channels]",
  );
  refuses(
    "batchNormBackward(dy of another shape, x)",
    () => batchNormBackward(zeros([2, 3, 3, 3]), x),
    "dy must be a tensor of shape [2, 3, 3, 4]",
  );
});
