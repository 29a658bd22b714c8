import {
  conv2d,
  depthwiseConv2d,
  depthwiseConv2dBackward,
  type DepthwiseConv2dOptions,
  fromFunction,
  zeros,
} from "convbook";
import { inspect } from "node:util";
import { assertClose } from "./assertClose";
import { assertGradients, normal } from "./assertGradients";
import { refuses } from "./refuses";

describe("depthwiseConv2d", () => {
  it("depthwiseConv2d(x, filter) filters each channel for itself", () => {
    const x = normal([2, 5, 6, 3], 1);
    const filter = normal([3, 2, 3, 2], 2);
    const options = { stride: 2, padding: 1 };
    const y = depthwiseConv2d(x, filter, options); // [2, 3, 4, 6]
    for (let c = 0; c < 3; c++)
      for (let q = 0; q < 2; q++) {
        const channel = fromFunction([2, 5, 6, 1], (m, i, j) => x.get(m, i, j, c), "float64");
        const kernel = fromFunction([3, 2, 1, 1], (a, b) => filter.get(a, b, c, q), "float64");
        const alone = conv2d(channel, kernel, options); // [2, 3, 4, 1]
        assertClose(
          fromFunction(alone.shape, (m, i, j) => y.get(m, i, j, 2 * c + q), "float64"),
          alone,
        );
      }
  });
});

describe("depthwiseConv2dBackward", () => {
  for (const options of [
    {},
    { stride: 2, padding: "same" },
    {
      padding: [
        [1, 0],
        [0, 2],
      ],
      dilation: 2,
    },
  ] as DepthwiseConv2dOptions[])
    it(`depthwiseConv2dBackward(dy, x, filter, ${inspect(options)}) agrees with differences`, () =>
      assertGradients(
        { dx: normal([2, 5, 4, 2], 1), dFilter: normal([3, 2, 2, 3], 2), dBias: normal([6], 3) },
        ({ dx, dFilter, dBias }) => depthwiseConv2d(dx, dFilter, { ...options, bias: dBias }),
        (dy, { dx, dFilter, dBias }) =>
          depthwiseConv2dBackward(dy, dx, dFilter, { ...options, bias: dBias }),
      ));
});

describe("depthwiseConv2d, refusals", () => {
  const x = zeros([1, 5, 5, 3]);
  const filter = zeros([3, 3, 3, 2]);
  refuses(
    "depthwiseConv2d(x, filter for other channels)",
    () => depthwiseConv2d(x, zeros([3, 3, 2, 1])),
    "depthwiseConv2d(): filter's shape must be [3, 3, 3, multiplier], since x has 3 channels, but got [3, 3, 2, 1].",
  );
  refuses(
    "depthwiseConv2d(x, filter, {bias of the input's channels})",
    () => depthwiseConv2d(x, filter, { bias: zeros([3]) }),
    "depthwiseConv2d(): bias must be a tensor of shape [6]",
  );
  refuses(
    "depthwiseConv2d(x, filter, {stride: 0})",
    () => depthwiseConv2d(x, filter, { stride: 0 }),
    "depthwiseConv2d(): stride must be a positive integer, but got 0",
  );
  refuses(
    "depthwiseConv2d(x, filter larger than x)",
    () => depthwiseConv2d(x, zeros([6, 3, 3, 1])),
    "depthwiseConv2d(): kernel height",
  );
  refuses(
    "depthwiseConv2dBackward(dy of another shape, x, filter)",
    () => depthwiseConv2dBackward(zeros([1, 3, 3, 3]), x, filter),
    "dy must be a tensor of shape [1, 3, 3, 6]",
  );
});
