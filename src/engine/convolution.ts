import type { Conv2dShape } from "../arithmetic";
import { divide } from "./blocks";
import {
  FLOAT,
  inputLength,
  kernelArea,
  outputLength,
  phasesOf,
  slideOverGradient,
  slideOverInput,
} from "./geometry";
import { runtime } from "./runtime";
import {
  filterFloats,
  methodFor,
  slideAndMultiply,
  type SlidingProduct,
  type WantedMethod,
} from "./slidingProduct";

/**
 * The three passes of a convolution, on plain arrays whose shapes have been checked. Each is `undefined` when it
 * does not fit into the memory.
 */

/** y = conv2d(x, filter) + bias */
export function convolve(
  shape: Conv2dShape,
  x: Float32Array,
  filter: Float32Array,
  bias?: Float32Array,
  wanted?: WantedMethod,
): Float32Array | undefined {
  const { groups, outputChannels } = shape;
  const sliding = slideOverInput(shape, { x: 0, y: 0 });
  const method = methodFor(sliding, groups, outputChannels / groups, wanted);
  const product: SlidingProduct = { shape, direction: "forward", method };
  const length = outputLength(shape);
  const engine = runtime();
  const at = engine.reserve({
    x: x.length,
    filter: filter.length,
    ...filterFloats(product),
    y: length,
  });
  if (!at) return undefined;

  const result = engine.newResult(length);
  engine.copyIn(at.x, x);
  engine.copyIn(at.filter, filter);
  const taps = Array.from({ length: kernelArea(shape) }, (_, t) => t);
  slideAndMultiply(engine, product, slideOverInput(shape, at), taps, at, bias);
  return engine.copyOut(at.y, result);
}

/**
 * dx = the gradient of conv2d to its input: for each phase of the stride, a convolution of dy with some taps
 * of the transposed filter.
 */
export function convolveInputGradient(
  shape: Conv2dShape,
  dy: Float32Array,
  filter: Float32Array,
  bias?: Float32Array,
  wanted?: WantedMethod,
): Float32Array | undefined {
  const { groups, inputChannels, window } = shape;
  const rows = phasesOf(window.height);
  const columns = phasesOf(window.width);
  const sliding = slideOverGradient(shape, { dx: 0, dy: 0 }, rows[0], columns[0]);
  const single = rows.length === 1 && columns.length === 1;
  const method = single ? methodFor(sliding, groups, inputChannels / groups, wanted) : "direct";
  const product: SlidingProduct = { shape, direction: "transposed", method };
  const length = inputLength(shape);
  const engine = runtime();
  const at = engine.reserve({
    dy: dy.length,
    filter: filter.length,
    ...filterFloats(product),
    dx: length,
  });
  if (!at) return undefined;

  const result = engine.newResult(length);
  engine.copyIn(at.dy, dy);
  engine.copyIn(at.filter, filter);
  for (const row of rows)
    for (const column of columns) {
      const taps = row.taps.flatMap((a) => column.taps.map((b) => a * window.width.kernel + b));
      slideAndMultiply(engine, product, slideOverGradient(shape, at, row, column), taps, at, bias);
    }
  return engine.copyOut(at.dx, result);
}

/** dFilter = the gradient of conv2d to its filter: the windows of x, transposed, times dy. */
export function convolveFilterGradient(
  shape: Conv2dShape,
  dy: Float32Array,
  x: Float32Array,
): Float32Array | undefined {
  const { groups, outputChannels } = shape;
  const columns = outputChannels / groups;
  const depth = (kernelArea(shape) * shape.inputChannels) / groups;
  const length = depth * outputChannels;
  const engine = runtime();
  const at = engine.reserve({ x: x.length, y: dy.length, gradient: length });
  if (!at) return undefined;

  const result = engine.newResult(length);
  engine.copyIn(at.x, x);
  engine.copyIn(at.y, dy);
  const columnBlock = 128;
  const columnBlocks = Math.ceil(columns / columnBlock);
  const depthBlock = divide(depth, 320, 5, (3 * engine.threads) / (groups * columnBlocks));
  engine.run(
    "filterGradientTile",
    {
      ...slideOverInput(shape, at),
      gradient: at.gradient,
      gradientRow: outputChannels * FLOAT,
      columns,
      pixelBlock: 240,
      depthBlock,
      columnBlock,
    },
    groups * columnBlocks * Math.ceil(depth / depthBlock),
  );
  return engine.copyOut(at.gradient, result);
}
