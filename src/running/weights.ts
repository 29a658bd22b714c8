import { type Network, requireNetwork, type Weight } from "../network";
import {
  ArgumentError,
  full,
  normals,
  type NormalSource,
  type Random,
  requireInteger,
  sizeOf,
  type Tensor,
  zeros,
} from "../tensor";
import type { NetworkWeights } from "./NetworkWeights";
import { layersWithWeights } from "./requireWeights";

/**
 * Weights to begin training with. Filters and matrices are normal with a variance of 2 / fan-in, so that
 * values neither grow nor fade on their way through layers of ReLU; biases, shifts and means are 0, scales
 * and variances 1.
 *
 * @param source a seed, or a source of random numbers, of which one draw becomes the seed. The same seed gives the
 *   same weights on every machine.
 * @returns by layer path, auxiliary heads included
 * @see He, Zhang, Ren and Sun, Delving deep into rectifiers, 2015, arXiv 1502.01852
 *
 * @example
 * const net = network("net", [8, 8, 3], layers.conv({ filters: 4, kernelSize: 3 }), layers.batchNorm());
 * const weights = initialWeights(net, 7);
 * weights["conv1"].filter?.shape // → [3, 3, 3, 4]
 * weights["batchNorm1"].gamma?.toArray() // → [1, 1, 1, 1]
 */
export function initialWeights(network: Network, source: Random | number): NetworkWeights {
  requireNetwork("initialWeights", network);
  const drawn = normals(seedOf(source));
  return Object.fromEntries(
    layersWithWeights(network).map((layer) => [
      layer.path,
      Object.fromEntries(layer.weights.map((weight) => [weight.name, initial(weight, drawn)])),
    ]),
  );
}

function seedOf(source: Random | number): number {
  if (typeof source === "number") return requireInteger("initialWeights", "source", source, 0);
  if (typeof source?.integer === "function") return source.integer(0, 2 ** 31 - 1);
  throw new ArgumentError({
    call: "initialWeights",
    argument: "source",
    expected: "a seed, an integer of at least 0, or a source of random numbers",
    received: source,
    remedy: "initialWeights(network, 7) draws the same weights each time.",
  });
}

function initial({ name, shape }: Weight, source: NormalSource): Tensor {
  switch (name) {
    case "filter": // [kh, kw, cin / groups, cout]
    case "matrix": // [n, units]
      return heNormal(shape, source);
    case "gamma":
    case "movingVariance":
      return full(shape, 1);
    default:
      return zeros(shape);
  }
}

function heNormal(shape: readonly number[], source: NormalSource): Tensor {
  const weights = zeros(shape);
  source.fill(weights.data as Float32Array, Math.sqrt(2 / sizeOf(shape.slice(0, -1))));
  return weights;
}
