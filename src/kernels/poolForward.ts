import { slidingWindow } from "../arithmetic";
import {
  ArgumentError,
  type DType,
  full,
  requireImages,
  requireInteger,
  requireNumber,
  requireOneOf,
  requireOptions,
  requireSameShape,
  requireTensor,
  Tensor,
  zeros,
} from "../tensor";
import { addWindow } from "./addWindow";

/*
 * A pooling layer step by step, in the same notation as `convForward`. `pool2d` computes the same, faster
 * and with more options.
 */

export interface PoolParameters {
  /** Height and width of the window. */
  f: number;
  stride: number;
}

/** What the backward pass needs to know of the forward pass. */
export interface PoolCache {
  aPrev: Tensor;
  parameters: PoolParameters;
}

export type PoolMode = "max" | "average";

/**
 * A pooling layer forward: the largest or the average value of each channel of each window.
 *
 * Cost: m · nH · nW · nC · f² comparisons or additions.
 *
 * @param aPrev the activations of the layer before, [m, nHPrev, nWPrev, nC]
 * @returns a, [m, nH, nW, nC] with nH = floor((nHPrev - f) / stride) + 1; and the cache for `poolBackward`
 * @throws ArgumentError when the window does not fit, before any work
 *
 * @example
 * const aPrev = tensor([1, 2, 5, 6, 3, 4, 7, 8], [1, 2, 4, 1]);
 * poolForward(aPrev, { f: 2, stride: 2 }).a.reshape([2]).toArray() // → [4, 8]
 * poolForward(aPrev, { f: 2, stride: 2 }, "average").a.reshape([2]).toArray() // → [2.5, 6.5]
 */
export function poolForward(
  aPrev: Tensor,
  parameters: PoolParameters,
  mode: PoolMode = "max",
): { a: Tensor; cache: PoolCache } {
  const { m, nH, nW, nC } = poolShape("poolForward", aPrev, parameters, mode);
  const { f, stride } = parameters;
  const a = zeros([m, nH, nW, nC], aPrev.dtype);

  for (let i = 0; i < m; i++)
    for (let row = 0; row < nH; row++)
      for (let column = 0; column < nW; column++)
        for (let c = 0; c < nC; c++) {
          const aSlice = channelWindow(aPrev, i, row * stride, column * stride, c, f); // [f, f]
          a.set(mode === "max" ? aSlice.max() : aSlice.mean(), i, row, column, c);
        }
  return { a, cache: { aPrev, parameters } };
}

/**
 * Where the maximum of a window is: 1 there, 0 elsewhere. Of several equal maxima the first one in row-major
 * order has the 1. Marking all of them (`x === max`) would hand the gradient on several times.
 *
 * @param x the window, [f, f]
 * @returns shaped as x
 *
 * @example
 * createMaskFromWindow(tensor([[1, 9], [9, 2]])).toArray() // → [[0, 1], [0, 0]]
 */
export function createMaskFromWindow(x: Tensor): Tensor {
  requireTensor("createMaskFromWindow", "x", x, ["f", "f"]);
  const mask = zeros(x.shape, x.dtype);
  mask.set(1, ...x.argmax());
  return mask;
}

/**
 * A window that divides a value into equal parts.
 *
 * @param dz the value
 * @param shape [f, f] of the window
 *
 * @example
 * distributeValue(8, [2, 2]).toArray() // → [[2, 2], [2, 2]]
 */
export function distributeValue(
  dz: number,
  shape: readonly [number, number],
  dtype: DType = "float32",
): Tensor {
  requireNumber("distributeValue", "dz", dz);
  const height = requireInteger("distributeValue", "shape[0]", shape?.[0], 1);
  const width = requireInteger("distributeValue", "shape[1]", shape[1], 1);
  return full([height, width], dz / (height * width), dtype);
}

/**
 * A pooling layer backward. The maximum hands da on to where it came from, the average to its whole window
 * in equal parts. Windows stand `stride` apart, and where they overlap the parts add up.
 *
 * Cost: as the forward pass.
 *
 * @param da the gradient of the loss with respect to a, [m, nH, nW, nC]
 * @param cache from `poolForward`
 * @param mode the one of the forward pass
 * @returns daPrev, [m, nHPrev, nWPrev, nC]
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * const { cache } = poolForward(tensor([1, 9, 9, 2], [1, 2, 2, 1]), { f: 2, stride: 2 });
 * const da = tensor([8], [1, 1, 1, 1]);
 * poolBackward(da, cache).reshape([2, 2]).toArray() // → [[0, 8], [0, 0]]
 * poolBackward(da, cache, "average").reshape([2, 2]).toArray() // → [[2, 2], [2, 2]]
 */
export function poolBackward(da: Tensor, cache: PoolCache, mode: PoolMode = "max"): Tensor {
  if (!(cache?.aPrev instanceof Tensor)) {
    const expected = "what poolForward returned as its cache";
    throw new ArgumentError({ call: "poolBackward", argument: "cache", expected, received: cache });
  }
  const { aPrev, parameters } = cache;
  const { m, nH, nW, nC } = poolShape("poolBackward", aPrev, parameters, mode);
  requireSameShape("poolBackward", "da", da, [m, nH, nW, nC], aPrev.dtype);
  const { f, stride } = parameters;
  const daPrev = zeros(aPrev.shape, "float64");

  for (let i = 0; i < m; i++)
    for (let row = 0; row < nH; row++)
      for (let column = 0; column < nW; column++)
        for (let c = 0; c < nC; c++) {
          const [top, left] = [row * stride, column * stride];
          const slope = da.get(i, row, column, c);
          const part =
            mode === "max"
              ? createMaskFromWindow(channelWindow(aPrev, i, top, left, c, f)).map((v) => v * slope)
              : distributeValue(slope, [f, f], "float64"); // [f, f]
          addWindow(daPrev, part.reshape([1, f, f, 1]), [i, top, left, c]);
        }
  return daPrev.as(aPrev.dtype);
}

/** One channel of the window that begins at a pixel of image i, [f, f]. */
function channelWindow(
  x: Tensor,
  i: number,
  top: number,
  left: number,
  c: number,
  f: number,
): Tensor {
  return x.slice([i, top, left, c], [1, f, f, 1]).reshape([f, f]);
}

function poolShape(call: string, aPrev: Tensor, parameters: PoolParameters, mode: PoolMode) {
  requireImages(call, "aPrev", aPrev);
  requireOneOf(call, "mode", mode, ["max", "average"]);
  const [m, nHPrev, nWPrev, nC] = aPrev.shape;
  requireOptions<PoolParameters>(call, parameters, { f: true, stride: true });
  const f = requireInteger(call, "f", parameters.f, 1);
  const stride = requireInteger(call, "stride", parameters.stride, 1);
  const { height, width } = slidingWindow(call, [nHPrev, nWPrev], f, { stride });
  return { m, nH: height.output, nW: width.output, nC };
}
