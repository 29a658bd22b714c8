import { type Tensor, zeros } from "convbook";

/** What each window sees, as a row of a matrix. */
export function im2col(x: Tensor, f: number, stride: number): Tensor {
  const [m, height, width, channels] = x.shape;
  const rows = Math.floor((height - f) / stride) + 1;
  const columns = Math.floor((width - f) / stride) + 1;
  const matrix = zeros([m * rows * columns, f * f * channels]);
  for (let i = 0; i < m; i++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let u = 0; u < f; u++)
          for (let v = 0; v < f; v++)
            for (let k = 0; k < channels; k++) {
              const value = x.get(i, row * stride + u, column * stride + v, k);
              matrix.set(value, (i * rows + row) * columns + column, (u * f + v) * channels + k);
            }
  return matrix;
}

/** The way back: each number of the matrix is added to the pixel that it was copied from. */
export function col2im(matrix: Tensor, shape: number[], f: number, stride: number): Tensor {
  const [m, height, width, channels] = shape;
  const rows = Math.floor((height - f) / stride) + 1;
  const columns = Math.floor((width - f) / stride) + 1;
  const x = zeros(shape);
  for (let i = 0; i < m; i++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let u = 0; u < f; u++)
          for (let v = 0; v < f; v++)
            for (let k = 0; k < channels; k++) {
              const at = [i, row * stride + u, column * stride + v, k];
              const window = (i * rows + row) * columns + column;
              const value = matrix.get(window, (u * f + v) * channels + k);
              x.set(x.get(...at) + value, ...at);
            }
  return x;
}

/** Floating-point operations for each byte that has to move at least. */
export function intensity(size: number, cin: number, cout: number, f: number): number {
  const flops = 2 * size * size * cout * f * f * cin;
  const values = size * size * cin + f * f * cin * cout + size * size * cout;
  return flops / (4 * values);
}

/** Values that a product in square blocks fetches from memory, when one block of each matrix fits the cache. */
export function blockTraffic(m: number, depth: number, n: number, block: number): number {
  const blocks = (length: number): number => Math.ceil(length / block);
  return m * depth * blocks(n) + depth * n * blocks(m) + m * n;
}
