import {
  dense,
  fromFunction,
  globalAveragePool,
  layers,
  type Module,
  network,
  type Network,
  relu,
  sigmoid,
  type Tensor,
} from "convbook";

/** Squeeze, excitation and scale, on images [m, h, w, c]. */
export function seBlock(
  x: Tensor,
  weights: { w1: Tensor; b1: Tensor; w2: Tensor; b2: Tensor },
): Tensor {
  const { w1, b1, w2, b2 } = weights;
  const squeezed = globalAveragePool(x); // [m, c]
  const narrow = relu(dense(squeezed, w1, { bias: b1 })); // [m, c / r]
  const scale = sigmoid(dense(narrow, w2, { bias: b2 })); // [m, c]
  return fromFunction(x.shape, (i, row, column, c) => x.get(i, row, column, c) * scale.get(i, c));
}

/** The parameters that SE blocks add, biases included. */
export function seParameters(channels: number[], r: number): number {
  const ofBlock = (c: number): number => 2 * c * (c / r) + c / r + c; // two matrices, two biases
  return channels.reduce((sum, c) => sum + ofBlock(c), 0);
}

/** A squeeze-and-excitation block alone. */
export function seModule(input: number[], r: number): Network {
  const { globalAveragePool, conv, relu, sigmoid, multiply, sequential } = layers;
  const channels = input[2];
  const gate = sequential(
    globalAveragePool({ keepDims: true }), // [1, 1, c]
    conv({ filters: channels / r, kernelSize: 1 }),
    relu(),
    conv({ filters: channels, kernelSize: 1 }),
    sigmoid(),
  );
  return network("squeeze and excitation", input, (x) => multiply(x, gate(x)));
}

/** ResNet's bottleneck with squeeze and excitation on its body, before the addition. */
export function seUnit(input: number[], filters: number, r: number): Network {
  const { globalAveragePool, conv, batchNorm, relu, sigmoid, multiply, residual } = layers;
  const { sequential } = layers;
  const channels = input[2];
  const convNorm = (width: number, kernelSize: number): Module =>
    sequential(
      conv({ filters: width, kernelSize, padding: (kernelSize - 1) / 2, bias: false }),
      batchNorm(),
    );
  const gate = sequential(
    globalAveragePool({ keepDims: true }),
    conv({ filters: channels / r, kernelSize: 1 }),
    relu(),
    conv({ filters: channels, kernelSize: 1 }),
    sigmoid(),
  );
  const body = sequential(
    convNorm(filters, 1),
    relu(),
    convNorm(filters, 3),
    relu(),
    convNorm(channels, 1),
    (y) => multiply(y, gate(y)),
  );
  return network("SE bottleneck", input, residual(body), relu());
}
