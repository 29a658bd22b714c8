import {
  adamStep,
  type AdamState,
  engine,
  initialWeights,
  type Network,
  networkGradients,
  type NetworkWeights,
  random,
  type Tensor,
} from "convbook";

/** Trains a network by the operations of the library on the engine; no tfjs. */
export class Learner {
  weights: NetworkWeights;
  private state: AdamState | undefined;

  constructor(private readonly network: Network) {
    this.weights = initialWeights(network, random(1));
  }

  /** One step of Adam on a batch; the loss before it. */
  step(images: Tensor, labels: ArrayLike<number>, learningRate = 0.001): number {
    const { network, weights, state } = this;
    const { loss, gradients } = networkGradients(network, weights, images, labels, {
      operations: engine,
    });
    const step = adamStep(weights, gradients, state, { learningRate });
    this.weights = step.weights;
    this.state = step.state;
    return loss;
  }
}
