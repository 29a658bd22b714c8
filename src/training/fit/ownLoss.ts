import * as tf from "@tensorflow/tfjs";
import { ArgumentError } from "../../tensor";
import type { TfTensor } from "../../tfjs";
import type { Loss } from "./settings";
import { targetsOf } from "./targets";

/**
 * The loss that the caller's function makes of what the model puts out.
 *
 * @param outputs [m, classes], or [m, 1] of a model that tells two classes apart by one number
 * @throws ArgumentError when the function gives something else than a scalar of tfjs
 */
export function ownLoss(
  loss: Loss,
  labels: ArrayLike<number>,
  outputs: tf.Tensor2D,
  smoothing: number,
): tf.Scalar {
  const given: unknown = loss(targetsOf(labels, outputs.shape[1], smoothing), outputs as TfTensor);
  if (given instanceof tf.Tensor && given.size === 1) return given.asScalar();
  throw new ArgumentError({
    call: "fit",
    argument: "loss",
    expected: "a function that gives a scalar of tfjs",
    received: given,
    receivedAs: `one that gives ${described(given)}`,
    remedy:
      given instanceof tf.Tensor
        ? "Take the mean over the batch: .mean()."
        : "Such as (labels, outputs) => tf.losses.meanSquaredError(labels, outputs).",
  });
}

function described(given: unknown): string {
  if (given instanceof tf.Tensor) return `a tensor of shape [${given.shape.join(", ")}]`;
  if (given instanceof Promise) return "a promise";
  return given === undefined ? "nothing" : `a ${typeof given}`;
}

/** tfjs says no more than that it finds no connection. */
export function withoutGradient(error: unknown): unknown {
  if (!(error instanceof Error) || !/Cannot find a connection/.test(error.message)) return error;
  return new ArgumentError({
    call: "fit",
    argument: "loss",
    expected: "computed from `outputs` by operations of tfjs that have gradients",
    received: undefined,
    receivedAs: "a loss that no weight moves",
    remedy: "argMax, greater and round have no gradient, and dataSync leaves tfjs.",
  });
}
