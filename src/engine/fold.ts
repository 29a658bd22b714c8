import type { Conv2dShape } from "../arithmetic";
import { roundUp } from "./blocks";
import {
  FLOAT,
  inputLength,
  kernelArea,
  onlyTap,
  PANEL,
  phasesOf,
  slideOverGradient,
  slideOverInput,
} from "./geometry";
import { runtime } from "./runtime";
import { filterFloats, slideAndMultiply, type SlidingProduct } from "./slidingProduct";

/**
 * Whether to compute the gradient to the input the other way round: the gradient of every window first, one
 * matrix product, then `col2im`. It multiplies no zeros around dy, and its columns are the whole
 * window, where those of the usual way are input channels, in panels of eight that three channels leave
 * empty for the most part. But the matrix has to be written and read.
 */
export function foldingWins(shape: Conv2dShape): boolean {
  const { groups, inputChannels, outputChannels, window } = shape;
  const { height, width } = window;
  if (groups > 1) return false;
  const taps = kernelArea(shape);
  const tapsOfPhase = taps / (height.stride * width.stride);
  const usual =
    height.input * width.input * tapsOfPhase * roundUp(inputChannels, PANEL) * outputChannels;
  const pixels = height.output * width.output;
  const folded = pixels * roundUp(taps * inputChannels, PANEL) * outputChannels;
  // Writing, reading and adding a number take about as long as eight multiply-adds.
  return folded + 8 * pixels * taps * inputChannels < usual / 1.5;
}

/** dx = col2im(dy · filterᵀ) + bias. `undefined` when it does not fit into the memory. */
export function foldInputGradient(
  shape: Conv2dShape,
  dy: Float32Array,
  filter: Float32Array,
  bias?: Float32Array,
): Float32Array | undefined {
  const { batch, inputChannels, outputChannels, window } = shape;
  const columns = kernelArea(shape) * inputChannels;
  // The matrix product is the gradient of a 1x1 convolution from `columns` channels.
  const product: SlidingProduct = {
    shape: {
      batch,
      inputChannels: columns,
      outputChannels,
      groups: 1,
      window: { height: onlyTap(window.height.output), width: onlyTap(window.width.output) },
    },
    direction: "transposed",
    method: "direct",
  };
  const length = inputLength(shape);
  const engine = runtime();
  const at = engine.reserve({
    dy: dy.length,
    filter: filter.length,
    ...filterFloats(product),
    windows: inputLength(product.shape),
    start: inputChannels,
    dx: length,
  });
  if (!at) return undefined;

  const result = engine.newResult(length);
  engine.copyIn(at.dy, dy);
  engine.copyIn(at.filter, filter);
  engine.copyIn(at.start, bias ?? new Float32Array(inputChannels));
  const [row] = phasesOf(product.shape.window.height);
  const [column] = phasesOf(product.shape.window.width);
  const sliding = slideOverGradient(product.shape, { dx: at.windows, dy: at.dy }, row, column);
  slideAndMultiply(engine, product, sliding, [0], at, undefined);

  const outputPixel = columns * FLOAT;
  const outputRow = window.width.output * outputPixel;
  const outputImage = window.height.output * outputRow;
  engine.run(
    "foldTile",
    {
      ...slideOverInput(shape, { x: at.dx, y: at.windows }),
      outputPixel,
      outputRow,
      outputImage,
      bias: at.start,
    },
    batch * window.height.input,
  );
  return engine.copyOut(at.dx, result);
}
