import { globalAveragePool, globalAveragePoolBackward, zeros } from "convbook";
import { assertGradients, normal } from "./assertGradients";
import { refuses } from "./refuses";

describe("globalAveragePoolBackward", () => {
  it("globalAveragePoolBackward(dy, x) agrees with differences", () =>
    assertGradients(
      { dx: normal([2, 3, 2, 2], 1) },
      ({ dx }) => globalAveragePool(dx),
      (dy, { dx }) => ({ dx: globalAveragePoolBackward(dy, dx) }),
    ));
});

describe("globalAveragePool, refusals", () => {
  refuses(
    "globalAveragePool(x of rank 2)",
    () => globalAveragePool(zeros([2, 3])),
    "globalAveragePool(): x must be a tensor of shape [batch, height, width, channels]",
  );
  refuses(
    "globalAveragePool(images without pixels)",
    () => globalAveragePool(zeros([1, 0, 2, 3])),
    "x must be",
  );
  refuses(
    "globalAveragePoolBackward(dy of rank 4, x)",
    () => globalAveragePoolBackward(zeros([1, 1, 1, 3]), zeros([1, 2, 2, 3])),
    "dy must be a tensor of shape [1, 3]",
  );
});
