import { ArgumentError, requireInteger, sizeOf } from "../../tensor";
import type { Module } from "../graph";
import { type Named, layer, weight, requireLayerOptions } from "./draft";

export interface DenseOptions extends Named {
  /** Length of the output. */
  units: number;
  /** True when left out. */
  bias?: boolean | undefined;
  /** False for weights that are set by hand and stay, as LeNet-5's output codes. True when left out. */
  trainable?: boolean | undefined;
}

/**
 * A fully connected layer: [n] → [units].
 *
 * Weights: n · units and one bias a unit. Cost: n · units multiply-adds.
 *
 * @example
 * cost(network("scores", [9216], layers.dense({ units: 4096 }))).params // → 37752832
 */
export function dense(options: DenseOptions): Module {
  requireLayerOptions<DenseOptions>("layers.dense", options, {
    units: true,
    bias: "flag",
    trainable: "flag",
    name: true,
  });
  return layer("dense", options, (shape) => {
    const units = requireInteger("dense", "units", options.units, 1);
    if (shape.length !== 1) {
      throw new ArgumentError({
        call: "dense",
        argument: "input's shape",
        expected: "[features]",
        received: shape,
        remedy: isOnePixel(shape)
          ? `On [1, 1, c] a 1×1 convolution, conv({ filters: ${units}, kernelSize: 1 }), is the same layer and keeps the shape; for a row of numbers put flatten() before it.`
          : "Put flatten() or globalAveragePool() before it.",
      });
    }
    const { bias = true, trainable = true } = options;
    const matrix = weight("matrix", [shape[0], units], trainable);
    return {
      operation: { kind: "dense", units, bias },
      shape: [units],
      weights: bias ? [matrix, weight("bias", [units], trainable)] : [matrix],
    };
  });
}

/** Whether these are maps of one pixel, as a global pool with `keepDims` leaves them. */
function isOnePixel(shape: readonly number[]): boolean {
  return shape.length === 3 && shape[0] === 1 && shape[1] === 1;
}

/**
 * All maps as one row of numbers: [h, w, c] → [h · w · c].
 *
 * @example
 * network("row", [6, 6, 256], layers.flatten()).output.shape // → [9216]
 */
export function flatten(options: Named = {}): Module {
  requireLayerOptions<Named>("layers.flatten", options, { name: true });
  return layer("flatten", options, (shape) => ({
    operation: { kind: "flatten" },
    shape: [sizeOf(shape)],
  }));
}
