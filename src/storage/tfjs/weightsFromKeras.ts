import type { Network, WeightName } from "../../network";
import { layersWithWeights, type LayerWeights, type NetworkWeights } from "../../running";
import { ArgumentError, type Tensor } from "../../tensor";

/** Keras's names of a layer's tensors, by ours. */
const names: Partial<Record<WeightName, string>> = {
  filter: "kernel",
  matrix: "kernel",
  bias: "bias",
  gamma: "gamma",
  beta: "beta",
  movingMean: "moving_mean",
  movingVariance: "moving_variance",
};

/**
 * The weights of a Keras model, whose layout is ours: filters [kh, kw, cin, cout], matrices [n, units].
 *
 * @param tensors by their names there, `conv1/kernel`; each must be used
 * @param nameOf what Keras calls the layer that has this path here
 * @throws ArgumentError that names the first tensor that is missing, of another shape, or not used
 */
export function weightsFromKeras(
  network: Network,
  tensors: ReadonlyMap<string, Tensor>,
  nameOf: (path: string) => string,
): NetworkWeights {
  const unused = new Set(tensors.keys());
  const weights: Record<string, LayerWeights> = {};
  for (const { path, weights: needed } of layersWithWeights(network)) {
    weights[path] = Object.fromEntries(
      needed.map(({ name, shape }) => {
        const theirName = `${nameOf(path)}/${names[name]}`;
        const tensor = tensors.get(theirName);
        if (!tensor || String(tensor.shape) !== String(shape)) {
          const received = tensor ? `one of [${tensor.shape.join(", ")}]` : "none";
          throw refused(`${theirName} of [${shape.join(", ")}] for "${path}"`, received);
        }
        unused.delete(theirName);
        return [name, tensor];
      }),
    );
  }
  const [first] = unused;
  if (first) throw refused("weights of this network alone", first);
  return weights;
}

function refused(expected: string, received: string): ArgumentError {
  const call = "weightsFromKeras";
  return new ArgumentError({ call, argument: "tensors", expected, received, receivedAs: received });
}
