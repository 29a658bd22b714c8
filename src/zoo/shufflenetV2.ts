import { type Module, type Network, layers, network } from "../network";
import { requireOneOf } from "../tensor";
import { classifier, convNorm, depthwiseNorm } from "./blocks";
import {
  type Family,
  type Variant,
  type ZooOptions,
  paper,
  torchvision,
  requireZooOptions,
} from "./family";

const { block, channelShuffle, concat, maxPool, repeat, sequential, split } = layers;

/** Output channels of the three stages and of the last 1×1 (paper, table 5). */
const widths = {
  "0.5": [48, 96, 192, 1024],
  "1": [116, 232, 464, 1024],
  "1.5": [176, 352, 704, 1024],
  "2": [244, 488, 976, 2048],
} as const;

export interface ShufflenetV2Options extends ZooOptions {
  /** 0.5, 1, 1.5 or 2. 1 when left out. */
  width?: 0.5 | 1 | 1.5 | 2 | undefined;
  /**
   * Where implementations differ. `"torchvision"`: both branches of a unit at stride 2 make half of the
   * channels. `"megvii"`, the authors' own: the short branch keeps its input's channels and the long one makes
   * the rest; no bias in the classifier.
   */
  version?: "torchvision" | "megvii" | undefined;
  name?: string | undefined;
}

/**
 * ShuffleNet v2: designed for time rather than for multiply-adds. Half of the channels pass a unit by, no
 * convolution has groups but the depthwise ones, and nothing is added.
 *
 * @see Ma, Zhang, Zheng and Sun, ShuffleNet V2, 2018, arXiv 1807.11164
 *
 * @example
 * cost(zoo.shufflenetV2()).macs // → 144907992
 */
export function shufflenetV2(options: ShufflenetV2Options = {}): Network {
  requireZooOptions<ShufflenetV2Options>("shufflenetV2", options, {
    width: true,
    version: true,
    name: true,
  });
  const { classes = 1000, inputSize = 224, inputChannels = 3, width = 1 } = options;
  const key = requireOneOf("zoo.shufflenetV2", "width", String(width), ["0.5", "1", "1.5", "2"]);
  const versions = ["torchvision", "megvii"] as const;
  const version = requireOneOf(
    "zoo.shufflenetV2",
    "version",
    options.version ?? "torchvision",
    versions,
  );
  const [stage2, stage3, stage4, last] = widths[key];
  return network(
    options.name ?? `ShuffleNet v2 ${width}${version === "megvii" ? " (Megvii)" : ""}`,
    [inputSize, inputSize, inputChannels],
    block("conv1", convNorm(24, 3, { stride: 2 }), maxPool({ size: 3, stride: 2, padding: 1 })),
    ...[stage2, stage3, stage4].map((filters, stage) =>
      repeat([4, 8, 4][stage], (i) =>
        block(`stage${stage + 2}_${i}`, i === 1 ? halvingUnit(filters, version) : unit(filters)),
      ),
    ),
    block("conv5", convNorm(last, 1)),
    classifier(classes, { bias: version === "torchvision" }),
  );
}

/** Figure 3 (c): one half of the channels waits while the other is worked on. */
function unit(filters: number): Module {
  const half = filters / 2;
  return (x) => {
    const [waiting, worked] = split(x, 2);
    return channelShuffle({ groups: 2 })(concat(waiting, longBranch(half, half, 1)(worked)));
  };
}

/** Figure 3 (d): both branches see all channels and halve the maps. */
function halvingUnit(filters: number, version: "torchvision" | "megvii"): Module {
  const half = filters / 2;
  return (x) => {
    const short = version === "torchvision" ? half : x.shape[2];
    const around = sequential(
      depthwiseNorm(3, { stride: 2, activation: "linear" }),
      convNorm(short, 1),
    );
    return channelShuffle({ groups: 2 })(
      concat(around(x), longBranch(half, filters - short, 2)(x)),
    );
  };
}

function longBranch(inner: number, made: number, stride: number): Module {
  return sequential(
    convNorm(inner, 1),
    depthwiseNorm(3, { stride, activation: "linear" }),
    convNorm(made, 1),
  );
}

export const shufflenetV2Family: Family = {
  name: "ShuffleNet v2",
  line: "mobile",
  papers: [
    {
      title: "ShuffleNet V2: practical guidelines for efficient CNN architecture design",
      authors: "Ma, Zhang, Zheng, Sun",
      year: 2018,
      arxiv: "1807.11164",
    },
  ],
  facts: [
    "Its four guidelines: equal channel widths read and write least; groups cost memory access; many small pieces hinder parallel work; element-wise operations are not free.",
    "torchvision's widths in the units at stride 2 make 144.9, 295.8 and 583.3 M multiply-adds where the authors' net has 145.8, 299.0 and 590.8 M.",
  ],
  variants: [
    ...(
      [
        [0.5, 1_366_792, 60.552, 81.746],
        [1, 2_278_604, 69.362, 88.316],
        [1.5, 3_503_624, 72.996, 91.086],
        [2, 7_393_996, 76.23, 93.006],
      ] as const
    ).map(([width, params, top1, top5]): Variant => {
      return {
        name: `ShuffleNet v2 ${width}`,
        build: () => shufflenetV2({ width }),
        published: [torchvision(params, top1, top5)],
      };
    }),
    ...(
      [
        [0.5, 41e6, 60.3],
        [1, 146e6, 69.4],
        [1.5, 299e6, 72.6],
        [2, 591e6, 74.9],
      ] as const
    ).map(([width, macs, top1]): Variant => {
      return {
        name: `ShuffleNet v2 ${width} (Megvii)`,
        build: () => shufflenetV2({ width, version: "megvii" }),
        note: "the authors' widths at stride 2, no bias in the classifier",
        published: [
          paper(
            { macs, top1, ...(width === 0.5 && { differs: "41 is printed for 40.5" }) },
            "table 8",
          ),
        ],
      };
    }),
  ],
};
