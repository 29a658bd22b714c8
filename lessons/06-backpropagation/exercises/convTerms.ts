import { type ConvCache, type Tensor, zeroPad, zeros } from "convbook";
import * as solution from "../solution";

export type ConvGradients = ReturnType<typeof solution.convBackward>;

/** Visits every product of a convolution layer, output by output. */
export function forEachTerm(
  dz: Tensor,
  w: Tensor,
  visit: (i: number, row: number, column: number, c: number, ...cell: number[]) => void,
): void {
  const [m, rows, columns, filters] = dz.shape;
  const [f, , channels] = w.shape;
  for (let i = 0; i < m; i++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let c = 0; c < filters; c++)
          for (let down = 0; down < f; down++)
            for (let right = 0; right < f; right++)
              for (let k = 0; k < channels; k++) visit(i, row, column, c, down, right, k);
}

/** `=` in place of `+=`, on padded images. */
export function overwrite(dz: Tensor, { aPrev, w, b, parameters }: ConvCache): ConvGradients {
  const { stride, pad } = parameters;
  const padded = zeroPad(aPrev, pad);
  const [daPadded, dw, db] = [padded, w, b].map(({ shape }) => zeros(shape));
  forEachTerm(dz, w, (i, row, column, c, down, right, k) => {
    const slope = dz.get(i, row, column, c);
    const pixel = [i, row * stride + down, column * stride + right, k];
    daPadded.set(w.get(down, right, k, c) * slope, ...pixel);
    dw.set(padded.get(...pixel) * slope, down, right, k, c);
    db.set(slope, 0, 0, 0, c);
  });
  return { daPrev: daPadded.slice([0, pad, pad, 0], aPrev.shape), dw, db };
}

/** Pixels where the weights belong, and weights where the pixels belong. */
export function crossOver(dz: Tensor, cache: ConvCache): ConvGradients {
  const { aPrev, w, parameters } = cache;
  const { stride, pad } = parameters;
  const { db } = solution.convBackward(dz, cache);
  const [daPrev, dw] = [aPrev, w].map(({ shape }) => zeros(shape));
  const add = (sum: Tensor, value: number, ...index: number[]): void =>
    sum.set(sum.get(...index) + value, ...index);
  forEachTerm(dz, w, (i, row, column, c, down, right, k) => {
    const slope = dz.get(i, row, column, c);
    const pixel = [i, row * stride + down - pad, column * stride + right - pad, k];
    const [, y, x] = pixel;
    if (y < 0 || y >= aPrev.shape[1] || x < 0 || x >= aPrev.shape[2]) return;
    add(daPrev, aPrev.get(...pixel) * slope, ...pixel);
    add(dw, w.get(down, right, k, c) * slope, down, right, k, c);
  });
  return { daPrev, dw, db };
}
