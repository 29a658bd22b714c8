import assert from "node:assert/strict";
import fc from "fast-check";
import { concat, fromFunction, stack, tensor, zeros, zip } from "convbook";

describe("zip", () => {
  it("zip(a, b, f) pairs the values of one index", () => {
    const a = tensor([[1, 2]]);
    const b = tensor([[10, 20]]);
    assert.deepEqual(zip(a, b, (p, q) => q - p).toArray(), [[9, 18]]);
  });

  it("zip(a, b of another shape or precision, f) is refused", () => {
    assert.throws(
      () => zip(zeros([2]), zeros([1, 2]), Math.max),
      /zip\(\): b must be a tensor of shape \[2\], but got a tensor of shape \[1, 2\]/,
    );
    assert.throws(() => zip(zeros([2]), zeros([2], "float64"), Math.max), /must be float32 like/);
    // @ts-expect-error: a plain array
    assert.throws(() => zip([1], zeros([1]), Math.max), /a must be a tensor, but got \[1\]. Wrap/);
  });
});

describe("concat", () => {
  it("concat(tensors, axis) has at each index what the part there has", () => {
    const shape = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(shape, fc.nat(3), fc.nat(3), fc.nat(3), (lengths, anyAxis, first, second) => {
        const axis = anyAxis % lengths.length;
        const part = (length: number, sign: number) =>
          fromFunction(
            lengths.map((n, i) => (i === axis ? length : n)),
            (...index) => sign * index.reduce((sum, i) => 10 * sum + i, 1),
          );
        const [a, b] = [part(first, 1), part(second, -1)];
        const joined = concat([a, b], axis);
        const expected = fromFunction(joined.shape, (...index) => {
          if (index[axis] < first) return a.get(...index);
          return b.get(...index.map((i, other) => (other === axis ? i - first : i)));
        });
        assert.deepEqual(joined, expected);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it("concat(tensors that do not fit) names the tensor", () => {
    assert.throws(
      () => concat([zeros([2, 3]), zeros([2, 4])]),
      /concat\(\): tensors\[1\] must be a tensor of shape \[2, 3\], but got a tensor of shape \[2, 4\]/,
    );
    assert.throws(() => concat([zeros([2]), zeros([2, 4])]), /tensors\[1\] must be/);
    assert.throws(
      () => concat([zeros([2]), zeros([2], "float64")]),
      /tensors\[1\] must be float32/,
    );
    assert.throws(
      () => concat([]),
      /tensors must be an array of at least one tensor, but got \[\]/,
    );
    assert.throws(() => concat([zeros([2])], 1), /axis must be an integer from 0 to 0, but got 1/);
    // @ts-expect-error: numbers
    assert.throws(() => concat([1, 2]), /tensors\[0\] must be a tensor, but got 1/);
  });
});

describe("stack", () => {
  it("stack(tensors, axis) adds the axis", () => {
    const [a, b] = [tensor([[1, 2]]), tensor([[3, 4]])];
    assert.deepEqual(stack([a, b]).toArray(), [[[1, 2]], [[3, 4]]]);
    assert.deepEqual(stack([a, b], 2).toArray(), [
      [
        [1, 3],
        [2, 4],
      ],
    ]);
    assert.throws(
      () => stack([a, zeros([2])]),
      /stack\(\): tensors\[1\] must be a tensor of shape/,
    );
    assert.throws(() => stack([a, b], 3), /axis must be an integer from 0 to 2, but got 3/);
  });
});
