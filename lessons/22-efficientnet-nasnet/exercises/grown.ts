import { cost, layers, type Network, network } from "convbook";

/** Three dials: how many times as many layers and channels, and the pixels on a side. */
export interface Size {
  depth: number;
  width: number;
  resolution: number;
}

const { conv, relu, sequential } = layers;

/** The net of which "22.scaleTo" turns the dials; its starter and its solution have the same. */
export function grown({ depth, width, resolution }: Size): Network {
  const stages = [
    [16, 1],
    [24, 2],
    [48, 3],
  ];
  return network(
    "grown",
    [resolution, resolution, 3],
    ...stages.flatMap(([channels, count]) =>
      Array.from({ length: Math.ceil(count * depth) }, (_, i) => {
        const filters = 8 * Math.round((channels * width) / 8);
        const stride = i === 0 ? 2 : 1;
        return sequential(conv({ filters, kernelSize: 3, stride, padding: "same" }), relu());
      }),
    ),
  );
}

export function macsOf(size: Size): number {
  return cost(grown(size)).macs;
}

/** All three dials by the rule, from 96 pixels. */
export function byRule(phi: number): Size {
  return { depth: 1.2 ** phi, width: 1.1 ** phi, resolution: Math.floor(96 * 1.15 ** phi) };
}
