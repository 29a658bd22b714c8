import { cost, layers, type Module, type Network, network } from "convbook";

/** Channels and layers of a stage when the net is made `width` times as wide and `depth` times as deep. */
export function scaledStage(
  channels: number,
  count: number,
  width: number,
  depth: number,
): { channels: number; count: number } {
  const wanted = channels * width;
  const nearest = 8 * Math.floor(wanted / 8 + 0.5);
  return {
    channels: nearest < 0.9 * wanted ? nearest + 8 : nearest,
    count: Math.ceil(count * depth),
  };
}

/** EfficientNet's block: wide, each channel by itself, weighed by its gate, narrow; and the input, where it fits. */
export function mbConv(
  input: number[],
  filters: number,
  kernelSize: number,
  stride: number,
  expansion: number,
): Network {
  const { activation, batchNorm, conv, depthwiseConv, globalAveragePool, multiply } = layers;
  const { identity, residual, sequential } = layers;
  const channels = input[2];
  const pointwise = (count: number): Module =>
    sequential(conv({ filters: count, kernelSize: 1, bias: false }), batchNorm());
  const gate = sequential(
    globalAveragePool({ keepDims: true }), // [1, 1, expansion * channels]
    conv({ filters: Math.floor(channels / 4), kernelSize: 1 }),
    activation("swish"),
    conv({ filters: expansion * channels, kernelSize: 1 }),
    activation("sigmoid"),
  );
  const body = sequential(
    expansion === 1 ? identity : sequential(pointwise(expansion * channels), activation("swish")),
    depthwiseConv({ kernelSize, stride, padding: (kernelSize - 1) / 2, bias: false }),
    batchNorm(),
    activation("swish"), // [h / stride, w / stride, expansion * channels]
    (x) => multiply(x, gate(x)),
    pointwise(filters), // [h / stride, w / stride, filters]
  );
  const fits = stride === 1 && filters === channels;
  return network("MBConv", input, fits ? residual(body) : body);
}

/** How many cells of so many blocks can be written down with so many operations. */
export function countCells(blocks: number, operations: number): number {
  let cells = 1;
  // Block b may read the two inputs of the cell and the b - 1 blocks before it, twice over.
  for (let b = 1; b <= blocks; b++) cells *= ((b + 1) * operations) ** 2;
  return cells;
}

/** All three dials by one phi, so far that the net takes nearly all of a budget of multiply-adds. */
export function scaleTo(budget: number): { depth: number; width: number; resolution: number } {
  const grown = (depth: number, width: number, resolution: number): Network =>
    network(
      "grown",
      [resolution, resolution, 3],
      ...[
        [16, 1],
        [24, 2],
        [48, 3],
      ].flatMap(([channels, count]) =>
        Array.from({ length: Math.ceil(count * depth) }, (_, i) =>
          layers.sequential(
            layers.conv({
              filters: 8 * Math.round((channels * width) / 8),
              kernelSize: 3,
              stride: i === 0 ? 2 : 1,
              padding: "same",
            }),
            layers.relu(),
          ),
        ),
      ),
    );
  const byRule = (phi: number) => ({
    depth: 1.2 ** phi,
    width: 1.1 ** phi,
    resolution: Math.floor(96 * 1.15 ** phi),
  });
  const takes = (phi: number): number => {
    const { depth, width, resolution } = byRule(phi);
    return cost(grown(depth, width, resolution)).macs;
  };
  let [fits, exceeds] = [0, 5];
  for (let halving = 0; halving < 10; halving++) {
    const middle = (fits + exceeds) / 2;
    if (takes(middle) <= budget) fits = middle;
    else exceeds = middle;
  }
  return byRule(fits);
}
