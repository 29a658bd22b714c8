import { type Network, layers, network } from "../network";
import { requireOneOf } from "../tensor";
import {
  type Family,
  type Published,
  type ZooOptions,
  keras,
  paper,
  torchvision,
  requireZooOptions,
} from "./family";

const { batchNorm, block, conv, dense, dropout, flatten, localResponseNorm, maxPool, relu } =
  layers;
const { adaptiveAveragePool, softmax } = layers;

/** Convolutions in each of the five stages (paper, table 1), by configuration. A 1 stands for a 1×1. */
const configurations = {
  A: [[3], [3], [3, 3], [3, 3], [3, 3]],
  "A-LRN": [[3], [3], [3, 3], [3, 3], [3, 3]],
  B: [
    [3, 3],
    [3, 3],
    [3, 3],
    [3, 3],
    [3, 3],
  ],
  C: [
    [3, 3],
    [3, 3],
    [3, 3, 1],
    [3, 3, 1],
    [3, 3, 1],
  ],
  D: [
    [3, 3],
    [3, 3],
    [3, 3, 3],
    [3, 3, 3],
    [3, 3, 3],
  ],
  E: [
    [3, 3],
    [3, 3],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
  ],
} as const;

const byDepth = { 11: "A", 13: "B", 16: "D", 19: "E" } as const;

export interface VggOptions extends ZooOptions {
  /** 11, 13, 16 or 19 layers with weights. 16 when left out. */
  depth?: 11 | 13 | 16 | 19 | undefined;
  /** A column of the paper's table in place of a depth; C is 16 layers deep with three 1×1. */
  configuration?: keyof typeof configurations | undefined;
  /** Batch norm after every convolution. */
  batchNorm?: boolean | undefined;
  /** Whether convolutions have biases. True when left out, with batch norm too, as in torchvision. */
  convBias?: boolean | undefined;
  name?: string | undefined;
}

/**
 * VGG: nothing but 3×3 convolutions and 2×2 pools, then three dense layers.
 *
 * @see Simonyan and Zisserman, Very deep convolutional networks, 2014, arXiv 1409.1556
 *
 * @example
 * cost(zoo.vgg({ depth: 16 })).macs // → 15470264320
 * @example
 * cost(zoo.vgg({ depth: 16 })).macsByKind.conv // → 15346630656
 */
export function vgg(options: VggOptions = {}): Network {
  requireZooOptions<VggOptions>("vgg", options, {
    depth: true,
    configuration: true,
    batchNorm: "flag",
    convBias: "flag",
    name: true,
  });
  const { classes = 1000, inputSize = 224, inputChannels = 3, depth = 16 } = options;
  requireOneOf("zoo.vgg", "depth", String(depth), Object.keys(byDepth));
  const letter = requireOneOf(
    "zoo.vgg",
    "configuration",
    options.configuration ?? byDepth[depth],
    Object.keys(configurations) as (keyof typeof configurations)[],
  );
  const norms = [
    ...(options.batchNorm ? [batchNorm()] : []),
    ...(letter === "A-LRN" ? [localResponseNorm()] : []),
  ];
  const stages = configurations[letter].map((kernels, stage) =>
    block(
      `conv${stage + 1}`,
      ...kernels.flatMap((kernelSize, i) => [
        conv({
          filters: Math.min(64 * 2 ** stage, 512),
          kernelSize,
          padding: (kernelSize - 1) / 2,
          bias: options.convBias,
        }),
        ...(letter === "A-LRN" && (stage > 0 || i > 0) ? [] : norms),
        relu(),
      ]),
      maxPool({ size: 2 }),
    ),
  );
  return network(
    options.name ?? nameOf(letter, options.batchNorm),
    [inputSize, inputSize, inputChannels],
    ...stages,
    // Changes nothing at 224; elsewhere it makes the maps fit the dense layers.
    ...(inputSize === 224 ? [] : [adaptiveAveragePool({ outputSize: 7 })]),
    flatten(),
    block("fc6", dense({ units: 4096 }), relu(), dropout({ rate: 0.5 })),
    block("fc7", dense({ units: 4096 }), relu(), dropout({ rate: 0.5 })),
    block("fc8", dense({ units: classes }), softmax()),
  );
}

function nameOf(letter: keyof typeof configurations, normalised = false): string {
  const depth = 3 + configurations[letter].flat().length;
  const suffix = letter === "C" || letter === "A-LRN" ? ` (${letter})` : "";
  return `VGG-${depth}${suffix}${normalised ? " with batch norm" : ""}`;
}

const figures: Record<number, readonly Published[]> = {
  11: [paper({ params: 133e6 }, "table 2"), torchvision(132_863_336, 69.02, 88.628)],
  13: [paper({ params: 133e6 }, "table 2"), torchvision(133_047_848, 69.928, 89.246)],
  16: [
    paper({ params: 138e6 }, "table 2"),
    torchvision(138_357_544, 71.592, 90.382),
    keras(138_357_544, 71.3, 90.1),
  ],
  19: [
    paper({ params: 144e6 }, "table 2"),
    torchvision(143_667_240, 72.376, 90.876),
    keras(143_667_240, 71.3, 90.0),
  ],
};

const normalisedFigures: Record<number, readonly Published[]> = {
  11: [torchvision(132_868_840, 70.37, 89.81)],
  13: [torchvision(133_053_736, 71.586, 90.374)],
  16: [torchvision(138_365_992, 73.36, 91.516)],
  19: [torchvision(143_678_248, 74.218, 91.842)],
};

const depths = [11, 13, 16, 19] as const;

export const vggFamily: Family = {
  name: "VGG",
  line: "plain",
  papers: [
    {
      title: "Very deep convolutional networks for large-scale image recognition",
      authors: "Simonyan, Zisserman",
      year: 2014,
      arxiv: "1409.1556",
    },
  ],
  facts: [
    "Second in classification and first in localisation in ILSVRC 2014.",
    "Two 3×3 see as much as one 5×5, three as much as one 7×7, with 28% and 45% fewer weights and a non-linearity more each.",
    "The 15.3 G often quoted for VGG-16 are its convolutions alone; with the dense layers it takes 15.470 G.",
    "124 of 138 million parameters are in the dense layers, 103 million of them in fc6.",
  ],
  variants: [
    ...depths.map((depth) => ({
      name: `VGG-${depth}`,
      build: () => vgg({ depth }),
      published: figures[depth],
    })),
    {
      name: "VGG-16 (C)",
      build: () => vgg({ configuration: "C" }),
      note: "the third convolution of stages 3 to 5 is a 1×1",
      published: [paper({ params: 134e6 }, "table 2")],
    },
    {
      name: "VGG-11 (A-LRN)",
      build: () => vgg({ configuration: "A-LRN" }),
      note: "local response norm after the first convolution, which did not help",
      published: [paper({ params: 133e6 }, "table 2")],
    },
    ...depths.map((depth) => ({
      name: `VGG-${depth} with batch norm`,
      build: () => vgg({ depth, batchNorm: true }),
      published: normalisedFigures[depth],
    })),
  ],
};
