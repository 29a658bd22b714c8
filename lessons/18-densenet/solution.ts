import { layers, type Module, type Network, network } from "convbook";

/** The channels that each layer of a dense block reads, and those that come out of the block. */
export function blockChannels(
  first: number,
  growth: number,
  count: number,
): { reads: number[]; out: number } {
  const reads = Array.from({ length: count }, (_, i) => first + i * growth);
  return { reads, out: first + count * growth };
}

/** A layer of a dense block: its maps are stacked behind those that it read. */
export function denseLayer(input: number[], growth: number): Network {
  const { batchNorm, concat, conv, relu, sequential } = layers;
  const normConv = (filters: number, kernelSize: number) =>
    sequential(batchNorm(), relu(), conv({ filters, kernelSize, padding: "same", bias: false }));
  const grow = sequential(normConv(4 * growth, 1), normConv(growth, 3));
  return network("dense layer", input, (x) => concat(x, grow(x))); // [h, w, c + growth]
}

/** A dense block of DenseNet-BC and the transition behind it. */
export function denseBlock(
  input: number[],
  growth: number,
  count: number,
  compression: number,
): Network {
  const { averagePool, batchNorm, concat, conv, relu, repeat, sequential } = layers;
  const normConv = (filters: number, kernelSize: number) =>
    sequential(batchNorm(), relu(), conv({ filters, kernelSize, padding: "same", bias: false }));
  const layer = (): Module => {
    const grow = sequential(normConv(4 * growth, 1), normConv(growth, 3));
    return (x) => concat(x, grow(x));
  };
  const kept = Math.floor(compression * (input[2] + count * growth));
  return network(
    "dense block",
    input,
    repeat(count, layer), // [h, w, c + count * growth]
    normConv(kept, 1),
    averagePool({ size: 2 }), // [h / 2, w / 2, kept]
  );
}

/** A dense block in which each 3 x 3 layer reads through a neck of 2 * growth channels. */
export function thrifty(input: number[], growth: number, count: number): Network {
  const { concat, conv, relu, repeat, sequential } = layers;
  const reluConv = (filters: number, kernelSize: number) =>
    sequential(relu(), conv({ filters, kernelSize, padding: "same" }));
  const layer = (): Module => {
    const grow = sequential(reluConv(2 * growth, 1), reluConv(growth, 3));
    return (x) => concat(x, grow(x));
  };
  return network("thrifty", input, repeat(count, layer)); // [h, w, c + count * growth]
}
