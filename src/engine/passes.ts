import type { Conv2dShape } from "../arithmetic";
import { convolve, convolveFilterGradient, convolveInputGradient } from "./convolution";
import {
  depthwise,
  depthwiseFilterGradient,
  depthwiseInputGradient,
  isDepthwise,
} from "./depthwise";
import type { WantedMethod } from "./slidingProduct";
import { foldingWins, foldInputGradient } from "./fold";
import { addInto, cutOut, halves, type Part } from "./parts";

/**
 * The three passes of a convolution, on arrays whose shapes have been checked. Each picks the kernel for the
 * layer; a layer that does not fit into the memory is halved until it does.
 */

/** y = conv2d(x, filter) + bias */
export function forward(
  shape: Conv2dShape,
  x: Float32Array,
  filter: Float32Array,
  bias?: Float32Array,
  method?: WantedMethod,
): Float32Array {
  const compute = isDepthwise(shape) && method !== "winograd" ? depthwise : convolve;
  return (
    compute(shape, x, filter, bias, method) ??
    inHalves(shape, "y", (part) => {
      // Where the input channels were cut, the bias goes with the first half.
      const withBias = bias && part.filter.begin[2] === 0;
      const [first, length] = [part.y.begin[3], part.y.length[3]];
      return forward(
        part.shape,
        cutOut(x, shapes(shape).x, part.x),
        cutOut(filter, shapes(shape).filter, part.filter),
        withBias ? bias.slice(first, first + length) : undefined,
        method,
      );
    })
  );
}

/** The gradient to x; plus a bias, [cin], when this is the forward pass of a transposed convolution. */
export function inputGradient(
  shape: Conv2dShape,
  dy: Float32Array,
  filter: Float32Array,
  bias?: Float32Array,
  method?: WantedMethod,
): Float32Array {
  const compute = isDepthwise(shape)
    ? depthwiseInputGradient
    : foldingWins(shape)
      ? foldInputGradient
      : convolveInputGradient;
  const dx = compute(shape, dy, filter, bias, method);
  if (dx) return dx;
  const sum = inHalves(shape, "x", (part) =>
    inputGradient(
      part.shape,
      cutOut(dy, shapes(shape).y, part.y),
      cutOut(filter, shapes(shape).filter, part.filter),
      undefined,
      method,
    ),
  );
  // The halves overlap in dx, so the bias comes only now.
  if (bias) for (let i = 0; i < sum.length; i++) sum[i] += bias[i % bias.length];
  return sum;
}

/** The gradient to the filter. */
export function filterGradient(
  shape: Conv2dShape,
  dy: Float32Array,
  x: Float32Array,
): Float32Array {
  const compute = isDepthwise(shape) ? depthwiseFilterGradient : convolveFilterGradient;
  return (
    compute(shape, dy, x) ??
    inHalves(shape, "filter", (part) =>
      filterGradient(
        part.shape,
        cutOut(dy, shapes(shape).y, part.y),
        cutOut(x, shapes(shape).x, part.x),
      ),
    )
  );
}

/** The gradient to the bias: the sum of dy over all pixels. */
export function biasGradient(dy: Float32Array, channels: number): Float32Array {
  const sums = new Float64Array(channels);
  for (let pixel = 0; pixel < dy.length; pixel += channels)
    for (let c = 0; c < channels; c++) sums[c] += dy[pixel + c];
  return Float32Array.from(sums);
}

/** Computes both halves, each in turn, and sums them up in `result`'s array. */
export function inHalves(
  shape: Conv2dShape,
  result: "x" | "y" | "filter",
  compute: (part: Part) => Float32Array,
): Float32Array {
  const resultShape = shapes(shape)[result];
  const sum = new Float32Array(resultShape.reduce((product, n) => product * n, 1));
  for (const part of halves(shape)) addInto(sum, resultShape, part[result], compute(part));
  return sum;
}

/** The shapes of a layer's arrays. */
export function shapes({ batch, inputChannels, outputChannels, groups, window }: Conv2dShape) {
  const { height, width } = window;
  return {
    x: [batch, height.input, width.input, inputChannels],
    y: [batch, height.output, width.output, outputChannels],
    filter: [height.kernel, width.kernel, inputChannels / groups, outputChannels],
  };
}
