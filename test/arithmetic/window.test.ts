import assert from "node:assert/strict";
import { entriesUnder, slideAlong, slidingWindow } from "#dist/arithmetic/index.js";

describe("slidingWindow", () => {
  it("slidingWindow(call, [h, w], [kh, kw], {stride: [sh, sw], ...}) keeps the axes apart", () => {
    const { height, width } = slidingWindow("conv2d", [10, 20], [3, 5], {
      stride: [1, 2],
      padding: [
        [0, 1],
        [2, 3],
      ],
      dilation: [2, 1],
    });
    assert.deepEqual(height, {
      ...{ input: 10, kernel: 3, stride: 1, dilation: 2, before: 0, after: 1, output: 7 },
    });
    assert.deepEqual(width, {
      ...{ input: 20, kernel: 5, stride: 2, dilation: 1, before: 2, after: 3, output: 11 },
    });
  });

  it("slidingWindow(..., {padding: [h, w]}) pads both ends of an axis alike", () => {
    const { height, width } = slidingWindow("conv2d", [5, 5], 3, { padding: [1, 2] });
    assert.deepEqual([height.before, height.after], [1, 1]);
    assert.deepEqual([width.before, width.after], [2, 2]);
  });

  it("slidingWindow names the call, the axis and both numbers when the kernel does not fit", () => {
    assert.throws(() => slidingWindow("pool2d", [8, 4], 5), {
      message:
        "pool2d(): kernel width must be at most the padded input's 4 (4 + 0 + 0), but got 5. Use a smaller kernel, or more padding.",
    });
  });

  it("slidingWindow refuses what is no stride, padding or kernel size", () => {
    assert.throws(
      () => slidingWindow("conv2d", [8, 8], 3, { stride: [1, 0] }),
      /stride\[1\] must be a positive integer, but got 0/,
    );
    assert.throws(() => slidingWindow("conv2d", [8, 8], 0), /kernel size must be a positive/);
    assert.throws(
      () =>
        slidingWindow("conv2d", [8, 8], 3, {
          padding: [
            [1, -1],
            [0, 0],
          ] as const,
        }),
      /padding\[0\]\[1\] must be an integer of at least 0, but got -1/,
    );
    assert.throws(
      // @ts-expect-error: three numbers
      () => slidingWindow("conv2d", [8, 8], 3, { padding: [1, 2, 3] }),
      /padding must be "valid", "same", "full", a number, \[h, w\]/,
    );
    assert.throws(() => slidingWindow("conv2d", [8, NaN], 3), /input width must be a positive/);
  });
});

describe("entriesUnder", () => {
  it("entriesUnder(axis, output) leaves out the taps in the padding", () => {
    const axis = slideAlong("test", 6, 3, { padding: 2, stride: 3, dilation: 2 });
    assert.equal(axis.output, 2);
    assert.deepEqual(entriesUnder(axis, 0), [0, 2]);
    assert.deepEqual(entriesUnder(axis, 1), [1, 3, 5]);
  });
});
