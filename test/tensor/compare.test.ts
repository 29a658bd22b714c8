import assert from "node:assert/strict";
import { allClose, firstDifference, tensor, zeros } from "convbook";
import { isClose } from "#dist/tensor/index.js";

describe("isClose", () => {
  it("isClose(a, b) is relative above 1 and absolute below", () => {
    assert.ok(isClose(1e6, 1e6 + 9));
    assert.ok(!isClose(1e6, 1e6 + 11));
    assert.ok(isClose(0, 9e-6));
    assert.ok(!isClose(0, 1.1e-5));
    assert.ok(isClose(NaN, NaN) && isClose(Infinity, Infinity) && isClose(0, -0));
    assert.ok(!isClose(NaN, 0) && !isClose(Infinity, -Infinity) && !isClose(Infinity, 1));
  });
});

describe("firstDifference", () => {
  const a = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it("firstDifference(a, b) says where, what, and how many", () => {
    const b = a.clone();
    b.set(NaN, 0, 2);
    b.set(0, 1, 1);
    assert.deepEqual(firstDifference(a, b), { index: [0, 2], a: 3, b: NaN, count: 2 });
    assert.equal(firstDifference(a, a.clone()), null);
    assert.equal(firstDifference(a, a.as("float64")), null);
  });

  it("allClose(a, b, {tolerance})", () => {
    const b = a.map((value) => value * 1.01);
    assert.ok(!allClose(a, b));
    assert.ok(allClose(a, b, { tolerance: 0.02 }));
    assert.ok(allClose(a, a, { tolerance: 0 }));
    assert.ok(allClose(zeros([0]), zeros([0])));
  });

  it("allClose(a, b of another shape) is refused", () => {
    assert.throws(
      () => allClose(a, zeros([3, 2])),
      /allClose\(\): b must be a tensor of shape \[2, 3\], but got a tensor of shape \[3, 2\]/,
    );
    // @ts-expect-error: a plain array
    assert.throws(() => firstDifference([1], a), /firstDifference\(\): a must be a tensor/);
    assert.throws(() => allClose(a, a, { tolerance: NaN }), /tolerance must be a finite number/);
  });
});
