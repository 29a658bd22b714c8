import { layers, type Network, network } from "convbook";

/** Multiply-adds of an f x f layer behind a 1 x 1 layer that reduces its input to a few channels. */
export function bottleneckMacs(
  input: number[],
  f: number,
  filters: number,
  reduce: number,
): number {
  const [height, width, channels] = input; // [h, w, cin]
  const reduction = height * width * channels * reduce; // one product for each channel, pixel and filter
  const convolution = height * width * f * f * reduce * filters; // on the few channels that are left
  return reduction + convolution;
}

/** The Inception module of a row of GoogLeNet's table. */
export function inception(input: number[], widths: number[]): Network {
  const { branches, conv, maxPool, relu, sequential } = layers;
  const [one, threeReduce, three, fiveReduce, five, pool] = widths;
  const convRelu = (filters: number, kernelSize: number) =>
    sequential(conv({ filters, kernelSize, padding: "same" }), relu());
  return network(
    "inception",
    input, // [h, w, cin]
    branches(
      convRelu(one, 1),
      sequential(convRelu(threeReduce, 1), convRelu(three, 3)),
      sequential(convRelu(fiveReduce, 1), convRelu(five, 5)),
      sequential(maxPool({ size: 3, stride: 1, padding: 1 }), convRelu(pool, 1)),
    ),
  ); // [h, w, one + three + five + pool]
}

/** A module that sees what the naive one sees, through bottlenecks. */
export function affordable(input: number[], filters: number[]): Network {
  const { branches, conv, maxPool, relu, sequential } = layers;
  const [one, three, five, pool] = filters;
  const channels = input[2];
  const convRelu = (filters: number, kernelSize: number) =>
    sequential(conv({ filters, kernelSize, padding: "same" }), relu());
  return network(
    "affordable",
    input, // [h, w, cin]
    branches(
      convRelu(one, 1),
      sequential(convRelu(Math.ceil(channels / 4), 1), convRelu(three, 3)),
      sequential(convRelu(Math.ceil(channels / 8), 1), convRelu(five, 5)), // 25 products a filter: narrower still
      sequential(maxPool({ size: 3, stride: 1, padding: 1 }), convRelu(pool, 1)),
    ),
  ); // [h, w, one + three + five + pool]
}

/** The rows of a printed table that are more than 3% off, with what their widths really take. */
export function oddRows(
  rows: { name: string; input: number[]; widths: number[]; kilo: number; mega: number }[],
): { name: string; weights: number; multiplyAdds: number }[] {
  const isOff = (printed: number, counted: number) => Math.abs(printed / counted - 1) > 0.03;
  return rows.flatMap(({ name, input, widths, kilo, mega }) => {
    const [height, width, channels] = input;
    const [one, threeReduce, three, fiveReduce, five, pool] = widths;
    const ofInput = channels * (one + threeReduce + fiveReduce + pool); // the 1 x 1 layers
    const weights = ofInput + 9 * threeReduce * three + 25 * fiveReduce * five;
    const multiplyAdds = height * width * weights; // every weight is used once at every pixel
    const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6, multiplyAdds);
    return odd ? [{ name, weights, multiplyAdds }] : [];
  });
}
