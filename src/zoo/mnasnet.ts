import { type Network, layers, network } from "../network";
import { requirePositive, requireOneOf } from "../tensor";
import { classifier, convNorm, depthwiseNorm, roundChannels, sourceStyle } from "./blocks";
import {
  type Family,
  type StridedPadding,
  type ZooOptions,
  paper,
  torchvision,
  requireZooOptions,
} from "./family";
import { invertedResidual } from "./invertedResidual";

const { block, repeat } = layers;

/** Kernel, expansion, channels, repetitions, stride of the first, squeeze-and-excitation (paper, figure 7). */
type Row = readonly [k: number, t: number, c: number, n: number, s: number, se: boolean];

const rows: Readonly<Record<"A1" | "B1", readonly Row[]>> = {
  A1: [
    [3, 6, 24, 2, 2, false],
    [5, 3, 40, 3, 2, true],
    [3, 6, 80, 4, 2, false],
    [3, 6, 112, 2, 1, true],
    [5, 6, 160, 3, 2, true],
    [3, 6, 320, 1, 1, false],
  ],
  B1: [
    [3, 3, 24, 3, 2, false],
    [5, 3, 40, 3, 2, false],
    [5, 6, 80, 3, 2, false],
    [3, 6, 96, 2, 1, false],
    [5, 6, 192, 4, 2, false],
    [3, 6, 320, 1, 1, false],
  ],
};

export interface MnasnetOptions extends ZooOptions {
  /** `"B1"`, without squeeze-and-excitation, is torchvision's; `"A1"` is the paper's best. `"B1"` when left out. */
  version?: "A1" | "B1" | undefined;
  /** Multiplies every width but the last. 1 when left out. */
  alpha?: number | undefined;
  /** Of the layers with a stride; `"same"` for A1, which TensorFlow has, and `"symmetric"` for torchvision's B1 when left out. */
  padding?: StridedPadding | undefined;
  name?: string | undefined;
}

/**
 * MnasNet: inverted residuals whose kernels, widths and numbers were searched with the time on a phone as
 * part of the reward.
 *
 * @see Tan et al., MnasNet: platform-aware neural architecture search for mobile, 2018, arXiv 1807.11626
 *
 * @example
 * cost(zoo.mnasnet()).params // → 4383312
 */
export function mnasnet(options: MnasnetOptions = {}): Network {
  requireZooOptions<MnasnetOptions>("mnasnet", options, {
    version: true,
    alpha: true,
    padding: true,
    name: true,
  });
  const { classes = 1000, inputSize = 224, inputChannels = 3 } = options;
  const version = requireOneOf("zoo.mnasnet", "version", options.version ?? "B1", ["A1", "B1"]);
  const alpha = requirePositive("zoo.mnasnet", "alpha", options.alpha ?? 1);
  const source = version === "A1" ? "same" : "symmetric";
  const { padding = source } = options;
  const padded = sourceStyle("mnasnet", padding);
  const suffix = padding === source ? "" : `, ${padding} padding`;
  const width = (filters: number) => roundChannels(filters * alpha);
  return network(
    options.name ??
      `MnasNet-${version}${version === "A1" && alpha === 1 ? "" : ` ${alpha}`}${suffix}`,
    [inputSize, inputSize, inputChannels],
    block("conv1", convNorm(width(32), 3, { stride: 2, ...padded })),
    block(
      "separable",
      depthwiseNorm(3, padded),
      convNorm(width(16), 1, { activation: "linear", ...padded }),
    ),
    ...rows[version].map(([kernelSize, t, c, n, s, excites], row) =>
      repeat(n, (i) => (x) => {
        const input = x.shape[2];
        return invertedResidual(`stage${row + 1}_${i}`, {
          expanded: t * input,
          filters: width(c),
          kernelSize,
          stride: i === 1 ? s : 1,
          activation: "relu",
          squeezed: excites ? Math.floor(input / 4) : undefined,
          ...padded,
        })(x);
      }),
    ),
    block("last", convNorm(1280, 1, padded)),
    classifier(classes, { dropout: 0.2 }),
  );
}

export const mnasnetFamily: Family = {
  name: "MnasNet",
  line: "searched",
  papers: [
    {
      title: "MnasNet: platform-aware neural architecture search for mobile",
      authors: "Tan, Chen, Pang, Vasudevan, Sandler, Howard, Le",
      year: 2018,
      arxiv: "1807.11626",
    },
  ],
  facts: [
    "The reward of the search is accuracy times a power of the measured time on a Pixel phone.",
    "Each stage has a layer of its own, where NASNet repeats one cell throughout.",
  ],
  variants: [
    {
      name: "MnasNet-A1",
      build: () => mnasnet({ version: "A1" }),
      note: "squeeze-and-excitation in three stages; TensorFlow's padding",
      published: [paper({ params: 3.9e6, macs: 312e6, top1: 75.2, top5: 92.5 }, "table 1")],
    },
    ...(
      [
        [0.5, 2_218_512, 67.734, 87.49],
        [0.75, 3_170_208, 71.18, 90.496],
        [1, 4_383_312, 73.456, 91.51],
        [1.3, 6_282_256, 76.506, 93.522],
      ] as const
    ).map(([alpha, params, top1, top5]) => ({
      name: `MnasNet-B1 ${alpha}`,
      build: () => mnasnet({ alpha }),
      published: [torchvision(params, top1, top5)],
    })),
  ],
};
