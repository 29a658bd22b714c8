import type { SVD } from "ml-matrix";
import { ArgumentError, greatest, least, requireTensor, type Tensor, tensor } from "../../tensor";

/** A matrix taken apart: the sum over i of s[i] · column i of u · (column i of v) transposed. */
export interface SingularValueDecomposition {
  /** Orthonormal columns, [rows, n] with n = min(rows, columns). */
  u: Tensor;
  /** The n singular values, none negative, the largest first. */
  s: number[];
  /** Orthonormal columns, [columns, n]. */
  v: Tensor;
  /** How many singular values stand out from rounding: no fewer outer products add up to the matrix. */
  rank: number;
}

/**
 * The singular value decomposition of a matrix: a sum of outer products, of which the first r are the best
 * approximation of rank r (Eckart and Young). A filter of rank 1 is one outer product, so it is separable.
 *
 * The signs of a column of u and of the same column of v may both be turned. All is computed and returned in
 * double precision. As in NumPy's `matrix_rank`, the rank counts the singular values above
 * s[0] · max(rows, columns) · the precision of the matrix's own dtype.
 *
 * Cost: some ten times longer · shorter² multiply-adds, where these are the sides of the matrix.
 *
 * @param matrix [rows, columns]
 * @throws ArgumentError when it is no matrix, or holds a number that is not finite
 * @see Eckart and Young, The approximation of one matrix by another of lower rank, Psychometrika 1, 1936
 *
 * @example
 * const sobel = tensor([[1, 0, -1], [2, 0, -2], [1, 0, -1]]);
 * svd(sobel).s // → [3.4641016, 0, 0]
 * svd(sobel).rank // → 1
 */
export function svd(matrix: Tensor): SingularValueDecomposition {
  requireTensor("svd", "matrix", matrix, ["rows", "columns"]);
  const bad = matrix.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const expected = "a matrix of finite numbers";
    const receivedAs = `${matrix.data[bad]} at [${matrix.indexAt(bad).join(", ")}]`;
    throw new ArgumentError({
      call: "svd",
      argument: "matrix",
      expected,
      received: matrix,
      receivedAs,
    });
  }
  const found = decompose(matrix.toMatrix());
  const n = least(matrix.shape);
  const s = found.diagonal.slice(0, n);
  const precision = matrix.dtype === "float64" ? 2 ** -52 : 2 ** -23;
  const rounding = s[0] * greatest(matrix.shape) * precision;
  return {
    u: tensor(found.leftSingularVectors.to2DArray(), undefined, "float64"),
    s,
    v: tensor(found.rightSingularVectors.to2DArray(), undefined, "float64"),
    rank: s.filter((value) => value > rounding).length,
  };
}

/** Loaded by the first call, as all packages that few need. Its releases after 6.12 need Node 20.19. */
function decompose(rows: number[][]): SVD {
  const { Matrix, SVD } = require("ml-matrix") as typeof import("ml-matrix");
  return new SVD(new Matrix(rows), { autoTranspose: true });
}
