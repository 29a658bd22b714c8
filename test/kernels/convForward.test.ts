import {
  conv2d,
  conv2dBackward,
  convBackward,
  type ConvCache,
  convForward,
  type ConvParameters,
  convSingleStep,
  type Tensor,
  zeros,
} from "convbook";
import { inspect } from "node:util";
import { assertClose, assertNear, dot } from "./assertClose";
import { normal } from "./assertGradients";
import { refuses } from "./refuses";

describe("convSingleStep", () => {
  it("convSingleStep(aSlice, w, b) is the sum of the products, plus b", () => {
    const [aSlice, w, b] = [normal([3, 3, 2], 1), normal([3, 3, 2], 2), normal([1, 1, 1], 3)];
    assertNear(convSingleStep(aSlice, w, b), dot(aSlice, w) + b.data[0]);
  });

  const three = zeros([3, 3, 2]);
  const b = zeros([1, 1, 1]);
  refuses(
    "convSingleStep(aSlice, w of another size, b)",
    () => convSingleStep(three, zeros([3, 2, 2]), b),
    "convSingleStep(): w must be a tensor of shape [3, 3, 2], but got a tensor of shape [3, 2, 2].",
  );
  refuses(
    "convSingleStep(aSlice, w, a number)",
    () => convSingleStep(three, three, 1 as unknown as Tensor),
    "b must be a tensor of shape [1, 1, 1], but got 1",
  );
  refuses(
    "convSingleStep(a matrix, w, b)",
    () => convSingleStep(zeros([3, 3]), three, b),
    "aSlice must be a tensor of shape [f, f, nCPrev]",
  );
});

describe("convForward and convBackward", () => {
  for (const parameters of [
    { stride: 1, pad: 0 },
    { stride: 1, pad: 2 },
    { stride: 2, pad: 0 },
    { stride: 3, pad: 1 },
  ])
    it(`convForward and convBackward with ${inspect(parameters)} are conv2d and its gradients`, () => {
      const [aPrev, w, b] = [
        normal([2, 6, 5, 3], 1),
        normal([3, 3, 3, 2], 2),
        normal([1, 1, 1, 2], 3),
      ];
      const options = { stride: parameters.stride, padding: parameters.pad, bias: b.reshape([2]) };
      const { z, cache } = convForward(aPrev, w, b, parameters);
      assertClose(z, conv2d(aPrev, w, options));

      const dz = normal(z.shape, 4);
      const { daPrev, dw, db } = convBackward(dz, cache);
      const { dx, dFilter, dBias } = conv2dBackward(dz, aPrev, w, options);
      assertClose(daPrev, dx);
      assertClose(dw, dFilter);
      assertClose(db, dBias.reshape([1, 1, 1, 2]));
    });

  const [aPrev, w, b] = [zeros([1, 4, 4, 3]), zeros([3, 3, 3, 2]), zeros([1, 1, 1, 2])];
  for (const [parameters, part] of [
    [undefined, "options must be an object of options, { stride: ... }, but got nothing"],
    [{ stride: 0, pad: 0 }, "stride must be a positive integer, but got 0"],
    [{ stride: 1 }, "pad must be an integer of at least 0, but got nothing"],
    [{ stride: 1, pad: NaN }, "pad must be an integer of at least 0, but got NaN"],
    [{ stride: NaN, pad: 0 }, "stride must be a positive integer, but got NaN"],
  ] as [ConvParameters, string][])
    refuses(
      `convForward(aPrev, w, b, ${inspect(parameters)})`,
      () => convForward(aPrev, w, b, parameters),
      `convForward(): ${part}`,
    );
  const fine = { stride: 1, pad: 0 };
  refuses(
    "convForward(aPrev, w larger than it, b)",
    () => convForward(aPrev, zeros([5, 5, 3, 2]), b, fine),
    "at most the padded input's 4",
  );
  refuses(
    "convForward(aPrev, w that is not square, b)",
    () => convForward(aPrev, zeros([3, 2, 3, 2]), b, fine),
    "w must be a tensor of shape [3, 3, 3, 2]",
  );
  refuses(
    "convForward(aPrev, w for other channels, b)",
    () => convForward(aPrev, zeros([3, 3, 1, 2]), b, fine),
    "w must be a tensor of shape [3, 3, 3, 2]",
  );
  refuses(
    "convForward(aPrev, w, b of rank 1)",
    () => convForward(aPrev, w, zeros([2]), fine),
    "b must be a tensor of shape [1, 1, 1, 2]",
  );
  refuses(
    "convBackward(dz, no cache)",
    () => convBackward(zeros([1, 2, 2, 2]), undefined as unknown as ConvCache),
    "convBackward(): cache must be what convForward returned as its cache, but got nothing.",
  );
  refuses(
    "convBackward(dz of another shape, cache)",
    () => convBackward(zeros([1, 3, 3, 2]), convForward(aPrev, w, b, fine).cache),
    "dz must be a tensor of shape [1, 2, 2, 2]",
  );
});
