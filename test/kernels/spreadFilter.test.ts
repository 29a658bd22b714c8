import assert from "node:assert/strict";
import { conv2d, random, randomIntegers, spreadFilter, tensor, zeros } from "convbook";

describe("spreadFilter", () => {
  for (const [kh, kw, dilation] of [
    [3, 3, 1],
    [2, 4, 3],
    [3, 2, 2],
    [1, 3, 5],
  ])
    it(`a filter of ${kh} by ${kw}, ${dilation} apart, does what the option dilation does`, () => {
      const source = random(dilation);
      const x = randomIntegers([2, 12, 13, 2], -4, 4, source);
      const filter = randomIntegers([kh, kw, 2, 3], 1, 9, source);
      const spread = spreadFilter(filter, dilation);
      assert.deepEqual(
        spread.shape.slice(0, 2),
        [kh, kw].map((n) => dilation * (n - 1) + 1),
      );
      assert.equal(spread.data.filter((value) => value !== 0).length, filter.size);
      assert.deepEqual(conv2d(x, spread).toArray(), conv2d(x, filter, { dilation }).toArray());
    });

  it("keeps the precision, and refuses what has no rows and columns", () => {
    assert.equal(spreadFilter(zeros([2, 2], "float64"), 2).dtype, "float64");
    assert.throws(() => spreadFilter(tensor([1, 2]), 2), /\[kh, kw, ...\]/);
    assert.throws(() => spreadFilter(zeros([2, 2]), 0), /dilation must be a positive integer/);
  });
});
