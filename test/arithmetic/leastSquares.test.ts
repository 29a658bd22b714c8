import assert from "node:assert/strict";
import { leastSquares, random, randomNormal, tensor, zeros } from "convbook";
import { refuses } from "../kernels/refuses";

describe("leastSquares", () => {
  it("leastSquares(a, b) solves equations that fit together exactly", () => {
    const a = tensor([[2, 1], [1, 3], [3, 4]], undefined, "float64"); // prettier-ignore
    const x = leastSquares(a, tensor([5, 10, 15], undefined, "float64"));
    assert.ok(Math.abs(x.get(0) - 1) < 1e-12 && Math.abs(x.get(1) - 3) < 1e-12, String(x));
  });

  it("leastSquares(a, b) leaves an error that is at right angles to every column of a", () => {
    const a = randomNormal([30, 4], random(1), "float64");
    const b = randomNormal([30], random(2), "float64");
    const x = leastSquares(a, b);
    const error = b.map(
      (value, i) => value - [0, 1, 2, 3].reduce((sum, j) => sum + a.get(i, j) * x.get(j), 0),
    );
    for (let j = 0; j < 4; j++) {
      const along = error.map((value, i) => value * a.get(i, j)).sum();
      assert.ok(Math.abs(along) < 1e-12, String(along));
    }
  });

  refuses(
    "leastSquares(a, b) with two columns alike",
    () => leastSquares(tensor([[1, 1], [2, 2], [3, 3]]), zeros([3])), // prettier-ignore
    "a must be of rank 2, one for each unknown, but got 3 equations of rank 1",
  );
  refuses(
    "leastSquares(a, b) with fewer equations than unknowns",
    () => leastSquares(tensor([[1, 2, 3]]), zeros([1])),
    "but got 1 equations of rank 1",
  );
  refuses(
    "leastSquares(a, b) with too few right-hand sides",
    () => leastSquares(zeros([3, 2]), zeros([2])),
    "b must be a tensor of shape [3], but got a tensor of shape [2]",
  );
});
