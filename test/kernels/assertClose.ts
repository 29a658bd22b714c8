import assert from "node:assert/strict";
import { formatNumber, type Tensor } from "convbook";

/** How far values may be off: by `absolute`, or by `relative` times the expected value, whichever is more. */
export interface Tolerance {
  absolute?: number;
  relative?: number;
}

/** Fails at the first value that is too far off (NaN always is), and names its index. */
export function assertClose(
  actual: Tensor,
  expected: { shape: readonly number[]; data: ArrayLike<number> },
  { absolute = 1e-9, relative = 0 }: Tolerance = {},
): void {
  assert.deepEqual([...actual.shape], [...expected.shape]);
  for (let i = 0; i < expected.data.length; i++) {
    const allowed = Math.max(absolute, relative * Math.abs(expected.data[i]));
    const error = Math.abs(actual.data[i] - expected.data[i]);
    if (error <= allowed) continue;
    const index = actual.indexAt(i);
    assert.fail(
      `[${index.join(", ")}] is ${actual.data[i]} instead of ${expected.data[i]}, off by ${formatNumber(error)}`,
    );
  }
}

/** The sum of the products of two tensors of one shape. */
export function dot(a: Tensor, b: Tensor): number {
  assert.deepEqual([...a.shape], [...b.shape]);
  return a.map((value, i) => value * b.data[i]).sum();
}

export function assertNear(actual: number, expected: number, relative = 1e-10): void {
  const error = Math.abs(actual - expected);
  assert.ok(
    error <= relative * Math.max(1, Math.abs(expected)),
    `${actual} instead of ${expected}`,
  );
}
