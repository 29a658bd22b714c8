import { fromFunction, layers, network, type Network, type Tensor } from "convbook";

export function shareSaved(
  kernel: [height: number, width: number],
  stack: [height: number, width: number][],
): number {
  const weights = ([height, width]: [number, number]) => height * width;
  const after = stack.reduce((sum, each) => sum + weights(each), 0);
  return 1 - after / weights(kernel);
}

export function halve(inputShape: number[]): Network {
  const { branches, conv, maxPool } = layers;
  const channels = inputShape[2];
  return network(
    "grid reduction",
    inputShape,
    branches(
      conv({ filters: channels, kernelSize: 3, stride: 2 }),
      maxPool({ size: 3, stride: 2 }),
    ),
  );
}

export function smoothTargets(labels: number[], classes: number, epsilon: number): Tensor {
  return fromFunction([labels.length, classes], (i, k) => {
    const oneHot = labels[i] === k ? 1 : 0;
    return (1 - epsilon) * oneHot + epsilon / classes;
  });
}

export function asymmetricModule(inputShape: number[], narrow: number, wide: number): Network {
  const { averagePool, batchNorm, branches, conv, relu, sequential } = layers;
  const brick = (filters: number, kernelSize: number | [number, number]) =>
    sequential(
      conv({ filters, kernelSize, padding: "same", bias: false }),
      batchNorm({ epsilon: 1e-3 }),
      relu(),
    );
  return network(
    "17×17 module",
    inputShape,
    branches(
      brick(wide, 1),
      sequential(brick(narrow, 1), brick(narrow, [1, 7]), brick(wide, [7, 1])),
      sequential(
        brick(narrow, 1),
        brick(narrow, [7, 1]),
        brick(narrow, [1, 7]),
        brick(narrow, [7, 1]),
        brick(wide, [1, 7]),
      ),
      sequential(averagePool({ size: 3, stride: 1, padding: "same" }), brick(wide, 1)),
    ),
  );
}
