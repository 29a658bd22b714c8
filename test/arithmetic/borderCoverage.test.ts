import assert from "node:assert/strict";
import { borderCoverage, conv2d, conv2dBackward, full, zeros } from "convbook";

describe("borderCoverage", () => {
  it("borderCoverage([h, w], f, options) is the gradient that a filter of ones sends back", () => {
    for (const stride of [1, 2, 3])
      for (const padding of [0, 1, "same", "full"] as const)
        for (const dilation of [1, 2]) {
          const options = { stride, padding, dilation };
          const counts = borderCoverage([7, 9], [3, 2], options);
          const x = zeros([1, 7, 9, 1]);
          const filter = full([3, 2, 1, 1], 1);
          const dx = gradientOfOnes(x, filter, options);
          assert.deepEqual(counts.toArray(), dx.reshape([7, 9]).toArray());
        }
  });

  it("borderCoverage([6, 6], 3): a corner once, the middle nine times; padding helps", () => {
    assert.equal(borderCoverage([6, 6], 3).get(0, 0), 1);
    assert.equal(borderCoverage([6, 6], 3).get(2, 3), 9);
    assert.equal(borderCoverage([6, 6], 3, { padding: "same" }).get(0, 0), 4);
    assert.equal(borderCoverage([6, 6], 3, { padding: "full" }).min(), 9);
  });

  it("borderCoverage([6, 6], 3, {stride: 0}) is refused", () => {
    assert.throws(
      () => borderCoverage([6, 6], 3, { stride: 0 }),
      /borderCoverage\(\): stride must be a positive integer, but got 0/,
    );
  });
});

function gradientOfOnes(...[x, filter, options]: Parameters<typeof conv2d>) {
  const dy = conv2d(x, filter, options).map(() => 1);
  return conv2dBackward(dy, x, filter, options).dx;
}
