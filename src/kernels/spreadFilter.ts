import { ArgumentError, requireInteger, Tensor, zeros } from "../tensor";

/**
 * A filter with holes: its weights `dilation` positions apart along rows and columns, zeros between them. `conv2d` with
 * it does what the option `dilation` does with the filter itself, and multiplies by the zeros too.
 *
 * @param filter [kh, kw, ...]
 * @param dilation 1 leaves the filter as it is
 * @returns [dilation · (kh - 1) + 1, dilation · (kw - 1) + 1, ...]
 * @throws ArgumentError when the filter has no rows and columns, or the dilation is not a positive integer
 * @see Yu and Koltun, Multi-scale context aggregation by dilated convolutions, 2015, arXiv 1511.07122
 *
 * @example
 * spreadFilter(tensor([[1, 2], [3, 4]]), 2).toArray() // → [[1, 0, 2], [0, 0, 0], [3, 0, 4]]
 */
export function spreadFilter(filter: Tensor, dilation: number): Tensor {
  const call = "spreadFilter";
  if (!(filter instanceof Tensor && filter.rank >= 2 && filter.size > 0)) {
    const expected = "a tensor of shape [kh, kw, ...]";
    throw new ArgumentError({ call, argument: "filter", expected, received: filter });
  }
  requireInteger(call, "dilation", dilation, 1);
  const [height, width, ...channels] = filter.shape;
  const [rows, columns] = [height, width].map((n) => dilation * (n - 1) + 1);
  const spread = zeros([rows, columns, ...channels], filter.dtype);
  const size = filter.size / (height * width); // numbers at one position
  for (let u = 0; u < height; u++)
    for (let v = 0; v < width; v++) {
      const from = (u * width + v) * size;
      const position = (u * columns + v) * dilation;
      spread.data.set(filter.data.subarray(from, from + size), position * size);
    }
  return spread;
}
