import {
  requireInteger,
  requireOptions,
  requireSameShape,
  requireTensor,
  type Tensor,
  zeros,
} from "../tensor";

/**
 * The product of two matrices as it is defined, three loops and nothing else: the second stage on the way to
 * a fast convolution, and what the others are measured by.
 *
 *     c[i, j] = sum over k of  a[i, k] · b[k, j]
 *
 * Cost: m · k · n multiply-adds. Each walks down a column of b, so nearly each waits for the memory.
 *
 * @param a [m, k]
 * @param b [k, n]
 * @returns [m, n]
 * @throws ArgumentError when the shapes do not fit
 *
 * @example
 * engine.matrixProduct(tensor([[1, 2], [3, 4]]), tensor([[1, 0], [1, 1]])).toArray() // → [[3, 2], [7, 4]]
 */
export function matrixProduct(a: Tensor, b: Tensor): Tensor {
  const { m, depth, n } = productShape("engine.matrixProduct", a, b);
  const c = zeros([m, n], a.dtype);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < depth; k++) sum += a.data[i * depth + k] * b.data[k * n + j];
      c.data[i * n + j] = sum;
    }
  return c;
}

/**
 * The same product in blocks: the third stage. A block of b is small enough to stay in the cache while all
 * rows of a meet it, and the innermost loop walks along rows.
 *
 *            b  ┌───┬───┐
 *               │ ■ │   │   ■ stays in the cache
 *               ├───┼───┤
 *               │   │   │
 *     a         └───┴───┘
 *     ┌───┬───┐ ┌───┬───┐
 *     │ ▒ │   │ │ ▒ │   │ c   row after row of ▒ · ■ is added to c
 *     └───┴───┘ └───┴───┘
 *
 * Cost: m · k · n multiply-adds.
 *
 * @param a [m, k]
 * @param b [k, n]
 * @param options `block`: rows and columns of a block of b, 64 when left out (16 kB in float32)
 * @returns [m, n]
 * @throws ArgumentError when the shapes do not fit
 *
 * @example
 * const b = tensor([[1, 0], [1, 1]]);
 * engine.blockedMatrixProduct(tensor([[1, 2], [3, 4]]), b, { block: 1 }).toArray() // → [[3, 2], [7, 4]]
 */
export function blockedMatrixProduct(
  a: Tensor,
  b: Tensor,
  options: { block?: number | undefined } = {},
): Tensor {
  const { m, depth, n } = productShape("engine.blockedMatrixProduct", a, b);
  requireOptions<{ block?: number }>("engine.blockedMatrixProduct", options, { block: true });
  const block = requireInteger("engine.blockedMatrixProduct", "block", options.block ?? 64, 1);
  const c = zeros([m, n], a.dtype);
  for (let firstK = 0; firstK < depth; firstK += block)
    for (let firstJ = 0; firstJ < n; firstJ += block) {
      const lastK = Math.min(firstK + block, depth);
      const lastJ = Math.min(firstJ + block, n);
      for (let i = 0; i < m; i++)
        for (let k = firstK; k < lastK; k++) {
          const factor = a.data[i * depth + k];
          for (let j = firstJ; j < lastJ; j++) c.data[i * n + j] += factor * b.data[k * n + j];
        }
    }
  return c;
}

function productShape(call: string, a: Tensor, b: Tensor) {
  requireTensor(call, "a", a, ["m", "k"]);
  requireTensor(call, "b", b, ["k", "n"], a.dtype);
  const [m, depth] = a.shape;
  const n = b.shape[1];
  requireSameShape(call, "b", b, [depth, n]);
  return { m, depth, n };
}
