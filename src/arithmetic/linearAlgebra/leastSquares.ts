import {
  ArgumentError,
  fromFunction,
  requireSameShape,
  requireTensor,
  type Tensor,
} from "../../tensor";
import { svd } from "./svd";

/**
 * The unknowns that fit many linear equations best: the x for which the squares of a·x - b have the least sum.
 *
 * Cost: that of `svd`.
 *
 * @param a one equation a row, one unknown a column, [equations, unknowns]
 * @param b the right-hand sides, [equations]
 * @returns [unknowns]
 * @throws ArgumentError when the shapes do not fit, or when several x fit equally well
 *
 * @example
 * // The line through (0, 1), (1, 3) and (2, 5): height 1 at 0, slope 2.
 * leastSquares(tensor([[1, 0], [1, 1], [1, 2]]), tensor([1, 3, 5])).toArray() // → [1, 2]
 */
export function leastSquares(a: Tensor, b: Tensor): Tensor {
  requireTensor("leastSquares", "a", a, ["equations", "unknowns"]);
  const [equations, unknowns] = a.shape;
  requireSameShape("leastSquares", "b", b, [equations], a.dtype);
  const { u, s, v, rank } = svd(a);
  if (rank < unknowns) {
    throw new ArgumentError({
      call: "leastSquares",
      argument: "a",
      expected: `of rank ${unknowns}, one for each unknown`,
      received: a,
      receivedAs: `${equations} equations of rank ${rank}`,
      remedy:
        "Several answers fit equally well: ask for fewer unknowns, or give equations that differ more.",
    });
  }
  const along = s.map((size, i) => sum(equations, (row) => u.get(row, i) * b.get(row)) / size);
  return fromFunction([unknowns], (j) => sum(unknowns, (i) => v.get(j, i) * along[i]), a.dtype);
}

function sum(length: number, term: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < length; i++) total += term(i);
  return total;
}
