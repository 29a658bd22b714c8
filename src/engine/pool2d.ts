import { type Conv2dShape, type Pool2dOptions, type Pool2dShape, pool2dShape } from "../arithmetic";
import { requireOptions, requireSameShape, Tensor } from "../tensor";
import { inputLength, outputLength, slideOverInput } from "./geometry";
import { cutOut } from "./parts";
import { inHalves, shapes } from "./passes";
import { singlePrecision } from "./precision";
import { runtime } from "./runtime";

/** Channels of a tile of the gradient, as in `assembly/poolingGradient.ts`. */
const CHANNELS = 16;

/**
 * The fast twin of `pool2d`.
 *
 * Cost: m · oh · ow · c · size² comparisons or additions. Mostly it waits for memory.
 *
 * @param x images, [m, h, w, c], float32
 * @returns [m, oh, ow, c]
 * @throws ArgumentError when the window does not fit or lies over padding only, or x is float64
 *
 * @example
 * const x = tensor([[1, 2, 5, 6], [3, 4, 7, 8]]).reshape([1, 2, 4, 1]);
 * engine.pool2d(x, { mode: "max", size: 2 }).reshape([2]).toArray() // → [4, 8]
 * engine.pool2d(x, { mode: "average", size: 2 }).reshape([2]).toArray() // → [2.5, 6.5]
 */
export function pool2d(x: Tensor, options: Pool2dOptions): Tensor {
  requireOptions<Pool2dOptions>("engine.pool2d", options, {
    mode: true,
    size: true,
    stride: true,
    countPadding: "flag",
    padding: true,
    dilation: true,
    ceilMode: "flag",
  });
  const call = "engine.pool2d";
  const shape = channelwise(pool2dShape(call, x, options));
  return new Tensor(pool(shape, options, singlePrecision(call, "x", x)), shapes(shape).y);
}

/**
 * The fast twin of `pool2dBackward`: of several equal maxima the first one gets the gradient.
 *
 * Cost: as the forward pass.
 *
 * @param dy the gradient of the loss with respect to the output, [m, oh, ow, c]
 * @param x the images that were pooled, [m, h, w, c]
 * @returns dx, shaped as x
 * @throws ArgumentError when the shapes do not fit, or a tensor is float64
 *
 * @example
 * const x = tensor([[1, 9], [9, 2]]).reshape([1, 2, 2, 1]);
 * const dy = tensor([8], [1, 1, 1, 1]);
 * engine.pool2dBackward(dy, x, { mode: "max", size: 2 }).reshape([2, 2]).toArray() // → [[0, 8], [0, 0]]
 */
export function pool2dBackward(dy: Tensor, x: Tensor, options: Pool2dOptions): Tensor {
  requireOptions<Pool2dOptions>("engine.pool2dBackward", options, {
    mode: true,
    size: true,
    stride: true,
    countPadding: "flag",
    padding: true,
    dilation: true,
    ceilMode: "flag",
  });
  const call = "engine.pool2dBackward";
  const shape = channelwise(pool2dShape(call, x, options));
  requireSameShape(call, "dy", dy, shapes(shape).y, x.dtype);
  const dx = poolGradient(
    shape,
    options,
    singlePrecision(call, "dy", dy),
    singlePrecision(call, "x", x),
  );
  return new Tensor(dx, x.shape);
}

/** Pooling keeps channels apart as a depthwise convolution does: it has the same shape. */
function channelwise({ batch, channels, window }: Pool2dShape): Conv2dShape {
  return { batch, inputChannels: channels, outputChannels: channels, groups: channels, window };
}

function pool(shape: Conv2dShape, options: Pool2dOptions, x: Float32Array): Float32Array {
  const engine = runtime();
  const length = outputLength(shape);
  const at = engine.reserve({ x: x.length, y: length });
  if (!at)
    return inHalves(shape, "y", (part) =>
      pool(part.shape, options, cutOut(x, shapes(shape).x, part.x)),
    );
  const result = engine.newResult(length);
  engine.copyIn(at.x, x);
  engine.run("poolTile", jobOf(shape, options, at, 0), shape.batch * shape.window.height.output);
  return engine.copyOut(at.y, result);
}

function poolGradient(
  shape: Conv2dShape,
  options: Pool2dOptions,
  dy: Float32Array,
  x: Float32Array,
): Float32Array {
  const engine = runtime();
  const length = inputLength(shape);
  const at = engine.reserve({ x: length, y: dy.length, dx: length });
  if (!at)
    return inHalves(shape, "x", (part) =>
      poolGradient(
        part.shape,
        options,
        cutOut(dy, shapes(shape).y, part.y),
        cutOut(x, shapes(shape).x, part.x),
      ),
    );
  const result = engine.newResult(length);
  engine.copyIn(at.x, x);
  engine.copyIn(at.y, dy);
  const tiles = shape.batch * Math.ceil(shape.groups / CHANNELS);
  engine.run("poolGradientTile", jobOf(shape, options, at, at.dx), tiles);
  return engine.copyOut(at.dx, result);
}

function jobOf(
  shape: Conv2dShape,
  { mode, countPadding = false }: Pool2dOptions,
  at: { x: number; y: number },
  gradient: number,
) {
  const { height, width } = shape.window;
  return {
    ...slideOverInput(shape, at),
    channels: shape.groups,
    maximum: Number(mode === "max"),
    countPadding: Number(countPadding),
    paddedHeight: height.before + height.input + height.after,
    paddedWidth: width.before + width.input + width.after,
    gradient,
  };
}
