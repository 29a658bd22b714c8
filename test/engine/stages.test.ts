import assert from "node:assert/strict";
import { conv2d, dense, engine, random, randomNormal, type Tensor } from "convbook";
import { assertAgree } from "./assertAgree";

const options = {
  stride: [2, 1],
  padding: [
    [1, 0],
    [2, 1],
  ],
  dilation: [1, 2],
} as const;

function innerProduct(a: Tensor, b: Tensor): number {
  return a.map((value, i) => value * b.data[i]).sum();
}

describe("engine stages", () => {
  const source = random(1);
  const x = randomNormal([2, 9, 8, 3], source, "float64");
  const filter = randomNormal([3, 2, 3, 5], source, "float64");

  it("im2col(x, kernelSize, options) times the filter is the convolution", () => {
    const columns = engine.im2col(x, [3, 2], options);
    const matrix = filter.reshape([18, 5]);
    const y = conv2d(x, filter, options);
    for (const product of [engine.matrixProduct, engine.blockedMatrixProduct])
      assertAgree(product(columns, matrix).reshape(y.shape), y, 1e-12);
  });

  it("col2im(columns, shape, kernelSize, options) is the transposed of im2col", () => {
    const columns = engine.im2col(x, [3, 2], options);
    const other = randomNormal(columns.shape, source, "float64");
    const back = engine.col2im(other, [2, 9, 8, 3], [3, 2], options);
    assert.ok(Math.abs(innerProduct(columns, other) - innerProduct(x, back)) < 1e-9);
  });

  it("matrixProduct(a, b) and blockedMatrixProduct(a, b, {block}) agree with dense(a, b)", () => {
    const a = randomNormal([7, 13], source, "float64");
    const b = randomNormal([13, 9], source, "float64");
    assertAgree(engine.matrixProduct(a, b), dense(a, b), 1e-12);
    for (const block of [1, 4, 64])
      assertAgree(engine.blockedMatrixProduct(a, b, { block }), dense(a, b), 1e-12);
  });

  it("stages refuse shapes that do not fit", () => {
    assert.throws(() => engine.im2col(x, 10), /engine\.im2col\(\): kernel height must be at most/);
    assert.throws(
      () => engine.col2im(filter, [2, 9, 8, 3], 2),
      /columns must be a tensor of shape/,
    );
    assert.throws(() => engine.matrixProduct(x, x), /a must be a tensor of shape \[m, k\]/);
    const a = randomNormal([2, 3], source);
    assert.throws(() => engine.matrixProduct(a, a), /b must be a tensor of shape \[3, 3\]/);
    assert.throws(() => engine.blockedMatrixProduct(a, a.transpose([1, 0]), { block: 0 }), /block/);
  });
});
