import assert from "node:assert/strict";
import { comparePadding, outputSize, samePadding, symmetricPadding } from "convbook";

describe("samePadding", () => {
  it("samePadding(n, f, stride) as TensorFlow 2 computes it", () => {
    // The notes on padding of tf.nn: max(f - stride, 0) when stride divides n, else max(f - n % stride, 0).
    for (let n = 1; n <= 20; n++)
      for (let f = 1; f <= 7; f++)
        for (let stride = 1; stride <= 4; stride++) {
          const total = Math.max(n % stride === 0 ? f - stride : f - (n % stride), 0);
          const before = Math.floor(total / 2);
          assert.deepEqual(samePadding(n, f, stride), [before, total - before]);
        }
  });

  it("samePadding(n, f, stride) is the least that gives ceil(n / stride), the odd pixel at the end", () => {
    for (let n = 3; n <= 12; n++)
      for (let f = 1; f <= 5; f++)
        for (let stride = 1; stride <= 3; stride++)
          for (let dilation = 1; dilation <= 2; dilation++) {
            const [before, after] = samePadding(n, f, stride, dilation);
            assert.ok(after - before === 0 || after - before === 1);
            const wanted = Math.ceil(n / stride);
            const options = { stride, dilation };
            assert.equal(outputSize(n, f, { ...options, padding: [before, after] }), wanted);
            if (after === 0 || n + before + after - 1 < dilation * (f - 1) + 1) continue;
            const less = outputSize(n, f, { ...options, padding: [before, after - 1] });
            assert.ok(less < wanted, JSON.stringify({ n, f, stride, dilation }));
          }
  });

  it("samePadding(5, 0) is refused", () => {
    assert.throws(() => samePadding(5, 0), /samePadding\(\): f must be a positive integer/);
  });
});

describe("symmetricPadding", () => {
  it("symmetricPadding(f, dilation) keeps the size at stride 1", () => {
    for (const f of [1, 3, 5, 7, 11])
      for (const dilation of [1, 2, 3])
        assert.equal(outputSize(40, f, { padding: symmetricPadding(f, dilation), dilation }), 40);
  });

  it("symmetricPadding(4) is refused, for no whole number does it", () => {
    assert.throws(
      () => symmetricPadding(4),
      /symmetricPadding\(\): the length that the kernel covers must be odd, so that it has a middle, but got 4. A size is kept by 3 zeros in all/,
    );
    for (const p of [0, 1, 2, 3]) assert.notEqual(outputSize(20, 4, { padding: p }), 20);
  });

  it("symmetricPadding(2, 2) is [1, 1]: two taps with a gap cover three pixels", () => {
    assert.deepEqual(symmetricPadding(2, 2), [1, 1]);
  });
});

describe("comparePadding", () => {
  it("comparePadding(n, f) agrees at stride 1 for odd f", () => {
    for (const f of [1, 3, 5, 7]) {
      const { same, symmetric, shift } = comparePadding(20, f);
      assert.equal(shift, 0);
      assert.deepEqual(symmetric, same);
    }
  });

  it("comparePadding(224, 7, 2): the same size from windows one pixel apart", () => {
    const { same, symmetric, shift } = comparePadding(224, 7, 2);
    assert.deepEqual([same.before, same.after, same.output], [2, 3, 112]);
    assert.deepEqual([symmetric?.before, symmetric?.after, symmetric?.output], [3, 3, 112]);
    assert.equal(shift, 1);
  });

  it("comparePadding(225, 7, 2) agrees: the rule of TensorFlow depends on the size", () => {
    assert.equal(comparePadding(225, 7, 2).shift, 0);
  });

  it("comparePadding(n, even f) has no symmetric side", () => {
    const { same, symmetric, shift } = comparePadding(28, 2);
    assert.deepEqual([same.before, same.after], [0, 1]);
    assert.equal(symmetric, null);
    assert.equal(shift, null);
  });
});
