import { type Module, type Network, layers, network } from "../network";
import { ArgumentError, requirePositive } from "../tensor";
import { classifier, convNorm, depthwiseNorm } from "./blocks";
import {
  type Family,
  type Published,
  type Variant,
  type ZooOptions,
  paper,
  requireZooOptions,
} from "./family";

const { averagePool, block, branches, channelShuffle, identity, maxPool, relu, repeat } = layers;
const { residual, sequential } = layers;

/** Output channels of the three stages at width 1, by number of groups (paper, table 1). */
const widths: Readonly<Record<number, readonly [number, number, number]>> = {
  1: [144, 288, 576],
  2: [200, 400, 800],
  3: [240, 480, 960],
  4: [272, 544, 1088],
  8: [384, 768, 1536],
};

/** Units in each stage. */
const units = [4, 8, 4];

export interface ShufflenetV1Options extends ZooOptions {
  /** Groups of the 1×1 convolutions: 1, 2, 3, 4 or 8. 3 when left out. */
  groups?: 1 | 2 | 3 | 4 | 8 | undefined;
  /** Multiplies every width, s of the paper. 1 when left out. */
  width?: number | undefined;
  /** Filters of the first convolution. 24 times the width when left out. */
  firstFilters?: number | undefined;
  /** Whether channels are shuffled between the grouped convolutions. True when left out. */
  shuffle?: boolean | undefined;
  /** Whether the classifier has a bias; Megvii's has none. True when left out. */
  classifierBias?: boolean | undefined;
  name?: string | undefined;
}

/**
 * ShuffleNet v1: bottlenecks whose 1×1 convolutions have groups, with a shuffle of the channels between so
 * that the groups hear of each other.
 *
 * @see Zhang, Zhou, Lin and Sun, ShuffleNet, 2017, arXiv 1707.01083
 *
 * @example
 * cost(zoo.shufflenetV1({ groups: 3 })).macs // → 137460672
 */
export function shufflenetV1(options: ShufflenetV1Options = {}): Network {
  requireZooOptions<ShufflenetV1Options>("shufflenetV1", options, {
    groups: true,
    width: true,
    firstFilters: true,
    shuffle: "flag",
    classifierBias: "flag",
    name: true,
  });
  const {
    classes = 1000,
    inputSize = 224,
    inputChannels = 3,
    groups = 3,
    shuffle = true,
  } = options;
  const width = requirePositive("zoo.shufflenetV1", "width", options.width ?? 1);
  if (!(groups in widths)) {
    const expected = "1, 2, 3, 4 or 8";
    throw new ArgumentError({
      call: "zoo.shufflenetV1",
      argument: "groups",
      expected,
      received: groups,
    });
  }
  const firstFilters = options.firstFilters ?? Math.floor(24 * width);
  const mix = shuffle ? channelShuffle({ groups }) : identity;
  return network(
    options.name ?? `ShuffleNet v1 ${width}, g = ${groups}`,
    [inputSize, inputSize, inputChannels],
    block(
      "conv1",
      convNorm(firstFilters, 3, { stride: 2 }),
      maxPool({ size: 3, stride: 2, padding: 1 }),
    ),
    ...units.map((count, stage) => {
      const filters = Math.floor(widths[groups][stage] * width);
      return repeat(count, (i) => {
        // The very first has too few channels to group.
        const reduceGroups = stage === 0 && i === 1 ? 1 : groups;
        const unit = shuffleUnit({ filters, groups, reduceGroups, mix, halves: i === 1 });
        return block(`stage${stage + 2}_${i}`, unit);
      });
    }),
    classifier(classes, { bias: options.classifierBias }),
  );
}

interface UnitOptions {
  filters: number;
  groups: number;
  reduceGroups: number;
  mix: Module;
  /** Whether it begins a stage: stride 2, and the pooled input stacked in place of added. */
  halves: boolean;
}

/** Figure 2 of the paper: grouped 1×1, shuffle, depthwise 3×3, grouped 1×1. */
function shuffleUnit({ filters, groups, reduceGroups, mix, halves }: UnitOptions): Module {
  const inner = Math.floor(filters / 4);
  const body = (made: number) =>
    sequential(
      convNorm(inner, 1, { groups: reduceGroups }),
      mix,
      depthwiseNorm(3, { stride: halves ? 2 : 1, activation: "linear" }),
      convNorm(made, 1, { groups, activation: "linear" }),
    );
  if (!halves) return sequential(residual(body(filters)), relu());
  const pool = averagePool({ size: 3, stride: 2, padding: 1 });
  return (x) => sequential(branches(pool, body(filters - x.shape[2])), relu())(x);
}

/** Table 1 of the paper leaves out the classifier; where that shows. */
const WITHOUT_CLASSIFIER: Record<number, string> = {
  4: "leaves out the classifier",
  8: "leaves out the classifier",
};

const wideFigures: Record<number, readonly Published[]> = {
  0.25: [
    paper(
      { macs: 13e6, top1: 45.0, differs: "would fit 12 filters in the first layer in place of 6" },
      "table 2",
    ),
  ],
  0.5: [paper({ macs: 38e6, top1: 56.8 }, "table 2")],
  1.5: [paper({ macs: 292e6, top1: 71.5 }, "table 5")],
  2: [paper({ macs: 524e6, top1: 73.7 }, "table 5")],
};

export const shufflenetV1Family: Family = {
  name: "ShuffleNet v1",
  line: "mobile",
  papers: [
    {
      title: "ShuffleNet: an extremely efficient convolutional neural network for mobile devices",
      authors: "Zhang, Zhou, Lin, Sun",
      year: 2017,
      arxiv: "1707.01083",
    },
  ],
  facts: [
    "More groups pay for more channels at the same cost; small nets gain most.",
    "The shuffle is a fixed permutation. Without it the error of 1× with 8 groups rises from 32.4 to 37.6%.",
    "Table 1 leaves out the classifier: 133 and 137 M multiply-adds for 4 and 8 groups, where the whole nets take 134.3 and 138.4 M.",
  ],
  variants: [
    ...(
      [
        [1, 66.4, 143e6],
        [2, 67.3, 140e6],
        [3, 67.4, 137e6],
        [4, 67.2, 133e6],
        [8, 67.6, 137e6],
      ] as const
    ).map(([groups, top1, macs]): Variant => {
      return {
        name: `ShuffleNet v1 1, g = ${groups}`,
        build: () => shufflenetV1({ groups }),
        published: [paper({ macs, top1, differs: WITHOUT_CLASSIFIER[groups] }, "tables 1 and 2")],
      };
    }),
    ...([0.25, 0.5, 0.75, 1.5, 2] as const).map((width): Variant => {
      return {
        name: `ShuffleNet v1 ${width}, g = 3`,
        build: () => shufflenetV1({ width, firstFilters: width === 1.5 ? 24 : undefined }),
        published: wideFigures[width],
      };
    }),
    ...([0.25, 0.5] as const).map((width): Variant => {
      return {
        name: `ShuffleNet v1 ${width}, g = 8`,
        build: () => shufflenetV1({ width, groups: 8, firstFilters: width === 0.5 ? 16 : 8 }),
      };
    }),
    ...(
      [
        [0.5, 3, 12, 57.3, 80.0, 38e6, 0.7e6],
        [1, 3, 24, 67.8, 87.7, 138e6, 1.9e6],
        [1.5, 3, 24, 71.6, 90.2, 292e6, 3.4e6],
        [2, 3, 48, 74.1, 91.4, 524e6, 5.4e6],
        [0.5, 8, 16, 58.8, 81.0, 40e6, 1.0e6],
        [1, 8, 24, 68.0, 86.4, 138e6, 2.4e6],
        [1.5, 8, 24, 71.0, 89.6, 290e6, 4.3e6],
        [2, 8, 48, 72.9, 90.8, 522e6, 6.5e6],
      ] as const
    ).map(([width, groups, firstFilters, top1, top5, macs, params]): Variant => {
      const name = `ShuffleNet v1 ${width}, g = ${groups} (Megvii)`;
      const source = "megvii-model/ShuffleNet-Series";
      return {
        name,
        build: () => shufflenetV1({ width, groups, firstFilters, classifierBias: false, name }),
        note: "no bias in the classifier",
        published: [
          {
            source,
            convention: "paper",
            macs,
            params,
            top1,
            top5,
            ...(width === 1 && groups === 3 && { differs: "138 is printed for 137.5" }),
          },
        ],
      };
    }),
  ],
};
