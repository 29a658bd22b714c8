import type { Layer } from "../../network";
import type { Tensor } from "../../tensor";
import { leastDeviation } from "../leastDeviation";
import type { LayerWeights } from "../NetworkWeights";

/** What a layer does that only scales and shifts each channel: y = x · factors[c] + shifts[c]. */
export interface Affine {
  factors: Float64Array;
  shifts: Float64Array;
}

/** The layer as scaling and shifting of each channel, or nothing for one that does something else. */
export function affineOf({ operation, shape }: Layer, weights: LayerWeights): Affine | undefined {
  const channels = shape[shape.length - 1];
  const { gamma, beta, movingMean, movingVariance } = weights;
  const at = (tensor: Tensor | undefined, c: number, otherwise: number): number =>
    tensor ? tensor.data[c % tensor.size] : otherwise;
  switch (operation.kind) {
    case "batchNorm": {
      const factor = (c: number) =>
        at(gamma, c, 1) / Math.sqrt(movingVariance!.data[c] + operation.epsilon);
      return affine(channels, factor, (c) => at(beta, c, 0) - movingMean!.data[c] * factor(c));
    }
    case "channelScale":
      return affine(
        channels,
        (c) => at(gamma, c, 1),
        (c) => at(beta, c, 0),
      );
    case "inputNorm": {
      const deviation = (c: number) =>
        Math.max(Math.sqrt(at(movingVariance, c, 1)), leastDeviation);
      return affine(
        channels,
        (c) => 1 / deviation(c),
        (c) => -at(movingMean, c, 0) / deviation(c),
      );
    }
    default:
      return undefined;
  }
}

function affine(
  channels: number,
  factor: (c: number) => number,
  shift: (c: number) => number,
): Affine {
  const factors = new Float64Array(channels);
  const shifts = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    factors[c] = factor(c);
    shifts[c] = shift(c);
  }
  return { factors, shifts };
}

/**
 * Whether weights can take the factors up: with large ones a filter's values would leave float32, where what the
 * layers compute one after the other need not.
 */
export function isMild({ factors, shifts }: Affine): boolean {
  return (
    factors.every((factor) => Math.abs(factor) <= 1e12) &&
    shifts.every((shift) => Math.abs(shift) <= 1e30)
  );
}

/** First the one, then the other. */
export function after(first: Affine, { factors, shifts }: Affine): Affine {
  return {
    factors: first.factors.map((factor, c) => factor * factors[c]),
    shifts: first.shifts.map((shift, c) => shift * factors[c] + shifts[c]),
  };
}

/** The filter with each output channel, which is its last axis, scaled. Rounded once. */
export function scaledFilter(filter: Tensor, { factors }: Affine): Float32Array {
  const channels = factors.length;
  const scaled = new Float32Array(filter.size);
  for (let i = 0; i < scaled.length; i += channels)
    for (let c = 0; c < channels; c++) scaled[i + c] = filter.data[i + c] * factors[c];
  return scaled;
}

/**
 * The same for a transposed convolution, [kh, kw, filters / groups, cin]: an output channel is one filter of the group
 * that the input channel belongs to.
 */
export function scaledTransposedFilter(filter: Tensor, { factors }: Affine): Float32Array {
  const [, , filters, inputs] = filter.shape;
  const inputsOfGroup = (inputs * filters) / factors.length;
  return Float32Array.from(filter.data, (value, i) => {
    const group = Math.floor((i % inputs) / inputsOfGroup);
    return value * factors[group * filters + (Math.floor(i / inputs) % filters)];
  });
}

/** What the scaled sums begin from. */
export function scaledBias(bias: Tensor | undefined, { factors, shifts }: Affine): Float32Array {
  return Float32Array.from(shifts, (shift, c) => shift + (bias ? bias.data[c] * factors[c] : 0));
}

export function float32(values: Float64Array): Float32Array {
  return Float32Array.from(values);
}
