import { layers, type Module, type Network, network } from "convbook";

/** Filter weights of two 3 x 3 layers that keep the channels, and of the bottleneck in their place. */
export function unitWeights(
  channels: number,
  inner: number,
): { basic: number; bottleneck: number } {
  const basic = 2 * 9 * channels * channels;
  const bottleneck = channels * inner + 9 * inner * inner + inner * channels; // 1 x 1, 3 x 3, 1 x 1
  return { basic, bottleneck };
}

/** A bottleneck whose input can be added as it is. */
export function identityBlock(input: number[], f: number, filters: number[]): Network {
  const { batchNorm, conv, relu, residual, sequential } = layers;
  const convNorm = (filters: number, kernelSize: number) =>
    sequential(conv({ filters, kernelSize, padding: "same" }), batchNorm());
  const body = sequential(
    convNorm(filters[0], 1),
    relu(),
    convNorm(filters[1], f),
    relu(),
    convNorm(filters[2], 1), // no ReLU before the sum
  );
  return network("identity block", input, residual(body), relu()); // [h, w, filters[2]]
}

/** A bottleneck that changes the shape, with a projection on the way around. */
export function convolutionalBlock(
  input: number[],
  f: number,
  filters: number[],
  stride: number,
): Network {
  const { batchNorm, conv, relu, residual, sequential } = layers;
  const convNorm = (filters: number, kernelSize: number, stride = 1) =>
    sequential(conv({ filters, kernelSize, stride, padding: "same" }), batchNorm());
  const body = sequential(
    convNorm(filters[0], 1, stride),
    relu(),
    convNorm(filters[1], f),
    relu(),
    convNorm(filters[2], 1),
  );
  const shortcut = convNorm(filters[2], 1, stride);
  return network("convolutional block", input, residual(body, { shortcut }), relu());
}

/** ResNet-50 for small images: four stages of 3, 4, 6 and 3 bottlenecks. */
export function resnet50(input: number[], widths: number[], classes: number): Network {
  const { averagePool, batchNorm, conv, dense, flatten } = layers;
  const { maxPool, relu, repeat, residual, sequential } = layers;
  const convNorm = (filters: number, kernelSize: number, stride = 1) =>
    sequential(conv({ filters, kernelSize, stride, padding: "same" }), batchNorm());
  const unit = (width: number, stride: number, shortcut?: Module) => {
    const body = sequential(
      convNorm(width, 1, stride),
      relu(),
      convNorm(width, 3),
      relu(),
      convNorm(4 * width, 1),
    );
    return sequential(residual(body, { shortcut }), relu());
  };
  const stage = (width: number, units: number, stride: number) =>
    sequential(
      unit(width, stride, convNorm(4 * width, 1, stride)),
      repeat(units - 1, () => unit(width, 1)),
    );
  return network(
    "ResNet-50",
    input,
    conv({ filters: widths[0], kernelSize: 7, stride: 2, padding: 3 }),
    batchNorm(),
    relu(),
    maxPool({ size: 3, stride: 2 }),
    stage(widths[0], 3, 1),
    stage(widths[1], 4, 2),
    stage(widths[2], 6, 2),
    stage(widths[3], 3, 2),
    averagePool({ size: 2 }),
    flatten(),
    dense({ units: classes }),
  );
}
