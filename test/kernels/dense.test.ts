import { conv2d, dense, denseBackward, zeros } from "convbook";
import { assertClose } from "./assertClose";
import { assertGradients, normal } from "./assertGradients";
import { refuses } from "./refuses";

describe("dense", () => {
  it("dense(x, weights) is a convolution of 1x1 images with 1x1 filters", () => {
    const [x, weights, bias] = [normal([3, 4], 1), normal([4, 5], 2), normal([5], 3)];
    const convolved = conv2d(x.reshape([3, 1, 1, 4]), weights.reshape([1, 1, 4, 5]), { bias });
    assertClose(dense(x, weights, { bias }), convolved.reshape([3, 5]));
  });
});

describe("denseBackward", () => {
  it("denseBackward(dy, x, weights) agrees with differences", () =>
    assertGradients(
      { dx: normal([3, 4], 1), dWeights: normal([4, 2], 2), dBias: normal([2], 3) },
      ({ dx, dWeights, dBias }) => dense(dx, dWeights, { bias: dBias }),
      (dy, { dx, dWeights, dBias }) => denseBackward(dy, dx, dWeights, { bias: dBias }),
    ));
});

describe("dense, refusals", () => {
  const x = zeros([2, 3]);
  const weights = zeros([3, 4]);
  refuses(
    "dense(images, weights)",
    () => dense(zeros([2, 1, 1, 3]), weights),
    "dense(): x must be a tensor of shape [batch, inputs], but got a tensor of shape [2, 1, 1, 3].",
  );
  refuses(
    "dense(x, weights the other way round)",
    () => dense(x, zeros([4, 3])),
    "weights must be a tensor of shape [3, 3], but got a tensor of shape [4, 3]",
  );
  refuses(
    "dense(x, weights, {bias of another size})",
    () => dense(x, weights, { bias: zeros([3]) }),
    "bias must be a tensor of shape [4]",
  );
  refuses(
    "dense(float32, float64)",
    () => dense(x, weights.as("float64")),
    "weights must be float32",
  );
  refuses(
    "denseBackward(dy of another shape, x, weights)",
    () => denseBackward(x, x, weights),
    "dy must be a tensor of shape [2, 4]",
  );
});
