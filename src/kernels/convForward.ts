import { slidingWindow } from "../arithmetic";
import {
  ArgumentError,
  requireImages,
  requireInteger,
  requireOptions,
  requireSameShape,
  requireTensor,
  stack,
  Tensor,
  zeros,
} from "../tensor";
import { addWindow } from "./addWindow";
import { pad2dBackward, zeroPad } from "./pad2d";

/*
 * A convolution layer step by step, in the notation of the lessons: m images of nH x nW pixels and nC
 * channels, filters of f x f, `prev` for the layer before. `conv2d` computes the same, faster and with more
 * options; here every window is cut out, to be looked at.
 */

export interface ConvParameters {
  stride: number;
  /** Zeros on every side. */
  pad: number;
}

/** What the backward pass needs to know of the forward pass. */
export interface ConvCache {
  aPrev: Tensor;
  w: Tensor;
  b: Tensor;
  parameters: ConvParameters;
}

/**
 * One filter on one window: the sum of their products, plus the bias. That is one number of a layer's output.
 *
 * Cost: f² · nCPrev multiply-adds.
 *
 * @param aSlice the window, [f, f, nCPrev]
 * @param w the filter, [f, f, nCPrev]
 * @param b the bias, [1, 1, 1]
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * const aSlice = tensor([1, 2, 3, 4], [2, 2, 1]);
 * const w = tensor([1, 0, 0, 10], [2, 2, 1]);
 * convSingleStep(aSlice, w, tensor([100], [1, 1, 1])) // → 141
 */
export function convSingleStep(aSlice: Tensor, w: Tensor, b: Tensor): number {
  requireTensor("convSingleStep", "aSlice", aSlice, ["f", "f", "nCPrev"]);
  requireSameShape("convSingleStep", "w", w, aSlice.shape, aSlice.dtype);
  requireSameShape("convSingleStep", "b", b, [1, 1, 1], aSlice.dtype);
  let z = b.data[0];
  for (let i = 0; i < w.size; i++) z += aSlice.data[i] * w.data[i];
  return z;
}

/**
 * A convolution layer forward: each filter on each window of each image.
 *
 * Cost: m · nH · nW · nC · f² · nCPrev multiply-adds.
 *
 * @param aPrev the activations of the layer before, [m, nHPrev, nWPrev, nCPrev]
 * @param w the filters, [f, f, nCPrev, nC]
 * @param b the biases, [1, 1, 1, nC]
 * @returns z, [m, nH, nW, nC] with nH = floor((nHPrev - f + 2·pad) / stride) + 1; and the cache for `convBackward`
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * const aPrev = tensor([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
 * const w = tensor([1, 0, 0, -1], [2, 2, 1, 1]);
 * const { z } = convForward(aPrev, w, tensor([100], [1, 1, 1, 1]), { stride: 1, pad: 0 });
 * z.reshape([2, 2]).toArray() // → [[96, 96], [96, 96]]
 */
export function convForward(
  aPrev: Tensor,
  w: Tensor,
  b: Tensor,
  parameters: ConvParameters,
): { z: Tensor; cache: ConvCache } {
  const { m, nH, nW, nC, f } = convShape("convForward", aPrev, w, b, parameters);
  const { stride, pad } = parameters;
  const filters = filtersOf(w); // nC of [f, f, nCPrev]
  const biases = filtersOf(b); // nC of [1, 1, 1]
  const aPrevPad = zeroPad(aPrev, pad); // [m, nHPrev + 2·pad, nWPrev + 2·pad, nCPrev]
  const z = zeros([m, nH, nW, nC], aPrev.dtype);

  for (let i = 0; i < m; i++)
    for (let row = 0; row < nH; row++)
      for (let column = 0; column < nW; column++) {
        const aSlice = windowOf(aPrevPad, i, row * stride, column * stride, f); // [f, f, nCPrev]
        for (let c = 0; c < nC; c++)
          z.set(convSingleStep(aSlice, filters[c], biases[c]), i, row, column, c);
      }
  return { z, cache: { aPrev, w, b, parameters } };
}

/**
 * A convolution layer backward. Each output sends its dz back: times the filter to the window it saw, times
 * that window to the filter, and as it is to the bias.
 *
 *     daPrev[window] += w[c] · dz        dw[c] += window · dz        db[c] += dz
 *
 * The first sum is kept for the padded images; at the end their frame is cut off.
 *
 * Cost: twice the forward pass.
 *
 * @param dz the gradient of the loss with respect to z, [m, nH, nW, nC]
 * @param cache from `convForward`
 * @returns daPrev, dw and db, shaped as aPrev, w and b
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * const aPrev = tensor([1, 2, 3, 4], [1, 2, 2, 1]);
 * const w = tensor([5, 6, 7, 8], [2, 2, 1, 1]);
 * const { cache } = convForward(aPrev, w, zeros([1, 1, 1, 1]), { stride: 1, pad: 0 });
 * convBackward(tensor([10], [1, 1, 1, 1]), cache).dw.reshape([2, 2]).toArray() // → [[10, 20], [30, 40]]
 */
export function convBackward(
  dz: Tensor,
  cache: ConvCache,
): { daPrev: Tensor; dw: Tensor; db: Tensor } {
  if (!(cache?.aPrev instanceof Tensor)) {
    const expected = "what convForward returned as its cache";
    throw new ArgumentError({ call: "convBackward", argument: "cache", expected, received: cache });
  }
  const { aPrev, w, b, parameters } = cache;
  const { m, nH, nW, nC, f } = convShape("convBackward", aPrev, w, b, parameters);
  requireSameShape("convBackward", "dz", dz, [m, nH, nW, nC], aPrev.dtype);
  const { stride, pad } = parameters;
  const aPrevPad = zeroPad(aPrev, pad); // [m, nHPrev + 2·pad, nWPrev + 2·pad, nCPrev]
  const daPrevPad = zeros(aPrevPad.shape, "float64");
  const filters = filtersOf(w); // nC of [f, f, nCPrev]
  const dFilters = filters.map(({ shape }) => zeros(shape, "float64")); // nC of [f, f, nCPrev]
  const db = zeros(b.shape, "float64");

  for (let i = 0; i < m; i++)
    for (let row = 0; row < nH; row++)
      for (let column = 0; column < nW; column++) {
        const [top, left] = [row * stride, column * stride];
        const aSlice = windowOf(aPrevPad, i, top, left, f); // [f, f, nCPrev]
        const daSlice = zeros(aSlice.shape, "float64"); // [f, f, nCPrev]
        for (let c = 0; c < nC; c++) {
          const slope = dz.get(i, row, column, c);
          addMultiple(daSlice, filters[c], slope);
          addMultiple(dFilters[c], aSlice, slope);
          db.data[c] += slope;
        }
        addWindow(daPrevPad, daSlice.reshape([1, f, f, -1]), [i, top, left, 0]);
      }
  const daPrev = pad2dBackward(daPrevPad, aPrev.as("float64"), pad); // without the frame
  return {
    daPrev: daPrev.as(aPrev.dtype),
    dw: stack(dFilters, 3).as(w.dtype),
    db: db.as(b.dtype),
  };
}

/** The window, all channels deep, that begins at a pixel of image i, [f, f, nC]. */
function windowOf(x: Tensor, i: number, top: number, left: number, f: number): Tensor {
  return x.slice([i, top, left, 0], [1, f, f, -1]).reshape([f, f, x.shape[3]]);
}

/** The filters of [f, f, nCPrev, nC], each for itself. */
function filtersOf(w: Tensor): Tensor[] {
  const [height, width, nCPrev, nC] = w.shape;
  return Array.from({ length: nC }, (_, c) => w.channel(c).reshape([height, width, nCPrev]));
}

/** sum += factor · x */
function addMultiple(sum: Tensor, x: Tensor, factor: number): void {
  for (let i = 0; i < x.size; i++) sum.data[i] += factor * x.data[i];
}

function convShape(call: string, aPrev: Tensor, w: Tensor, b: Tensor, parameters: ConvParameters) {
  requireImages(call, "aPrev", aPrev);
  const [m, nHPrev, nWPrev, nCPrev] = aPrev.shape;
  requireTensor(call, "w", w, ["f", "f", "nCPrev", "nC"], aPrev.dtype);
  const [f, , , nC] = w.shape;
  requireSameShape(call, "w", w, [f, f, nCPrev, nC]);
  requireSameShape(call, "b", b, [1, 1, 1, nC], aPrev.dtype);
  requireOptions<ConvParameters>(call, parameters, { stride: true, pad: true });
  const stride = requireInteger(call, "stride", parameters.stride, 1);
  const padding = requireInteger(call, "pad", parameters.pad, 0);
  const { height, width } = slidingWindow(call, [nHPrev, nWPrev], f, { stride, padding });
  return { m, nH: height.output, nW: width.output, nC, f };
}
