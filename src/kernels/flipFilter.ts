import { ArgumentError, fromFunction, Tensor } from "../tensor";

/**
 * A filter turned by half a circle: flipped up-down and left-right. `conv2d` with the flipped filter is what
 * mathematics calls convolution; only that one is commutative and associative. The channels stay where
 * they are.
 *
 * @param filter [kh, kw, ...]
 * @returns shaped as filter
 *
 * @example
 * flipFilter(tensor([[1, 2], [3, 4]])).toArray() // → [[4, 3], [2, 1]]
 */
export function flipFilter(filter: Tensor): Tensor {
  if (!(filter instanceof Tensor && filter.rank >= 2)) {
    const expected = "a tensor of shape [kh, kw, ...]";
    throw new ArgumentError({ call: "flipFilter", argument: "filter", expected, received: filter });
  }
  const [height, width] = filter.shape;
  return fromFunction(
    filter.shape,
    (a, b, ...channels) => filter.get(height - 1 - a, width - 1 - b, ...channels),
    filter.dtype,
  );
}
