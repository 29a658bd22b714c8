import assert from "node:assert/strict";
import {
  hardSigmoid,
  hardSigmoidBackward,
  hardSwish,
  hardSwishBackward,
  leakyRelu,
  leakyReluBackward,
  relu,
  relu6,
  relu6Backward,
  reluBackward,
  sigmoid,
  sigmoidBackward,
  softmax,
  softmaxBackward,
  swish,
  swishBackward,
  tanh,
  tanhBackward,
  type Tensor,
  tensor,
  zeros,
} from "convbook";
import { assertClose, assertNear } from "./assertClose";
import { assertGradients, normal } from "./assertGradients";
import { refuses } from "./refuses";

const activations: [(x: Tensor) => Tensor, (dy: Tensor, x: Tensor) => Tensor][] = [
  [relu, reluBackward],
  [relu6, relu6Backward],
  [leakyRelu, leakyReluBackward],
  [sigmoid, sigmoidBackward],
  [tanh, tanhBackward],
  [swish, swishBackward],
  [hardSigmoid, hardSigmoidBackward],
  [hardSwish, hardSwishBackward],
  [softmax, softmaxBackward],
];

for (const [forward, backward] of activations) {
  const name = forward.name;
  describe(name, () => {
    it(`${backward.name}(dy, x) agrees with differences`, () =>
      assertGradients(
        { dx: normal([4, 3, 5], 1).map((value) => 4 * value) },
        ({ dx }) => forward(dx),
        (dy, { dx }) => ({ dx: backward(dy, dx) }),
      ));

    it(`${name}(±1000) and its gradient are finite`, () => {
      const x = tensor([-1000, 1000]);
      for (const value of [...forward(x).data, ...backward(tensor([1, 1]), x).data])
        assert.ok(Number.isFinite(value));
    });

    it(`${name}(NaN) is NaN`, () => assert.ok(Number.isNaN(forward(tensor([NaN])).data[0])));

    refuses(
      `${name}(an array)`,
      () => forward([1] as unknown as Tensor),
      `${name}(): x must be a tensor`,
    );
    refuses(
      `${backward.name}(dy of another shape, x)`,
      () => backward(zeros([2]), zeros([3])),
      `${backward.name}(): dy must be a tensor of shape [3], but got a tensor of shape [2].`,
    );
    refuses(
      `${backward.name}(float64, float32)`,
      () => backward(zeros([3], "float64"), zeros([3])),
      "dy must be float32",
    );
  });
}

describe("activations at their bends", () => {
  const one = tensor([1], [1], "float64");
  const slope = (backward: (dy: Tensor, x: Tensor) => Tensor, x: number): number =>
    backward(one, tensor([x], [1], "float64")).data[0];

  it("reluBackward at 0 is 0", () => assert.equal(slope(reluBackward, 0), 0));
  it("relu6Backward at 0 and 6 is 0", () => {
    assert.equal(slope(relu6Backward, 0), 0);
    assert.equal(slope(relu6Backward, 6), 0);
  });
  it("leakyReluBackward at 0 is the slope of the negative side", () =>
    assert.equal(slope(leakyReluBackward, 0), 0.01));
  it("hardSigmoidBackward at -3 and 3 is 0, and 1/6 between", () => {
    assert.equal(slope(hardSigmoidBackward, -3), 0);
    assert.equal(slope(hardSigmoidBackward, 3), 0);
    assert.equal(slope(hardSigmoidBackward, 0), 1 / 6);
  });
  it("hardSwishBackward at -3 is 0, at 3 it is 1", () => {
    assert.equal(slope(hardSwishBackward, -3), 0);
    assert.equal(slope(hardSwishBackward, 3), 1);
  });
});

describe("softmax", () => {
  it("softmax(x) sums to 1 along the last axis, and does not change when x is moved", () => {
    const x = normal([3, 4], 2);
    const y = softmax(x);
    for (let m = 0; m < 3; m++)
      assertNear(
        [0, 1, 2, 3].reduce((sum, k) => sum + y.get(m, k), 0),
        1,
      );
    assertClose(softmax(x.map((value) => value + 1000)), y);
  });

  refuses(
    "softmax(x without classes)",
    () => softmax(zeros([3, 0])),
    "softmax(): x must be a tensor of shape [..., classes]",
  );
});

describe("leakyRelu", () => {
  refuses(
    "leakyRelu(x, NaN)",
    () => leakyRelu(zeros([1]), NaN),
    "leakyRelu(): slope must be a finite number",
  );
  refuses(
    "leakyReluBackward(dy, x, NaN)",
    () => leakyReluBackward(zeros([1]), zeros([1]), NaN),
    "slope must be a finite number",
  );
});
