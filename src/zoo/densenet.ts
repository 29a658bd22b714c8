import { type Module, type Network, layers, network } from "../network";
import { ArgumentError } from "../tensor";
import { classifier, convNorm } from "./blocks";
import {
  type Family,
  type Published,
  type ZooOptions,
  keras,
  paper,
  torchvision,
  requireZooOptions,
} from "./family";
import { requireUnits } from "./resnet";

const { averagePool, batchNorm, block, concat, conv, maxPool, relu, repeat, sequential } = layers;

/** Dense layers in each of the four blocks (paper, table 1). */
const densenetUnits = {
  121: [6, 12, 24, 16],
  169: [6, 12, 32, 32],
  201: [6, 12, 48, 32],
  264: [6, 12, 64, 48],
  161: [6, 12, 36, 24],
};

/** Batch norm and ReLU, then a convolution that keeps the size. */
function normConv(filters: number, kernelSize: number): Module {
  const padding = (kernelSize - 1) / 2;
  return sequential(batchNorm(), relu(), conv({ filters, kernelSize, padding, bias: false }));
}

/** A dense layer of the paper: its `growth` new maps are stacked on all the maps that came in. */
function denseLayer(growth: number, bottleneck: boolean): Module {
  const grow = sequential(...(bottleneck ? [normConv(4 * growth, 1)] : []), normConv(growth, 3));
  return (x) => concat(x, grow(x));
}

/** 1×1 convolution to fewer maps (by the compression), then half their size. */
function transition(compression: number): Module {
  return (x) => {
    const filters = Math.floor(x.shape[2] * compression);
    return sequential(normConv(filters, 1), averagePool({ size: 2 }))(x);
  };
}

interface BlockOptions {
  units: readonly number[];
  growth: number;
  bottleneck: boolean;
  compression: number;
}

/** Dense blocks with transitions between them, and the norm that ends the last. */
function denseBlocks({ units, growth, bottleneck, compression }: BlockOptions): Module {
  return sequential(
    ...units.flatMap((count, index) => [
      block(
        `dense${index + 1}`,
        repeat(count, (i) => block(`layer${i}`, denseLayer(growth, bottleneck))),
      ),
      index < units.length - 1
        ? block(`transition${index + 1}`, transition(compression))
        : block("norm", batchNorm(), relu()),
    ]),
  );
}

export interface DensenetOptions extends ZooOptions {
  /** 121, 161, 169, 201 or 264. */
  depth?: number | undefined;
  /** Layers in each block, in place of a depth. */
  units?: readonly number[] | undefined;
  /** New maps from each layer, k of the paper. 32 when left out, 48 for 161. */
  growth?: number | undefined;
  /** Fraction of the maps that a transition keeps, θ of the paper. 0.5 when left out. */
  compression?: number | undefined;
  name?: string | undefined;
}

/**
 * DenseNet for ImageNet: inside a block, every layer sees the maps of all layers before it. All are of the
 * kind BC, with bottlenecks and compression.
 *
 * @see Huang, Liu, van der Maaten and Weinberger, Densely connected convolutional networks, 2016, arXiv 1608.06993
 *
 * @example
 * cost(zoo.densenet({ depth: 121 })).params // → 7978856
 */
export function densenet(options: DensenetOptions = {}): Network {
  requireZooOptions<DensenetOptions>("densenet", options, {
    depth: true,
    units: true,
    growth: true,
    compression: true,
    name: true,
  });
  const { classes = 1000, inputSize = 224, inputChannels = 3, depth = 121 } = options;
  const { growth = depth === 161 ? 48 : 32, compression = 0.5 } = options;
  const units = options.units ?? requireUnits("densenet", depth, densenetUnits);
  return network(
    options.name ?? `DenseNet-${depth}`,
    [inputSize, inputSize, inputChannels],
    block(
      "conv1",
      convNorm(2 * growth, 7, { stride: 2 }),
      maxPool({ size: 3, stride: 2, padding: 1 }),
    ),
    denseBlocks({ units, growth, bottleneck: true, compression }),
    classifier(classes),
  );
}

export interface DensenetCifarOptions extends ZooOptions {
  /** 3n + 4 layers, or 6n + 4 with bottlenecks. 40 when left out. */
  depth?: number | undefined;
  /** 12 when left out. */
  growth?: number | undefined;
  /** 1×1 convolutions before the 3×3. False when left out. */
  bottleneck?: boolean | undefined;
  /** 1 when left out, 0.5 with bottlenecks (DenseNet-BC). */
  compression?: number | undefined;
  /** Filters of the first convolution. 16 when left out, twice the growth with bottlenecks. */
  firstFilters?: number | undefined;
  name?: string | undefined;
}

/**
 * DenseNet for 32×32 images: three blocks of equal depth.
 *
 * @example
 * cost(zoo.densenetCifar({ depth: 100, growth: 12, bottleneck: true })).params // → 769162
 */
export function densenetCifar(options: DensenetCifarOptions = {}): Network {
  requireZooOptions<DensenetCifarOptions>("densenetCifar", options, {
    depth: true,
    growth: true,
    bottleneck: "flag",
    compression: true,
    firstFilters: true,
    name: true,
  });
  const { classes = 10, inputSize = 32, inputChannels = 3, depth = 40, growth = 12 } = options;
  const { bottleneck = false } = options;
  const { compression = bottleneck ? 0.5 : 1, firstFilters = bottleneck ? 2 * growth : 16 } =
    options;
  const perLayer = bottleneck ? 6 : 3;
  const count = (depth - 4) / perLayer;
  if (!Number.isInteger(count) || count < 1) {
    const [call, argument] = ["zoo.densenetCifar", "depth"];
    const expected = `${perLayer}n + 4, such as ${perLayer * 6 + 4}`;
    throw new ArgumentError({ call, argument, expected, received: depth });
  }
  return network(
    options.name ?? `DenseNet${bottleneck ? "-BC" : ""} ${depth}, k = ${growth}`,
    [inputSize, inputSize, inputChannels],
    conv({ filters: firstFilters, kernelSize: 3, padding: 1, bias: false }),
    denseBlocks({ units: [count, count, count], growth, bottleneck, compression }),
    classifier(classes),
  );
}

const figures: Record<number, readonly Published[]> = {
  121: [
    paper({ top1: 74.98, top5: 92.29 }, "table 3"),
    torchvision(7_978_856, 74.434, 91.972),
    keras(8_062_504, 75.0, 92.3),
  ],
  169: [
    paper({ top1: 76.2, top5: 93.15 }, "table 3"),
    torchvision(14_149_480, 75.6, 92.806),
    keras(14_307_880, 76.2, 93.2),
  ],
  201: [
    paper({ top1: 77.42, top5: 93.66 }, "table 3"),
    torchvision(20_013_928, 76.896, 93.37),
    keras(20_242_984, 77.3, 93.6),
  ],
  264: [paper({ top1: 77.85, top5: 93.88 }, "table 3")],
  161: [torchvision(28_681_000, 77.138, 93.56)],
};

export const densenetFamily: Family = {
  name: "DenseNet",
  line: "dense",
  papers: [
    {
      title: "Densely connected convolutional networks",
      authors: "Huang, Liu, van der Maaten, Weinberger",
      year: 2016,
      arxiv: "1608.06993",
    },
  ],
  facts: [
    "Best paper of CVPR 2017. A block of L layers has L(L+1)/2 connections.",
    "Few parameters, much memory: written plainly, every concatenation copies all the maps so far.",
    "Every layer has a batch norm over all the maps stacked so far, since each wants them scaled its own way.",
    "The first convolution has 2k filters: 64, and 96 in DenseNet-161 with k = 48.",
  ],
  variants: [121, 169, 201, 264, 161].map((depth) => ({
    name: `DenseNet-${depth}`,
    build: () => densenet({ depth }),
    published: figures[depth],
  })),
};

export const densenetCifarFamily: Family = {
  name: "DenseNet for CIFAR",
  line: "dense",
  papers: densenetFamily.papers,
  facts: [
    "pytorchcv's DenseNet-40 begins with 24 filters and halves the maps in transitions: 599,050 parameters in place of the paper's 1.0 M.",
  ],
  variants: [
    {
      name: "DenseNet 40, k = 12",
      build: () => densenetCifar(),
      published: [paper({ params: 1.0e6 }, "table 2")],
    },
    {
      name: "DenseNet 40, k = 12 (pytorchcv)",
      build: () =>
        densenetCifar({
          compression: 0.5,
          firstFilters: 24,
          name: "DenseNet 40, k = 12 (pytorchcv)",
        }),
      note: "24 first filters and compression 0.5, without bottlenecks",
    },
    {
      name: "DenseNet 100, k = 12",
      build: () => densenetCifar({ depth: 100 }),
      published: [paper({ params: 7.0e6 }, "table 2")],
    },
    {
      name: "DenseNet 100, k = 24",
      build: () => densenetCifar({ depth: 100, growth: 24 }),
      published: [paper({ params: 27.2e6 }, "table 2")],
    },
    ...(
      [
        [100, 12, 0.8e6],
        [250, 24, 15.3e6],
        [190, 40, 25.6e6],
      ] as const
    ).map(([depth, growth, params]) => ({
      name: `DenseNet-BC ${depth}, k = ${growth}`,
      build: () => densenetCifar({ depth, growth, bottleneck: true }),
      published: [paper({ params }, "table 2")],
    })),
  ],
};
