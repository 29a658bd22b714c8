import assert from "node:assert/strict";
import { inspect } from "node:util";
import { fromFunction, imageOf, Tensor, tensor, zeros } from "convbook";

const matrix = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);
/** Each value tells its index: 1203 lies at [1, 2, 0, 3]. */
const telling = fromFunction(
  [2, 3, 2, 4],
  (m, row, column, c) => 1000 * m + 100 * row + 10 * column + c,
);

describe("Tensor", () => {
  it("new Tensor(data, shape) does not copy, and freezes the shape", () => {
    const data = Float64Array.of(1, 2);
    const x = new Tensor(data, [2, 1]);
    assert.equal(x.data, data);
    assert.equal(x.dtype, "float64");
    assert.deepEqual([x.size, x.rank, ...x.strides], [2, 2, 1, 1]);
    assert.throws(() => (x.shape as number[]).push(1), TypeError);
  });

  it("new Tensor(data, shape that does not fit) is refused", () => {
    assert.throws(
      () => new Tensor(new Float32Array(5), [2, 3]),
      /data must be 6 values, as shape \[2, 3\] holds, but got Float32Array of 5 values/,
    );
    assert.throws(() => new Tensor(new Float32Array(0), [-1, 0]), /shape must be an array of non-/);
    assert.throws(
      // @ts-expect-error: a plain array
      () => new Tensor([1, 2], [2]),
      /data must be a Float32Array or a Float64Array, but got \[1, 2\]. tensor\(values, shape\) takes/,
    );
  });

  it("tensor.get(index) and tensor.set(value, index)", () => {
    assert.equal(telling.get(1, 2, 0, 3), 1203);
    const x = zeros([2, 2]);
    x.set(7, 1, 0);
    assert.deepEqual(x.toArray(), [
      [0, 0],
      [7, 0],
    ]);
    assert.equal(tensor(5).get(), 5);
  });

  it("tensor.get(index outside) is an error, not undefined", () => {
    assert.throws(() => matrix.get(0, 3), /from 0 to 2 on axis 1 of shape \[2, 3\]/);
    assert.throws(() => matrix.get(-1, 0), /from 0 to 1 on axis 0/);
    assert.throws(() => matrix.get(0.5, 0), /from 0 to 1 on axis 0/);
    assert.throws(() => matrix.get(0), /index must be 2 numbers for a tensor of shape \[2, 3\]/);
    assert.throws(() => matrix.clone().set(1, 2, 0), /tensor.set\(\): index must be/);
    // @ts-expect-error: a string
    assert.throws(() => matrix.clone().set("1", 0, 0), /value must be a number, but got "1"/);
  });

  it("tensor.reshape(shape) keeps the order of the values and copies them", () => {
    const x = matrix.reshape([3, -1]);
    assert.deepEqual(x.toArray(), [
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    x.set(9, 0, 0);
    assert.equal(matrix.get(0, 0), 1);
    assert.throws(() => matrix.reshape([4, -1]), /a shape that holds 6 values \(this tensor is/);
    assert.throws(() => matrix.reshape([-1, -1]), /a shape that holds 6 values/);
    assert.throws(() => matrix.reshape([6.5]), /a shape that holds 6 values/);
  });

  it("tensor.transpose(axes) reorders the values with the axes", () => {
    assert.deepEqual(matrix.transpose([1, 0]).toArray(), [
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    const nchw = telling.transpose([0, 3, 1, 2]);
    assert.deepEqual(nchw.shape, [2, 4, 3, 2]);
    assert.equal(nchw.get(1, 3, 2, 0), 1203);
    assert.throws(() => matrix.transpose([0, 0]), /each of the axes 0 to 1 once, but got \[0, 0\]/);
  });

  it("tensor.slice(begin, size) copies a block", () => {
    const block = telling.slice([1, 1, 0, 2], [1, 2, -1, 1]);
    assert.deepEqual(block.toArray(), [
      [
        [[1102], [1112]],
        [[1202], [1212]],
      ],
    ]);
    block.set(0, 0, 0, 0, 0);
    assert.equal(telling.get(1, 1, 0, 2), 1102);
    assert.deepEqual(matrix.slice([2, 0], [0, 3]).shape, [0, 3]);
    assert.equal(tensor(5).slice([], []).get(), 5);
    assert.equal(matrix.as("float64").slice([0, 0], [1, 1]).dtype, "float64");
  });

  it("tensor.slice(beyond the end) names the axis and both numbers", () => {
    assert.throws(
      () => matrix.slice([0, 1], [2, 3]),
      /tensor.slice\(\): begin\[1\] \+ size\[1\] must be at most 3, the length of axis 1, but got 1 \+ 3/,
    );
    assert.throws(
      () => matrix.slice([3, 0], [-1, 1]),
      /size\[0\] must be an integer of at least 0/,
    );
    assert.throws(
      () => matrix.slice([-1, 0], [1, 1]),
      /begin\[0\] must be an integer of at least 0/,
    );
    assert.throws(() => matrix.slice([0], [1, 1]), /begin must be 2 numbers for a tensor of shape/);
  });

  it("tensor.image(i) and tensor.channel(c) keep four axes", () => {
    assert.deepEqual(telling.image(1).shape, [1, 3, 2, 4]);
    assert.equal(telling.image(1).get(0, 2, 0, 3), 1203);
    assert.deepEqual(telling.channel(3).shape, [2, 3, 2, 1]);
    assert.equal(telling.channel(3).get(1, 2, 0, 0), 1203);
    assert.throws(() => telling.image(2), /image must be an integer from 0 to 1, but got 2/);
    assert.throws(() => telling.channel(-1), /channel must be an integer from 0 to 3, but got -1/);
    assert.throws(
      () => matrix.image(0),
      /tensor.image\(\): the tensor must be of shape \[batch, height, width, channels\], but got a tensor of shape \[2, 3\]/,
    );
    assert.throws(
      () => zeros([0, 2, 2, 1]).image(0),
      /image must be left alone, for there is none/,
    );
  });

  it("tensor.toArray() nests as deep as the shape is long", () => {
    assert.deepEqual(telling.slice([0, 0, 0, 0], [1, 1, 2, 2]).toArray(), [
      [
        [
          [0, 1],
          [10, 11],
        ],
      ],
    ]);
    assert.equal(tensor(5).toArray(), 5);
    assert.deepEqual(zeros([2, 0]).toArray(), [[], []]);
  });

  it("tensor.toMatrix() gives rows of numbers, of one grey image too", () => {
    const rows: number[][] = matrix.toMatrix();
    assert.deepEqual(rows, [
      [1, 2, 3],
      [4, 5, 6],
    ]);
    assert.deepEqual(imageOf(rows).toMatrix(), rows);
    assert.deepEqual(telling.image(1).channel(2).toMatrix()[2], [1202, 1212]);
    assert.throws(
      () => telling.toMatrix(),
      /a matrix, or one image with one channel, \[1, h, w, 1\], but got a tensor of shape \[2, 3, 2, 4\]. Choose one with image\(i\) and channel\(c\)/,
    );
  });

  it("tensor.as(dtype) and tensor.clone() copy", () => {
    const third = tensor([1 / 3], [1], "float64");
    assert.equal(third.as("float32").get(0), Math.fround(1 / 3));
    assert.equal(third.as("float32").as("float64").dtype, "float64");
    const copy = third.clone();
    copy.set(0, 0);
    assert.equal(third.get(0), 1 / 3);
    // @ts-expect-error: no such precision
    assert.throws(() => third.as("int32"), /tensor.as\(\): dtype must be .* but got "int32"/);
  });

  it("tensor.map(f) refuses an f that returns nothing", () => {
    assert.deepEqual(matrix.map((value, offset) => value * offset).toArray(), [
      [0, 2, 6],
      [12, 20, 30],
    ]);
    assert.throws(
      // @ts-expect-error: returns nothing
      () => matrix.map((value) => void value),
      /tensor.map\(\): the value of f must be a number, but got nothing/,
    );
  });

  it("tensor.sum(), .mean(), .min(), .max(), .argmax()", () => {
    const x = tensor([
      [3, -4],
      [8, 8],
    ]);
    assert.deepEqual([x.sum(), x.mean(), x.min(), x.max()], [15, 3.75, -4, 8]);
    assert.deepEqual(x.argmax(), [1, 0]);
    assert.deepEqual(tensor([1, NaN, 7]).argmax(), [1]);
    assert.ok(Number.isNaN(tensor([1, NaN]).max()));
  });

  it("tensor.mean() of no values is refused, their sum is 0", () => {
    const nothing = zeros([0, 3]);
    assert.equal(nothing.sum(), 0);
    for (const method of ["mean", "min", "max", "argmax"] as const)
      assert.throws(
        () => nothing[method](),
        new RegExp(
          `tensor.${method}\\(\\): the tensor must be one with at least one value, but got a tensor of shape \\[0, 3\\]`,
        ),
      );
  });

  it("console.log(tensor) prints what String(tensor) is", () => {
    assert.equal(inspect(matrix), String(matrix));
    assert.match(String(matrix), /^Tensor \[2, 3\] float32\n\[\[1 2 3\]\n \[4 5 6\]\]$/);
  });
});
