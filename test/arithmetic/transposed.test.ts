import assert from "node:assert/strict";
import { outputSize, transposedOutputSize } from "convbook";
import { transposedWindow } from "#dist/arithmetic/index.js";

describe("transposedOutputSize", () => {
  it("transposedOutputSize(n, f, options) are the sizes that a convolution with these options takes to n", () => {
    for (let n = 1; n <= 6; n++)
      for (let f = 1; f <= 5; f++)
        for (let stride = 1; stride <= 4; stride++)
          for (let dilation = 1; dilation <= 2; dilation++)
            for (let padding = 0; padding <= 2; padding++) {
              const options = { stride, padding, dilation };
              const covered = dilation * (f - 1) + 1;
              const expected = [];
              for (let size = 1; size <= 60; size++)
                if (size + 2 * padding >= covered && outputSize(size, f, options) === n)
                  expected.push(size);
              const found = [];
              for (let outputPadding = 0; outputPadding < stride; outputPadding++)
                try {
                  found.push(transposedOutputSize(n, f, { ...options, outputPadding }));
                } catch (error) {
                  assert.match(String(error), /padding must be less than the \d+ pixels/);
                }
              assert.deepEqual(found, expected, JSON.stringify({ n, f, options }));
            }
  });

  it('transposedOutputSize(n, f, {stride, padding: "same"}) is n · stride', () => {
    for (let n = 1; n <= 6; n++)
      for (let f = 1; f <= 5; f++)
        for (let stride = 1; stride <= 4; stride++)
          assert.equal(transposedOutputSize(n, f, { stride, padding: "same" }), n * stride);
  });

  it("transposedOutputSize of published layers", () => {
    assert.equal(transposedOutputSize(1, 4), 4); // DCGAN, from the code to 4 x 4
    assert.equal(transposedOutputSize(4, 4, { stride: 2, padding: 1 }), 8); // DCGAN, each doubling
    assert.equal(transposedOutputSize(16, 64, { stride: 32 }), 544); // FCN-32s, the upsampling
  });

  it("transposedOutputSize(n, f, {outputPadding: stride}) is refused", () => {
    assert.throws(
      () => transposedOutputSize(4, 3, { stride: 2, outputPadding: 2 }),
      /outputPadding must be less than the stride 2, but got 2/,
    );
    assert.throws(
      () => transposedOutputSize(4, 3, { stride: 2, padding: "same", outputPadding: 1 }),
      /outputPadding must be 0 with "same"/,
    );
  });

  it("transposedOutputSize(1, 3, {padding: 2}) is refused: nothing is left", () => {
    assert.throws(
      () => transposedOutputSize(1, 3, { padding: 2 }),
      /padding must be less than the 3 pixels that it is cut from, but got 2 before and 2 after/,
    );
  });
});

describe("transposedWindow", () => {
  it("transposedWindow(call, [h, w], kernel, options) is the window of the convolution run backwards", () => {
    const { height, width } = transposedWindow("conv2dTranspose", [4, 5], [3, 4], {
      stride: [2, 3],
      padding: 1,
      outputPadding: [1, 0],
    });
    assert.deepEqual([height.input, height.output], [8, 4]);
    assert.deepEqual([width.input, width.output], [14, 5]);
    assert.deepEqual([height.kernel, width.kernel, width.before, width.after], [3, 4, 1, 1]);
  });

  it("transposedWindow speaks for its caller", () => {
    assert.throws(
      () => transposedWindow("conv2dTranspose", [4, 0], 3),
      /conv2dTranspose\(\): input width must be a positive integer, but got 0/,
    );
  });
});
