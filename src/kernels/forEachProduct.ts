import { type Conv2dShape, tapsOnImage } from "../arithmetic";

/**
 * The loops of a convolution: visits each product x · filter of the definition's sum, with the places of
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
  const rows = tapsOnImage(height);
  const columns = tapsOnImage(width);

  for (let m = 0; m < batch; m++)
    for (let i = 0; i < height.output; i++)
      for (let j = 0; j < width.output; j++)
        for (const { tap: a, pixel: row } of rows[i])
          for (const { tap: b, pixel: column } of columns[j]) {
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
