import type { Layer } from "../network";
import { type Tensor, zip } from "../tensor";
import { backward, type BackwardOptions, type NetworkGradientOperations } from "./backward";
import { weightsFor } from "./requireWeights";
import type { LayerWeights, NetworkWeights } from "./NetworkWeights";

/**
 * From the gradient to the output of one layer to those of all before it: each layer turns the gradient to its output
 * into those to its inputs and weights. Where an output goes several ways, their gradients add up. A layer that the
 * end does not come out of has none.
 *
 * @param layers those that were computed, in the order in which they were
 * @param outputs of each of them, and of the input
 * @param onWeights gets the gradients to each layer's weights
 */
export function backpropagate(
  layers: readonly Layer[],
  outputs: ReadonlyMap<Layer, Tensor>,
  end: Layer,
  dEnd: Tensor,
  weights: NetworkWeights,
  operations: NetworkGradientOperations,
  options: BackwardOptions & {
    onWeights?: ((layer: Layer, dWeights: LayerWeights) => void) | undefined;
  },
): Map<Layer, Tensor> {
  const dOutputs = new Map<Layer, Tensor>([[end, dEnd]]);
  for (const layer of [...layers].reverse()) {
    const dy = dOutputs.get(layer);
    if (!dy) continue;
    const inputs = layer.inputs.map((input) => outputs.get(input)!);
    const ofLayer = weightsFor(weights, layer);
    const { dInputs, dWeights } = backward(layer, dy, inputs, ofLayer, operations, options);
    layer.inputs.forEach((input, i) => {
      const others = dOutputs.get(input);
      dOutputs.set(input, others ? zip(others, dInputs[i], (a, b) => a + b) : dInputs[i]);
    });
    if (dWeights) options.onWeights?.(layer, dWeights);
  }
  return dOutputs;
}
