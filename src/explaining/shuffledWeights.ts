import type { NetworkWeights } from "../running";
import {
  ArgumentError,
  permutation,
  requireFunction,
  requireOptions,
  requireRandom,
  type Random,
  type Tensor,
} from "../tensor";

export interface ShuffledWeightsOptions {
  /** Which layers, by their paths; all when left out. */
  only?: ((path: string) => boolean) | undefined;
}

/**
 * Trained weights with the numbers of filters and matrices in random order: as large and as many as before, and what
 * was learnt by their order is gone. The control for every picture of what a network sees: one that looks the same
 * with these weights does not show what was learnt. Biases, scales and means stay.
 *
 * @see Adebayo et al., Sanity checks for saliency maps, 2018, arXiv 1810.03292
 *
 * @example
 * const weights = { dense1: { matrix: tensor([[1, 2, 3]]), bias: tensor([5, 6, 7]) } };
 * const { dense1 } = shuffledWeights(weights, random(1));
 * Array.from(dense1.matrix.data).sort() // → [1, 2, 3]
 * dense1.bias.toArray() // → [5, 6, 7]
 */
export function shuffledWeights(
  weights: NetworkWeights,
  source: Random,
  options: ShuffledWeightsOptions = {},
): NetworkWeights {
  const call = "shuffledWeights";
  if (typeof weights !== "object" || weights === null || Array.isArray(weights))
    throw new ArgumentError({
      call,
      argument: "weights",
      expected: "those of a network, by the paths of its layers",
      received: weights,
    });
  requireRandom(call, "source", source);
  requireOptions<ShuffledWeightsOptions>(call, options, { only: true });
  const { only = () => true } = options;
  requireFunction(call, "only", only, "from a path to true or false");
  const shuffled = (x: Tensor): Tensor => {
    const order = permutation(x.size, source);
    return x.map((_, offset) => x.data[order[offset]]);
  };
  return Object.fromEntries(
    Object.entries(weights).map(([path, layer]) => {
      if (!only(path)) return [path, layer];
      const { filter, matrix } = layer;
      const moved = {
        ...(filter && { filter: shuffled(filter) }),
        ...(matrix && { matrix: shuffled(matrix) }),
      };
      return [path, { ...layer, ...moved }];
    }),
  );
}
