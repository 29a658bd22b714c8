import assert from "node:assert/strict";
import { filterOf, fromFunction, full, imageOf, tensor, zeros } from "convbook";

describe("tensor", () => {
  it("tensor(nested arrays) takes its shape from the nesting", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    assert.deepEqual(x.shape, [2, 3]);
    assert.deepEqual(tensor([]).shape, [0]);
    assert.deepEqual(tensor([[], []]).shape, [2, 0]);
    assert.deepEqual(tensor(7).shape, []);
  });

  it("tensor(values, shape, dtype) copies", () => {
    const values = Float64Array.of(0.1, 0.2);
    const x = tensor(values, [2, 1], "float64");
    values[0] = 9;
    assert.equal(x.get(0, 0), 0.1);
    assert.equal(tensor(values).dtype, "float32");
    assert.deepEqual(tensor(values).shape, [2]);
  });

  it("tensor(ragged arrays) names the row that differs", () => {
    assert.throws(
      () => tensor([[1, 2], [3]]),
      /values\[1\] must be 2 entries, like its siblings, but got 1 entries/,
    );
    assert.throws(() => tensor([[1, 2], 3]), /values\[1\] must be 2 entries, like its siblings/);
    assert.throws(() => tensor([1, [2]]), /values\[1\] must be a number, but got 1 entries/);
  });

  it("tensor(what are no numbers) is refused", () => {
    // @ts-expect-error: a string
    assert.throws(() => tensor([1, "2"]), /values must be numbers?, but got "2"|a number, but got/);
    // @ts-expect-error: nothing
    assert.throws(() => tensor([1, undefined]), /must be a number, but got nothing/);
    assert.throws(
      () => tensor([1, 2, 3], [2, 2]),
      /values must be 4 numbers to fill the shape \[2, 2\], but got 3 numbers/,
    );
    assert.throws(() => tensor([1], [1.5]), /shape must be an array of non-negative integers/);
    // @ts-expect-error: no such precision
    assert.throws(() => tensor([1], [1], "int8"), /dtype must be "float32" or "float64"/);
  });
});

describe("zeros, full, fromFunction", () => {
  it("zeros(shape, dtype)", () => {
    assert.deepEqual(zeros([2, 1], "float64").data, Float64Array.of(0, 0));
    assert.throws(() => zeros([-1]), /zeros\(\): shape must be an array of non-negative integers/);
    assert.throws(() => zeros([NaN]), /shape must be/);
  });

  it("full(shape, value)", () => {
    assert.deepEqual(full([1, 2], 0.5).toArray(), [[0.5, 0.5]]);
    // @ts-expect-error: no value
    assert.throws(() => full([2]), /full\(\): value must be a number, but got nothing/);
  });

  it("fromFunction(shape, f) calls f with each index in order", () => {
    const seen: number[][] = [];
    fromFunction([2, 1, 2], (...index) => seen.push(index));
    assert.deepEqual(seen, [
      [0, 0, 0],
      [0, 0, 1],
      [1, 0, 0],
      [1, 0, 1],
    ]);
    assert.throws(
      // @ts-expect-error: returns nothing
      () => fromFunction([2], () => {}),
      /the value of f must be a number, but got nothing/,
    );
  });
});

describe("imageOf, filterOf", () => {
  it("imageOf(rows) has one channel, imageOf(rows of pixels) as many as a pixel", () => {
    assert.deepEqual(imageOf([[1, 2]]).shape, [1, 1, 2, 1]);
    assert.deepEqual(imageOf([[[1, 2, 3]]]).shape, [1, 1, 1, 3]);
    assert.deepEqual(imageOf(zeros([4, 5], "float64")).shape, [1, 4, 5, 1]);
    assert.equal(imageOf([[1]], "float64").dtype, "float64");
    assert.throws(() => imageOf([1, 2]), /rows must be rows of numbers, \[h\]\[w\], or rows of/);
  });

  it("filterOf(rows) is for one channel", () => {
    assert.deepEqual(filterOf([[1, 2, 3]]).shape, [1, 3, 1, 1]);
    assert.throws(() => filterOf([[[1]]]), /rows must be rows of numbers, \[kh\]\[kw\]/);
  });
});
