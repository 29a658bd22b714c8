import assert from "node:assert/strict";
import {
  conv2d,
  conv2dBackward,
  full,
  gradientCheck,
  numericGradient,
  type Tensor,
  tensor,
  zeros,
} from "convbook";
import { assertNear } from "./assertClose";
import { normal } from "./assertGradients";
import { refuses } from "./refuses";

const sumOfCubes = (x: Tensor): number => x.map((value) => value ** 3).sum();

describe("numericGradient", () => {
  it("numericGradient(f, x) is good to eight digits, for values small and large", () => {
    for (const value of [0.001, 1, -2, 1e8]) {
      const gradient = numericGradient(sumOfCubes, tensor([value], [1], "float64")).data[0];
      assertNear(gradient, 3 * value ** 2, 1e-8);
    }
  });

  it("numericGradient(f, float32) computes in float64, and leaves x alone", () => {
    const x = tensor([0.1, 0.2]);
    const seen = new Set<string>();
    const gradient = numericGradient((moved) => {
      seen.add(moved.dtype);
      return moved.sum();
    }, x);
    assert.deepEqual([...seen], ["float64"]);
    assert.equal(gradient.dtype, "float64");
    assert.deepEqual(x, tensor([0.1, 0.2]));
  });
});

describe("gradientCheck", () => {
  it("gradientCheck(f, x, the gradient) passes, also for one rounded to float32", () => {
    const x = normal([2, 5, 5, 2], 1);
    const filter = normal([3, 3, 2, 2], 2);
    const { dx } = conv2dBackward(full([2, 3, 3, 2], 1, "float64"), x, filter);
    const check = gradientCheck((moved) => conv2d(moved, filter).sum(), x, dx);
    assert.ok(check.passed);
    assert.ok(check.relativeError < 1e-9);
    assert.ok(gradientCheck((moved) => conv2d(moved, filter).sum(), x, dx.as("float32")).passed);
  });

  it("gradientCheck(f, x, a gradient with one value wrong) names it", () => {
    const x = normal([3, 4], 3);
    const wrong = x.map((value, i) => 3 * value ** 2 + (i === 6 ? 0.01 : 0));
    const check = gradientCheck(sumOfCubes, x, wrong);
    assert.equal(check.passed, false);
    assert.deepEqual(check.worst.index, [1, 2]);
    assert.ok(Math.abs(check.worst.analytic - check.worst.numeric - 0.01) < 1e-6);
  });

  it("gradientCheck(f, x, NaN or zeros) does not pass", () => {
    const x = tensor([1, 2], [2], "float64");
    assert.equal(gradientCheck(sumOfCubes, x, tensor([3, NaN])).passed, false);
    assert.deepEqual(gradientCheck(sumOfCubes, x, tensor([3, NaN])).worst.index, [1]);
    assert.equal(gradientCheck(sumOfCubes, x, zeros([2])).passed, false);
  });

  it("gradientCheck(a constant, x, zeros) passes", () => {
    assert.equal(gradientCheck(() => 5, zeros([2]), zeros([2])).relativeError, 0);
  });

  const x = zeros([2]);
  refuses(
    "gradientCheck(f, x, a gradient of another shape)",
    () => gradientCheck(sumOfCubes, x, zeros([3])),
    "gradientCheck(): analytic must be a tensor of shape [2]",
  );
  refuses(
    "gradientCheck(f, x, gradient, {step: 0})",
    () => gradientCheck(sumOfCubes, x, x, { step: 0 }),
    "step must be more than 0, but got 0",
  );
  refuses(
    "gradientCheck(f, x, gradient, {tolerance: NaN})",
    () => gradientCheck(sumOfCubes, x, x, { tolerance: NaN }),
    "tolerance must be a finite number, but got NaN",
  );
  refuses(
    "numericGradient(f that gives a tensor, x)",
    () => numericGradient(((moved: Tensor) => moved) as unknown as () => number, x),
    "numericGradient(): what f gives for a change in value 0 must be a number, but got a tensor of shape [2].",
  );
  refuses(
    "numericGradient(no function, x)",
    () => numericGradient(undefined as unknown as () => number, x),
    "f must be a function, but got nothing",
  );
  refuses(
    "numericGradient(f, an array)",
    () => numericGradient(() => 0, [1] as unknown as Tensor),
    "x must be a tensor, but got [1]",
  );
});
