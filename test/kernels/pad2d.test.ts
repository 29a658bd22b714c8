import assert from "node:assert/strict";
import {
  conv2d,
  pad2d,
  pad2dBackward,
  type PadAmounts,
  type PadMode,
  type Tensor,
  tensor,
  zeroPad,
  zeros,
} from "convbook";
import { assertClose } from "./assertClose";
import { assertGradients, normal } from "./assertGradients";
import { refuses } from "./refuses";

describe("pad2d", () => {
  it("pad2d(x, [[top, bottom], [left, right]]) pads each side for itself", () => {
    const x = tensor([1, 2], [1, 1, 2, 1]);
    const y = pad2d(x, [
      [1, 0],
      [0, 2],
    ]);
    assert.deepEqual(y.reshape([2, 4]).toArray(), [
      [0, 0, 0, 0],
      [1, 2, 0, 0],
    ]);
  });

  it('pad2d(x, 2, {mode: "reflect"}) mirrors rows and columns', () => {
    const x = tensor([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    assert.deepEqual(pad2d(x, 1, { mode: "reflect" }).reshape([5, 5]).toArray(), [
      [5, 4, 5, 6, 5],
      [2, 1, 2, 3, 2],
      [5, 4, 5, 6, 5],
      [8, 7, 8, 9, 8],
      [5, 4, 5, 6, 5],
    ]);
  });

  it("conv2d(pad2d(x, padding), filter) = conv2d(x, filter, {padding})", () => {
    const [x, filter] = [normal([2, 4, 5, 3], 1), normal([3, 2, 3, 2], 2)];
    for (const padding of [
      0,
      2,
      [1, 0],
      [
        [0, 2],
        [1, 3],
      ],
    ] as PadAmounts[])
      assertClose(conv2d(pad2d(x, padding), filter), conv2d(x, filter, { padding }));
  });

  for (const mode of ["zero", "reflect", "edge"] as PadMode[])
    it(`pad2dBackward(dy, x, padding, {mode: "${mode}"}) agrees with differences`, () => {
      const padding = [
        [2, 0],
        [1, 2],
      ] as const;
      assertGradients(
        { dx: normal([2, 3, 4, 2], 3) },
        ({ dx }) => pad2d(dx, padding, { mode }),
        (dy, { dx }) => ({ dx: pad2dBackward(dy, dx, padding, { mode }) }),
      );
    });

  const x = zeros([1, 2, 3, 1]);
  refuses(
    "pad2d(x, -1)",
    () => pad2d(x, -1),
    "pad2d(): padding must be an integer of at least 0, but got -1.",
  );
  refuses(
    "pad2d(x, NaN)",
    () => pad2d(x, NaN),
    "padding must be an integer of at least 0, but got NaN",
  );
  refuses(
    'pad2d(x, "same")',
    () => pad2d(x, "same" as unknown as number),
    'a number, [h, w] or [[top, bottom], [left, right]], but got "same"',
  );
  refuses("pad2d(x)", () => pad2d(x, undefined as unknown as number), "padding must be");
  refuses(
    'pad2d(x, 1, {mode: "wrap"})',
    () => pad2d(x, 1, { mode: "wrap" as PadMode }),
    'mode must be "zero" or "reflect" or "edge", but got "wrap"',
  );
  refuses(
    'pad2d(x, 2, {mode: "reflect"})',
    () => pad2d(x, 2, { mode: "reflect" }),
    "less than the input height 2",
  );
  refuses(
    "pad2d(x of rank 2, 1)",
    () => pad2d(zeros([2, 3]), 1),
    "x must be a tensor of shape [batch, height, width, channels]",
  );
  refuses(
    "pad2dBackward(dy shaped as x, x, 1)",
    () => pad2dBackward(x, x, 1),
    "dy must be a tensor of shape [1, 4, 5, 1]",
  );
});

describe("zeroPad", () => {
  it("zeroPad(x, pad) of a batch puts pad zeros on each side of each image", () => {
    const x = normal([2, 3, 2, 3], 4);
    const y = zeroPad(x, 2);
    assert.deepEqual([...y.shape], [2, 7, 6, 3]);
    assertClose(y, pad2d(x, 2), { absolute: 0 });
    assert.equal(y.get(1, 2, 2, 1), x.get(1, 0, 0, 1));
  });

  it("zeroPad(x, 0) is x", () => {
    const x = normal([1, 2, 2, 1], 5);
    assertClose(zeroPad(x, 0), x, { absolute: 0 });
  });

  const x = zeros([1, 2, 2, 1]);
  refuses(
    "zeroPad(x, -1)",
    () => zeroPad(x, -1),
    "zeroPad(): pad must be an integer of at least 0, but got -1.",
  );
  refuses(
    "zeroPad(x, NaN)",
    () => zeroPad(x, NaN),
    "zeroPad(): pad must be an integer of at least 0, but got NaN.",
  );
  refuses(
    "zeroPad(an array, 1)",
    () => zeroPad([[1]] as unknown as Tensor, 1),
    "zeroPad(): x must be a tensor of shape",
  );
});
