import { type Conv2dShape, type Tap, tapsOnInput, type WindowAxis } from "../arithmetic";

/**
 * The loops of a convolution: visits each product x · filter of the definition's sum, with the offsets of
 * its two factors and of the output it is added to, in their `data`.
 *
 * A convolution, its gradients and the transposed convolution are these same loops; they differ in what
 * they add to what.
 */
export function forEachProduct(
  shape: Conv2dShape,
  visit: (xAt: number, filterAt: number, yAt: number) => void,
): void {
  const { batch, inputChannels, outputChannels, groups } = shape;
  const { height, width } = shape.window;
  const channelsPerGroup = inputChannels / groups;
  const filtersPerGroup = outputChannels / groups;
  const rows = tapsAlong(height);
  const columns = tapsAlong(width);

  for (let m = 0; m < batch; m++)
    for (let i = 0; i < height.output; i++)
      for (let j = 0; j < width.output; j++)
        for (const { tap: a, entry: row } of rows[i])
          for (const { tap: b, entry: column } of columns[j]) {
            const xPixel = ((m * height.input + row) * width.input + column) * inputChannels;
            const filterTap = (a * width.kernel + b) * channelsPerGroup * outputChannels;
            const yPixel = ((m * height.output + i) * width.output + j) * outputChannels;
            for (let o = 0; o < outputChannels; o++) {
              const firstChannel = Math.floor(o / filtersPerGroup) * channelsPerGroup;
              for (let c = 0; c < channelsPerGroup; c++)
                visit(xPixel + firstChannel + c, filterTap + c * outputChannels + o, yPixel + o);
            }
          }
}

/** For each output along one axis, the taps that meet the input. Those over the padding meet only zeros. */
function tapsAlong(axis: WindowAxis): Tap[][] {
  return Array.from({ length: axis.output }, (_, i) => tapsOnInput(axis, i));
}
