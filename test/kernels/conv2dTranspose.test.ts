import fc from "fast-check";
import {
  conv2d,
  conv2dTranspose,
  conv2dTransposeBackward,
  type Conv2dTransposeOptions,
  fromFunction,
  type Tensor,
  zeros,
} from "convbook";
import { slidingWindow } from "#dist/arithmetic/index.js";
import { inspect } from "node:util";
import { convolution, seeded } from "./arbitraries";
import { assertClose, assertNear, dot } from "./assertClose";
import { assertGradients, normal } from "./assertGradients";
import { refuses } from "./refuses";

describe("conv2dTranspose", () => {
  it("<conv2d(x, filter), y> = <x, conv2dTranspose(y, filter)>, whatever the options", () => {
    fc.assert(
      fc.property(convolution, ({ xShape, filterShape, options, seed }) => {
        const x = normal(xShape, seed);
        const filter = normal(filterShape, seed + 1);
        const convolved = conv2d(x, filter, options);
        const y = normal(convolved.shape, seed + 2);
        // Rows and columns that the stride leaves over are no window's: outputPadding brings them back.
        const { height, width } = slidingWindow(
          "test",
          [xShape[1], xShape[2]],
          [filterShape[0], filterShape[1]],
          options,
        );
        const outputPadding = [leftOver(height), leftOver(width)] as const;
        const back = conv2dTranspose(y, filter, { ...options, outputPadding });
        assertNear(dot(x, back), dot(convolved, y));
      }),
      seeded,
    );
  });

  it('conv2dTranspose(x, filter, {stride, padding: "same"}) is stride times as large', () => {
    for (const [size, stride] of [
      [3, 2],
      [4, 2],
      [2, 3],
      [5, 1],
    ]) {
      const filter = normal([size, size, 1, 2], 1);
      const x = normal([1, 4, 5, 2], 2);
      const y = conv2dTranspose(x, filter, { stride, padding: "same" });
      const image = normal(y.shape, 3);
      assertNear(dot(image, y), dot(conv2d(image, filter, { stride, padding: "same" }), x));
    }
  });

  it("conv2dTranspose(x, a 2x2 filter of ones, {stride: 2}) repeats each pixel four times", () => {
    const x = normal([1, 3, 2, 1], 4);
    const ones = zeros([2, 2, 1, 1], "float64").map(() => 1);
    const repeated = fromFunction(
      [1, 6, 4, 1],
      (m, i, j, c) => x.get(m, Math.floor(i / 2), Math.floor(j / 2), c),
      "float64",
    );
    assertClose(conv2dTranspose(x, ones, { stride: 2 }), repeated, { absolute: 0 });
  });
});

describe("conv2dTransposeBackward", () => {
  for (const options of [
    {},
    { stride: 2, padding: 1, outputPadding: 1 },
    {
      stride: [2, 3],
      padding: [
        [0, 1],
        [2, 0],
      ],
      outputPadding: [1, 2],
      dilation: [1, 2],
    },
    { stride: 2, padding: "same", groups: 2 },
  ] as Conv2dTransposeOptions[])
    it(`conv2dTransposeBackward(dy, x, filter, ${inspect(options)}) agrees with differences`, () => {
      const { groups = 1 } = options;
      assertGradients(
        {
          dx: normal([2, 3, 2, 4], 1),
          dFilter: normal([3, 2, 4 / groups, 4], 2),
          dBias: normal([4], 3),
        },
        ({ dx, dFilter, dBias }) => conv2dTranspose(dx, dFilter, { ...options, bias: dBias }),
        (dy, { dx, dFilter, dBias }) =>
          conv2dTransposeBackward(dy, dx, dFilter, { ...options, bias: dBias }),
      );
    });
});

describe("conv2dTranspose, refusals", () => {
  const x = zeros([1, 3, 3, 4]);
  const filter = zeros([3, 3, 2, 4]);
  refuses(
    "conv2dTranspose(x, filter as conv2d takes it)",
    () => conv2dTranspose(x, zeros([3, 3, 4, 2])),
    "conv2dTranspose(): filter's shape must be [3, 3, cout / groups, 4], since x has 4 channels, but got [3, 3, 4, 2].",
  );
  refuses(
    "conv2dTranspose(x of rank 3, filter)",
    () => conv2dTranspose(zeros([3, 3, 4]), filter),
    "x must be",
  );
  refuses(
    "conv2dTranspose(undefined, filter)",
    () => conv2dTranspose(undefined as unknown as Tensor, filter),
    "but got nothing",
  );
  for (const [options, part] of [
    [{ stride: 0 }, "stride must be a positive integer, but got 0"],
    [{ stride: 2, outputPadding: 2 }, "outputPadding must be less than the stride 2, but got 2"],
    [{ outputPadding: NaN }, "outputPadding must be an integer of at least 0, but got NaN"],
    [{ padding: 3 }, "padding must be less than the 5 pixels"],
    [{ groups: 3 }, "groups must be a divisor of the 4 input channels, but got 3"],
    [{ groups: 2, bias: zeros([2]) }, "bias must be a tensor of shape [4]"],
  ] as [Conv2dTransposeOptions, string][])
    refuses(
      `conv2dTranspose(x, filter, ${inspect(options)})`,
      () => conv2dTranspose(x, filter, options),
      part,
    );
  refuses(
    "conv2dTransposeBackward(dy shaped as x, x, filter)",
    () => conv2dTransposeBackward(x, x, filter),
    "dy must be a tensor of shape [1, 5, 5, 2]",
  );
});

function leftOver(axis: {
  input: number;
  before: number;
  after: number;
  kernel: number;
  dilation: number;
  stride: number;
}): number {
  return (
    (axis.input + axis.before + axis.after - axis.dilation * (axis.kernel - 1) - 1) % axis.stride
  );
}
