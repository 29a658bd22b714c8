import { initialWeights, type Network, type NetworkWeights, random, type Tensor } from "convbook";

/** Weights as training leaves them: biases that are not 0, statistics that are not those of no data. */
export function randomWeights(network: Network, seed: number): NetworkWeights {
  const source = random(seed);
  const vary = (name: string, value: Tensor): Tensor => {
    if (name === "gamma" || name === "movingVariance")
      return value.map(() => source.uniform(0.5, 1.5));
    if (name === "beta" || name === "movingMean" || name === "bias")
      return value.map(() => source.normal(0, 0.1));
    return value;
  };
  return Object.fromEntries(
    Object.entries(initialWeights(network, source)).map(([path, weights]) => [
      path,
      Object.fromEntries(Object.entries(weights).map(([name, value]) => [name, vary(name, value)])),
    ]),
  );
}
