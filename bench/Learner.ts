import {
  adamStep,
  type AdamState,
  engine,
  initialWeights,
  type Network,
  networkGradients,
  random,
  type Tensor,
} from "convbook";

/** Trains a network by the operations of the library on the engine; no tfjs. */
export class Learner {
  weights = initialWeights(this.network, random(1));
  private state: AdamState | undefined;

  constructor(private readonly network: Network) {}

  /** One step of Adam on a batch; the loss before it. */
  step(images: Tensor, labels: ArrayLike<number>): number {
    const { network, weights, state } = this;
    const { loss, gradients } = networkGradients(network, weights, images, labels, {
      operations: engine,
    });
    ({ weights: this.weights, state: this.state } = adamStep(weights, gradients, state));
    return loss;
  }
}
