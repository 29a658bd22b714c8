import { ArgumentError } from "../tensor";
import { type Module, type Network, layers, network } from "../network";
import { classifier, convNorm, depthwiseNorm } from "./blocks";
import { type Family, type ZooOptions, requireZooOptions } from "./family";

const { block, relu, repeat, residual, sequential } = layers;

/** Filters and stride of the units before the middle ones, and how many of those there are. */
const entries: Readonly<Record<number, readonly (readonly [filters: number, stride: number])[]>> = {
  41: [
    [128, 2],
    [256, 2],
    [728, 2],
  ],
  65: [
    [128, 2],
    [256, 2],
    [728, 2],
  ],
  71: [
    [128, 2],
    [256, 1],
    [256, 2],
    [728, 1],
    [728, 2],
  ],
};
const middleUnits: Readonly<Record<number, number>> = { 41: 8, 65: 16, 71: 16 };
const epsilon = 1e-3;

export interface AlignedXceptionOptions extends ZooOptions {
  /** Number of layers with weights, a separable convolution being one: 41, 65 or 71. 65 when left out. */
  depth?: number | undefined;
  name?: string | undefined;
}

/**
 * Aligned Xception as DeepLab v3+ made it the usual one for segmentation: strided separable convolutions in place of
 * Xception's pools, three in every unit, batch norm between depthwise and pointwise too, and a longer middle.
 *
 * @see Chen, Zhu, Papandreou, Schroff and Adam, Encoder-decoder with atrous separable convolution, 2018, arXiv 1802.02611
 * @see Qi et al., Deformable convolutional networks: COCO detection and segmentation challenge 2017 entry
 *
 * @example
 * cost(zoo.alignedXception({ depth: 41 })).params // → 26969560
 */
export function alignedXception(options: AlignedXceptionOptions = {}): Network {
  requireZooOptions<AlignedXceptionOptions>("alignedXception", options, {
    depth: true,
    name: true,
  });
  const { classes = 1000, inputSize = 299, inputChannels = 3, depth = 65 } = options;
  if (!(depth in entries)) {
    const [call, argument, expected] = ["zoo.alignedXception", "depth", "one of 41, 65, 71"];
    throw new ArgumentError({ call, argument, expected, received: depth });
  }
  return network(
    options.name ?? `Aligned Xception-${depth}`,
    [inputSize, inputSize, inputChannels],
    block("conv1", convNorm(32, 3, { stride: 2, epsilon }), convNorm(64, 3, { epsilon })),
    ...entries[depth].map(([filters, stride], i) =>
      unit(`entry${i + 1}`, [filters, filters, filters], stride),
    ),
    repeat(middleUnits[depth], (i) => unit(`middle${i}`, [728, 728, 728], 1)),
    unit("exit1", [728, 1024, 1024], 2),
    block("exit2", ...[1536, 1536, 2048].map((filters) => separable(filters, 1, "relu"))),
    classifier(classes),
  );
}

/** Depthwise 3×3 and pointwise convolution, each with batch norm. */
function separable(filters: number, stride: number, activation: "relu" | "linear"): Module {
  return sequential(
    depthwiseNorm(3, { stride, activation, epsilon }),
    convNorm(filters, 1, { activation, epsilon }),
  );
}

/** Three separable convolutions with a ReLU before each; the last has the stride. */
function unit(name: string, widths: readonly [number, number, number], stride: number): Module {
  const [, , filters] = widths;
  const body = sequential(
    ...widths.flatMap((width, i) => [relu(), separable(width, i === 2 ? stride : 1, "linear")]),
  );
  const projection = convNorm(filters, 1, { stride, epsilon, activation: "linear" });
  return (x) => {
    const shortcut = x.shape[2] === filters && stride === 1 ? undefined : projection;
    return block(name, residual(body, { shortcut }))(x);
  };
}

export const alignedXceptionFamily: Family = {
  name: "Aligned Xception",
  line: "Inception",
  papers: [
    {
      title: "Encoder-decoder with atrous separable convolution for semantic image segmentation",
      authors: "Chen, Zhu, Papandreou, Schroff, Adam",
      year: 2018,
      arxiv: "1802.02611",
    },
  ],
  facts: [
    "No pools: each position of the maps stays known through the net, which segmentation needs.",
    "41, 65 and 71 count a separable convolution as one layer.",
  ],
  variants: [41, 65, 71].map((depth) => ({
    name: `Aligned Xception-${depth}`,
    build: () => alignedXception({ depth }),
    note: "timm's xception41, 65 and 71",
  })),
};
