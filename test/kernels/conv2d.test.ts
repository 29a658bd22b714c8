import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import {
  conv2d,
  conv2dBackward,
  type Conv2dOptions,
  fromFunction,
  type Tensor,
  tensor,
  zeros,
} from "convbook";
import { convolution, seeded } from "./arbitraries";
import { assertClose, assertNear, dot } from "./assertClose";
import { assertGradients, normal } from "./assertGradients";
import { refuses } from "./refuses";

describe("conv2d", () => {
  it("conv2d(a·x + b·z, filter) = a·conv2d(x, filter) + b·conv2d(z, filter)", () => {
    fc.assert(
      fc.property(convolution, ({ xShape, filterShape, options, seed }) => {
        const [x, z] = [normal(xShape, seed), normal(xShape, seed + 1)];
        const filter = normal(filterShape, seed + 2);
        const mixed = x.map((value, i) => 2 * value - 3 * z.data[i]);
        const yOfZ = conv2d(z, filter, options);
        const expected = conv2d(x, filter, options).map((v, i) => 2 * v - 3 * yOfZ.data[i]);
        assertClose(conv2d(mixed, filter, options), expected);
      }),
      seeded,
    );
  });

  it("conv2d(x without its first stride rows, filter) = conv2d(x, filter) without its first row", () => {
    for (const stride of [1, 2, 3]) {
      const x = normal([1, 9, 7, 2], 1);
      const filter = normal([3, 2, 2, 3], 2);
      const whole = conv2d(x, filter, { stride }); // [1, oh, ow, 3]
      const moved = conv2d(dropRows(x, stride), filter, { stride });
      assertClose(moved, dropRows(whole, 1));
    }
  });

  it('conv2d(x, 1 in the middle, {padding: "same"}) is x', () => {
    const x = normal([2, 5, 6, 3], 3);
    for (const size of [1, 3, 5]) {
      const middle = (size - 1) / 2;
      const delta = fromFunction(
        [size, size, 3, 3],
        (a, b, c, o) => (a === middle && b === middle && c === o ? 1 : 0),
        "float64",
      );
      assertClose(conv2d(x, delta, { padding: "same" }), x, { absolute: 0 });
    }
  });

  it("conv2d(x, filter, {groups}) = the groups' convolutions side by side", () => {
    const x = normal([1, 4, 4, 4], 4);
    const filter = normal([3, 3, 2, 6], 5);
    const y = conv2d(x, filter, { groups: 2 }); // [1, 2, 2, 6]
    const halves = [0, 1].map((g) => conv2d(channels(x, 2 * g, 2), channels(filter, 3 * g, 3))); // each [1, 2, 2, 3]
    const joined = fromFunction(
      y.shape,
      (m, i, j, o) => halves[Math.floor(o / 3)].get(m, i, j, o % 3),
      "float64",
    );
    assertClose(y, joined);
  });

  it('conv2d(x, filter, {padding}) takes "same" and [[top, bottom], [left, right]] for the same', () => {
    const x = normal([1, 6, 5, 1], 6);
    const filter = normal([4, 2, 1, 1], 7);
    const sides = [
      [1, 2],
      [0, 1],
    ] as const;
    assertClose(conv2d(x, filter, { padding: "same" }), conv2d(x, filter, { padding: sides }));
  });

  it("conv2d(float32) rounds once: a sum of 4096 products is as good as its last digit", () => {
    const x = normal([1, 64, 64, 1], 8).as("float32");
    const filter = normal([64, 64, 1, 1], 9).as("float32");
    const exact = conv2d(x.as("float64"), filter.as("float64")).data[0];
    assert.equal(conv2d(x, filter).data[0], Math.fround(exact));
  });

  it("conv2d(x with NaN, filter) lets it through, to the windows that see it only", () => {
    const x = tensor([1, NaN, 3, 4], [1, 1, 4, 1]);
    const y = conv2d(x, tensor([1, 1], [1, 2, 1, 1]));
    assert.deepEqual([...y.data], [NaN, NaN, 7]);
  });
});

describe("conv2dBackward", () => {
  it("<conv2d(x, filter), dy> = <x, dx> = <filter, dFilter>, whatever the options", () => {
    fc.assert(
      fc.property(convolution, ({ xShape, filterShape, options, seed }) => {
        const x = normal(xShape, seed);
        const filter = normal(filterShape, seed + 1);
        const y = conv2d(x, filter, options);
        const dy = normal(y.shape, seed + 2);
        const { dx, dFilter } = conv2dBackward(dy, x, filter, options);
        assertNear(dot(x, dx), dot(y, dy));
        assertNear(dot(filter, dFilter), dot(y, dy));
      }),
      seeded,
    );
  });

  for (const options of [
    {},
    { stride: 2 },
    { stride: [1, 3], padding: [2, 0] },
    { padding: "same", stride: 2 },
    { padding: "full", dilation: 2 },
    {
      padding: [
        [0, 2],
        [1, 0],
      ],
      dilation: [2, 1],
      groups: 2,
    },
    { stride: 2, padding: 1, groups: 4 },
  ] as Conv2dOptions[])
    it(`conv2dBackward(dy, x, filter, ${JSON.stringify(options)}) agrees with differences`, () => {
      const { groups = 1 } = options;
      const inputs = {
        dx: normal([2, 6, 5, 4], 1),
        dFilter: normal([3, 2, 4 / groups, 4], 2),
        dBias: normal([4], 3),
      };
      assertGradients(
        inputs,
        ({ dx, dFilter, dBias }) => conv2d(dx, dFilter, { ...options, bias: dBias }),
        (dy, { dx, dFilter, dBias }) =>
          conv2dBackward(dy, dx, dFilter, { ...options, bias: dBias }),
      );
    });
});

describe("conv2d, refusals", () => {
  const x = zeros([1, 5, 6, 4]);
  const filter = zeros([3, 3, 4, 2]);
  refuses(
    "conv2d(an array, filter)",
    () => conv2d([[1]] as unknown as Tensor, filter),
    "conv2d(): x must be a tensor of shape [batch, height, width, channels], but got [[1]].",
  );
  refuses(
    "conv2d(x of rank 3, filter)",
    () => conv2d(zeros([5, 6, 4]), filter),
    "but got a tensor of shape [5, 6, 4]",
  );
  refuses("conv2d(no images, filter)", () => conv2d(zeros([0, 5, 6, 4]), filter), "x must be");
  refuses(
    "conv2d(x, filter of rank 2)",
    () => conv2d(x, zeros([3, 3])),
    "filter must be a tensor of shape [kh, kw, cin / groups, cout]",
  );
  refuses(
    "conv2d(x, filter for other channels)",
    () => conv2d(x, zeros([3, 3, 3, 2])),
    "filter's shape must be [3, 3, 4, 2], since x has 4 channels in 1 group, but got [3, 3, 3, 2].",
  );
  refuses(
    "conv2d(x, filter larger than x)",
    () => conv2d(x, zeros([6, 3, 4, 2])),
    "kernel height must be at most the padded input's 5",
  );
  refuses(
    "conv2d(x, filter, {dilation}) that stretches the filter over more than x",
    () => conv2d(x, filter, { dilation: 3 }),
    "dilation 3 stretches 3 taps over 7",
  );
  for (const [options, part] of [
    [{ stride: 0 }, "stride must be a positive integer, but got 0"],
    [{ stride: NaN }, "stride must be a positive integer, but got NaN"],
    [{ stride: [1, 1.5] }, "stride[1] must be a positive integer, but got 1.5"],
    [{ padding: -1 }, "padding must be an integer of at least 0, but got -1"],
    [{ padding: [0, NaN] }, "padding[1] must be an integer of at least 0, but got NaN"],
    [{ dilation: 0 }, "dilation must be a positive integer, but got 0"],
    [{ groups: 0 }, "groups must be a positive integer, but got 0"],
    [{ groups: 3 }, "a divisor of the 4 input channels and of the 2 output channels, but got 3"],
    [{ bias: zeros([3]) }, "bias must be a tensor of shape [2], but got a tensor of shape [3]"],
    [{ bias: zeros([2], "float64") }, "bias must be float32 like the other tensors"],
  ] as [Conv2dOptions, string][])
    refuses(`conv2d(x, filter, ${inspect(options)})`, () => conv2d(x, filter, options), part);
  refuses(
    "conv2d(float32, float64)",
    () => conv2d(x, filter.as("float64")),
    "filter must be float32 like the other tensors, but got a tensor of shape [3, 3, 4, 2] in float64. Convert",
  );
  refuses(
    "conv2dBackward(dy of another shape, x, filter)",
    () => conv2dBackward(zeros([1, 3, 3, 2]), x, filter),
    "conv2dBackward(): dy must be a tensor of shape [1, 3, 4, 2], but got a tensor of shape [1, 3, 3, 2].",
  );
  refuses(
    "conv2dBackward(dy in float64, x, filter)",
    () => conv2dBackward(zeros([1, 3, 4, 2], "float64"), x, filter),
    "dy must be float32",
  );
});

function dropRows(x: Tensor, rows: number): Tensor {
  const [batch, height, width, channels] = x.shape;
  return fromFunction(
    [batch, height - rows, width, channels],
    (m, i, j, c) => x.get(m, i + rows, j, c),
    x.dtype,
  );
}

/** Some entries of the last axis of a tensor of rank 4. */
function channels(x: Tensor, first: number, count: number): Tensor {
  const [a, b, c] = x.shape;
  return fromFunction([a, b, c, count], (i, j, k, l) => x.get(i, j, k, first + l), x.dtype);
}
