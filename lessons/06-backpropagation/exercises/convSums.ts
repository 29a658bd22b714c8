import { type ComputedFrom, type ConvCache, fromFunction, type Tensor } from "convbook";
import { orZero } from "../../shared/orZero";
import { sideBySide } from "../../shared/sideBySide";

type Sums = (index: readonly number[]) => ComputedFrom;

/** The slopes of all the outputs that a bias is part of. */
export function sumsOfBias(dz: Tensor): Sums {
  return ([, , , c]) => ({
    patch: below(dz, (i, row, column) => dz.get(i, row, column, c)),
    caption: `all values of dz[:, :, :, ${c}] added up`,
  });
}

/** The pixels that a weight has met, and the slopes of the outputs it met them in. */
export function sumsOfWeight(dz: Tensor, { aPrev, parameters }: ConvCache): Sums {
  const { stride, pad } = parameters;
  return ([down, right, k, c]) => ({
    patch: below(dz, (i, row, column) =>
      orZero(aPrev, i, row * stride + down - pad, column * stride + right - pad, k),
    ),
    filter: below(dz, (i, row, column) => dz.get(i, row, column, c)),
    caption: "the pixels that this weight met, times dz, added up",
  });
}

/** The slopes of the outputs that saw a pixel, and the weights it had there: the filter, turned by 180 degrees. */
export function sumsOfPixel(dz: Tensor, { w, parameters }: ConvCache): Sums {
  const { stride, pad } = parameters;
  const [f, , , filters] = w.shape;
  const turned = (value: (down: number, right: number, c: number) => number): Tensor =>
    sideBySide(f, filters, (row, column, c) => value(f - 1 - row, f - 1 - column, c));
  return ([i, y, x, k]) => ({
    patch: turned((down, right, c) =>
      orZero(dz, i, (y + pad - down) / stride, (x + pad - right) / stride, c),
    ),
    filter: turned((down, right, c) => w.get(down, right, k, c)),
    caption: `${filters > 1 ? `${filters} filters side by side, ` : ""}the dz that this pixel took part in, times the weight it had there, added up`,
  });
}

/** One number for each position of a map, the images of the batch below each other. */
function below(dz: Tensor, value: (i: number, row: number, column: number) => number): Tensor {
  const [m, rows, columns] = dz.shape;
  return fromFunction([m * rows, columns], (at, column) =>
    value(Math.floor(at / rows), at % rows, column),
  );
}
