import assert from "node:assert/strict";
import { random, randomNormal, type Tensor, svd, tensor } from "convbook";
import { refuses } from "../kernels/refuses";

const laplacian = tensor([
  [0, 1, 0],
  [1, -4, 1],
  [0, 1, 0],
]);

describe("svd", () => {
  it("svd([[1, 1], [0, 1]]).s is the golden ratio and its inverse", () => {
    const golden = (1 + Math.sqrt(5)) / 2;
    const { s } = svd(tensor([[1, 1], [0, 1]])); // prettier-ignore
    close(s, [golden, 1 / golden]);
  });

  it("svd(matrix).rank counts the outer products that a filter needs", () => {
    const sobel = tensor([[1, 0, -1], [2, 0, -2], [1, 0, -1]]); // prettier-ignore
    assert.equal(svd(sobel).rank, 1);
    assert.equal(svd(laplacian).rank, 2);
    assert.equal(svd(randomNormal([7, 7], random(1))).rank, 7);
    assert.equal(svd(tensor([[0, 0], [0, 0]])).rank, 0); // prettier-ignore
  });

  it("svd(matrix).rank takes float32's rounding for rounding, and float64's digits for digits", () => {
    const gaussian = (x: number): number => Math.exp(-(x ** 2) / 3);
    const outer = [-2, -1, 0, 1, 2].map((a) =>
      [-2, -1, 0, 1, 2].map((b) => gaussian(a) * gaussian(b)),
    );
    const rounded = tensor(outer, undefined, "float32");
    assert.equal(svd(rounded).rank, 1);
    assert.equal(svd(rounded.as("float64")).rank > 1, true);
    assert.equal(svd(tensor(outer, undefined, "float64")).rank, 1);
  });

  for (const shape of [
    [3, 3],
    [2, 5],
    [9, 4],
    [1, 6],
  ])
    // prettier-ignore
    it(`svd(x) of a [${shape.join(", ")}] matrix: u · s · vᵀ is x, and the columns are orthonormal`, () => {
      const x = randomNormal(shape, random(3), "float64");
      const { u, s, v, rank } = svd(x);
      const n = Math.min(...shape);
      assert.deepEqual([u.shape, v.shape, s.length, rank], [[shape[0], n], [shape[1], n], n, n]);
      const product = x.map((_, offset) => {
        const [row, column] = x.indexAt(offset);
        return s.reduce((sum, size, i) => sum + size * u.get(row, i) * v.get(column, i), 0);
      });
      close([...product.data], [...x.data]);
      for (const columns of [u, v])
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) close([dot(columns, i, j)], [i === j ? 1 : 0]);
      assert.deepEqual(s, [...s].sort((a, b) => b - a)); // prettier-ignore
    });

  refuses(
    "svd([1, 2])",
    () => svd(tensor([1, 2])),
    "matrix must be a tensor of shape [rows, columns]",
  );
  refuses("svd(x) with NaN", () => svd(tensor([[1, 2], [3, NaN]])), "finite numbers, but got NaN at [1, 1]"); // prettier-ignore
});

function dot(columns: Tensor, i: number, j: number): number {
  let sum = 0;
  for (let row = 0; row < columns.shape[0]; row++) sum += columns.get(row, i) * columns.get(row, j);
  return sum;
}

function close(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) < 1e-12, `${value}, ${expected[i]}`),
  );
}
