import { squeezeExcite, squeezeExciteBackward, type SqueezeExciteWeights, zeros } from "convbook";
import { assertClose } from "./assertClose";
import { assertGradients, normal } from "./assertGradients";
import { refuses } from "./refuses";

const weights = {
  w1: normal([4, 2], 1),
  b1: normal([2], 2),
  w2: normal([2, 4], 3),
  b2: normal([4], 4),
};

describe("squeezeExcite", () => {
  it("squeezeExcite(x, zero weights) halves x", () => {
    const x = normal([2, 3, 2, 4], 5);
    const none = {
      w1: zeros([4, 2], "float64"),
      b1: zeros([2], "float64"),
      w2: zeros([2, 4], "float64"),
      b2: zeros([4], "float64"),
    };
    assertClose(
      squeezeExcite(x, none).y,
      x.map((value) => value / 2),
    );
  });
});

describe("squeezeExciteBackward", () => {
  it("squeezeExciteBackward(dy, x, weights) agrees with differences", () =>
    assertGradients(
      {
        dx: normal([3, 2, 3, 4], 6),
        dW1: weights.w1,
        dB1: weights.b1,
        dW2: weights.w2,
        dB2: weights.b2,
      },
      ({ dx, dW1, dB1, dW2, dB2 }) => squeezeExcite(dx, { w1: dW1, b1: dB1, w2: dW2, b2: dB2 }).y,
      (dy, { dx, dW1, dB1, dW2, dB2 }) =>
        squeezeExciteBackward(dy, dx, { w1: dW1, b1: dB1, w2: dW2, b2: dB2 }),
    ));
});

describe("squeezeExcite, refusals", () => {
  const x = normal([1, 2, 2, 4], 7);
  refuses(
    "squeezeExcite(x of rank 2, weights)",
    () => squeezeExcite(zeros([2, 4]), weights),
    "x must be a tensor",
  );
  refuses(
    "squeezeExcite(x)",
    () => squeezeExcite(x, undefined as unknown as SqueezeExciteWeights),
    "squeezeExcite(): w1 must be a tensor of shape [channels, channels / reduction], but got nothing",
  );
  refuses(
    "squeezeExcite(x, w1 for other channels)",
    () => squeezeExcite(x, { ...weights, w1: normal([3, 2], 1) }),
    "w1 must be a tensor of shape [4, 2]",
  );
  refuses(
    "squeezeExcite(x, w2 that does not fit w1)",
    () => squeezeExcite(x, { ...weights, w2: normal([3, 4], 1) }),
    "w2 must be a tensor of shape [2, 4]",
  );
  refuses(
    "squeezeExcite(x, b1 and b2 exchanged)",
    () => squeezeExcite(x, { ...weights, b1: weights.b2, b2: weights.b1 }),
    "b1 must be a tensor of shape [2]",
  );
  refuses(
    "squeezeExcite(float32, float64)",
    () => squeezeExcite(x.as("float32"), weights),
    "w1 must be float32",
  );
  refuses(
    "squeezeExciteBackward(dy of another shape, x, weights)",
    () => squeezeExciteBackward(zeros([1, 2, 2, 3]), x, weights),
    "dy must be a tensor of shape [1, 2, 2, 4]",
  );
});
