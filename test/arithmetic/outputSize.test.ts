import assert from "node:assert/strict";
import { outputSize } from "convbook";

describe("outputSize", () => {
  it("outputSize(n, f, {stride, padding, dilation}) is the number of windows that fit", () => {
    for (let n = 1; n <= 14; n++)
      for (let f = 1; f <= 5; f++)
        for (let stride = 1; stride <= 4; stride++)
          for (let dilation = 1; dilation <= 3; dilation++)
            for (const padding of [0, 1, 2, [0, 1], [3, 1]] as const) {
              const [before, after] = typeof padding === "number" ? [padding, padding] : padding;
              const padded = n + before + after;
              const covered = 1 + dilation * (f - 1);
              const options = { stride, padding, dilation };
              if (covered > padded) {
                assert.throws(() => outputSize(n, f, options), /at most the padded input's/);
                continue;
              }
              let windows = 0;
              while (windows * stride + covered <= padded) windows += 1;
              const label = JSON.stringify({ n, f, options });
              assert.equal(outputSize(n, f, options), windows, label);
              // In ceil mode one more counts, if pixels are left over and it begins before the input's end.
              const reached = (windows - 1) * stride + covered;
              if (reached < padded && windows * stride < before + n) windows += 1;
              assert.equal(outputSize(n, f, { ...options, ceilMode: true }), windows, label);
            }
  });

  it('outputSize(n, f, {padding: "same", stride}) is ceil(n / stride)', () => {
    for (let n = 1; n <= 20; n++)
      for (let f = 1; f <= 7; f++)
        for (let stride = 1; stride <= 4; stride++)
          assert.equal(outputSize(n, f, { padding: "same", stride }), Math.ceil(n / stride));
  });

  it('outputSize(n, f, {padding: "full"}) is n + f - 1', () => {
    assert.equal(outputSize(5, 3, { padding: "full" }), 7);
    assert.equal(outputSize(2, 4, { padding: "full" }), 5);
    assert.equal(outputSize(5, 3, { padding: "full", dilation: 2 }), 9);
  });

  it("outputSize of published layers", () => {
    assert.equal(outputSize(227, 11, { stride: 4 }), 55); // AlexNet, conv1
    assert.equal(outputSize(224, 7, { stride: 2, padding: 3 }), 112); // ResNet, conv1
    assert.equal(outputSize(112, 3, { stride: 2, ceilMode: true }), 56); // GoogLeNet, pool1
    assert.equal(outputSize(299, 3, { stride: 2 }), 149); // Inception v3, first layer
    assert.equal(outputSize(32, 5), 28); // LeNet-5, C1
  });

  it("outputSize(n, f, {ceilMode}) drops a window that would begin in the padding after the end", () => {
    assert.equal(outputSize(4, 1, { stride: 3, padding: [0, 1], ceilMode: true }), 2);
    assert.equal(outputSize(3, 2, { stride: 3, padding: [0, 1], ceilMode: true }), 1);
  });

  it("outputSize(n, f) of a kernel that does not fit says how much there is", () => {
    assert.throws(() => outputSize(4, 5), {
      name: "ArgumentError",
      message:
        "outputSize(): f must be at most the padded input's 4 (4 + 0 + 0), but got 5. Use a smaller kernel, or more padding.",
    });
    assert.throws(
      () => outputSize(4, 3, { dilation: 2 }),
      /f \(dilation 2 stretches 3 taps over 5\)/,
    );
  });

  it("outputSize of what is no size is refused", () => {
    assert.throws(() => outputSize(NaN, 3), /n must be a positive integer, but got NaN/);
    assert.throws(() => outputSize(0, 3), /n must be a positive integer, but got 0/);
    assert.throws(() => outputSize(7.5, 3), /n must be a positive integer, but got 7.5/);
    assert.throws(() => outputSize(7, 0), /f must be a positive integer, but got 0/);
    assert.throws(() => outputSize(7, 3, { stride: 0 }), /stride must be a positive integer/);
    assert.throws(() => outputSize(7, 3, { dilation: -1 }), /dilation must be a positive integer/);
    assert.throws(
      () => outputSize(7, 3, { padding: -1 }),
      /padding must be an integer of at least 0/,
    );
    assert.throws(() => outputSize(7, 3, { padding: [1, 0.5] }), /padding\[1\] must be/);
    // @ts-expect-error: no such padding
    assert.throws(() => outputSize(7, 3, { padding: "SAME" }), /padding must be "valid", "same"/);
  });
});
