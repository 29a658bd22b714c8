import { concat, conv2d, conv2dBackward, Tensor, zeros } from "convbook";

/** A dense layer, made for images of the window's size, on every window of larger images. */
export function slideDense(
  x: Tensor,
  matrix: Tensor,
  bias: Tensor,
  window: [number, number],
): Tensor {
  const [height, width] = window;
  const [channels, units] = [x.shape[3], matrix.shape[1]];
  const filter = matrix.reshape([height, width, channels, units]); // each column is a filter
  return conv2d(x, filter, { bias }); // [m, oh, ow, units]
}

/** A convolution in groups: each block of filters sees its own block of channels. */
export function groupedConv(x: Tensor, filter: Tensor, groups: number): Tensor {
  const [kernelHeight, kernelWidth, channels, filters] = filter.shape; // channels of one group
  const [m, height, width] = x.shape;
  const each = filters / groups;
  const parts = Array.from({ length: groups }, (_, g) => {
    const block = x.slice([0, 0, 0, g * channels], [m, height, width, channels]);
    const own = filter.slice([0, 0, 0, g * each], [kernelHeight, kernelWidth, channels, each]);
    return conv2d(block, own); // [m, oh, ow, each]
  });
  return concat(parts, 3);
}

/** The filter with d - 1 zeros between its weights. */
export function dilateFilter(filter: Tensor, d: number): Tensor {
  const [height, width, channels, filters] = filter.shape;
  const dilated = zeros([d * (height - 1) + 1, d * (width - 1) + 1, channels, filters]);
  for (let u = 0; u < height; u++)
    for (let v = 0; v < width; v++)
      for (let k = 0; k < channels; k++)
        for (let c = 0; c < filters; c++) dilated.set(filter.get(u, v, k, c), u * d, v * d, k, c);
  return dilated;
}

/** How many paths lead from each input to one output of a stack of dilated layers with f taps, along one axis. */
export function pathsAlong(f: number, dilations: number[]): number[] {
  let paths = [1];
  for (const d of dilations) {
    const longer = Array.from({ length: paths.length + d * (f - 1) }, () => 0);
    for (let tap = 0; tap < f; tap++)
      paths.forEach((count, at) => {
        longer[at + tap * d] += count;
      });
    paths = longer;
  }
  return paths;
}

/** The gradient of a convolution to its input, used forwards. */
export function transposedConv(
  x: Tensor,
  filter: Tensor,
  stride: number,
  pad: number,
  extra: number,
): Tensor {
  const [m, height, width] = x.shape; // [m, h, w, cin]
  const [f, , filters] = filter.shape; // [f, f, cout, cin]
  const grown = (n: number): number => (n - 1) * stride + f - 2 * pad + extra;
  const anyInput = zeros([m, grown(height), grown(width), filters]); // dx does not depend on it
  return conv2dBackward(x, anyInput, filter, { stride, padding: pad }).dx; // x stands for dz
}
