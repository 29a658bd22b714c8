import { type Module, type Network, layers, network } from "../network";
import { classifier } from "./blocks";
import { type Family, type ZooOptions, keras } from "./family";
import { type Brick, HALVE, bricks, fork, halvingPool, pooled } from "./inception";
import { inceptionStem } from "./inceptionV3";

const { block, branches, conv, relu, repeat, residual, sequential } = layers;

/** Widths k, l, m, n of reduction A, the only thing that the three nets of the paper share but for this table. */
const reductionWidths = {
  v4: [192, 224, 256, 384],
  "resnet-v1": [192, 192, 256, 384],
  "resnet-v2": [256, 256, 384, 384],
} as const;

/** From 35×35 to 17×17 maps (figure 7). */
function reductionA(brick: Brick, widths: readonly [number, number, number, number]): Module {
  const [k, l, m, n] = widths;
  return branches(
    brick(n, 3, HALVE),
    sequential(brick(k, 1), brick(l, 3), brick(m, 3, HALVE)),
    halvingPool(),
  );
}

/**
 * Inception v4: the Inception modules made uniform and more of them, without residual connections.
 *
 * @see Szegedy, Ioffe, Vanhoucke and Alemi, Inception-v4, Inception-ResNet, 2016, arXiv 1602.07261
 *
 * @example
 * cost(zoo.inceptionV4()).params // → 42679816
 */
export function inceptionV4(options: ZooOptions = {}): Network {
  const { classes = 1000, inputSize = 299, inputChannels = 3 } = options;
  const brick = bricks();
  return network(
    "Inception v4",
    [inputSize, inputSize, inputChannels],
    block("stem", v4Stem(brick)),
    repeat(4, (i) => block(`inceptionA_${i}`, inceptionA(brick))),
    block("reductionA", reductionA(brick, reductionWidths.v4)),
    repeat(7, (i) => block(`inceptionB_${i}`, inceptionB(brick))),
    block("reductionB", reductionB(brick)),
    repeat(3, (i) => block(`inceptionC_${i}`, inceptionC(brick))),
    classifier(classes, { dropout: 0.2 }),
  );
}

/** 299×299×3 to 35×35×384 (figure 3). */
function v4Stem(brick: Brick): Module {
  const valid = { padding: "valid" } as const;
  return sequential(
    brick(32, 3, HALVE),
    brick(32, 3, valid),
    brick(64, 3),
    branches(halvingPool(), brick(96, 3, HALVE)),
    branches(
      sequential(brick(64, 1), brick(96, 3, valid)),
      sequential(brick(64, 1), brick(64, [1, 7]), brick(64, [7, 1]), brick(96, 3, valid)),
    ),
    branches(brick(192, 3, HALVE), halvingPool()),
  );
}

/** On 35×35 maps (figure 4). */
function inceptionA(brick: Brick): Module {
  return branches(
    brick(96, 1),
    sequential(brick(64, 1), brick(96, 3)),
    sequential(brick(64, 1), brick(96, 3), brick(96, 3)),
    pooled(brick(96, 1)),
  );
}

/** On 17×17 maps (figure 5). */
function inceptionB(brick: Brick): Module {
  return branches(
    brick(384, 1),
    sequential(brick(192, 1), brick(224, [1, 7]), brick(256, [7, 1])),
    sequential(
      brick(192, 1),
      brick(192, [7, 1]),
      brick(224, [1, 7]),
      brick(224, [7, 1]),
      brick(256, [1, 7]),
    ),
    pooled(brick(128, 1)),
  );
}

/** From 17×17 to 8×8 maps (figure 8). */
function reductionB(brick: Brick): Module {
  return branches(
    sequential(brick(192, 1), brick(192, 3, HALVE)),
    sequential(brick(256, 1), brick(256, [1, 7]), brick(320, [7, 1]), brick(320, 3, HALVE)),
    halvingPool(),
  );
}

/** On 8×8 maps (figure 6). */
function inceptionC(brick: Brick): Module {
  const both = fork(brick(256, [1, 3]), brick(256, [3, 1]));
  return branches(
    brick(256, 1),
    sequential(brick(384, 1), both),
    sequential(brick(384, 1), brick(448, [3, 1]), brick(512, [1, 3]), both),
    pooled(brick(256, 1)),
  );
}

export interface InceptionResnetOptions extends ZooOptions {
  /** 2 when left out. */
  version?: 1 | 2;
  /** Whether batch norm has a gamma; Keras's has none. True when left out. */
  scale?: boolean;
  name?: string;
}

/**
 * Inception-ResNet: Inception modules whose result is scaled down and added to their input.
 *
 * Version 2 is the net that was released with the paper's code, which differs from the figures: the stem of
 * Inception v3, and 10, 20 and 10 modules where the paper has 5, 10 and 5. Version 1 has the paper's 5, 10 and 5.
 *
 * @example
 * cost(zoo.inceptionResnet({ version: 2 })).params // → 55843464
 * @example
 * cost(zoo.inceptionResnet({ version: 1 })).params // → 23995624
 */
export function inceptionResnet(options: InceptionResnetOptions = {}): Network {
  const { classes = 1000, inputSize = 299, inputChannels = 3, version = 2 } = options;
  const brick = bricks({ scale: options.scale });
  const parts = (version === 1 ? resnetV1Parts : resnetV2Parts)(brick);
  return network(
    options.name ?? `Inception-ResNet v${version}`,
    [inputSize, inputSize, inputChannels],
    block("stem", ...parts.stem),
    repeat(parts.a.times, (i) => block(`inceptionA_${i}`, scaledResidual(parts.a))),
    block("reductionA", parts.reductionA),
    repeat(parts.b.times, (i) => block(`inceptionB_${i}`, scaledResidual(parts.b))),
    block("reductionB", parts.reductionB),
    repeat(parts.c.times, (i) =>
      block(`inceptionC_${i}`, scaledResidual(parts.c, i === parts.c.times)),
    ),
    ...parts.end,
    classifier(classes, { dropout: 0.2 }),
  );
}

/** One of the repeated modules: its branches, and the factor on their sum. */
interface RepeatedModule {
  times: number;
  scale: number;
  branches: readonly Module[];
}

/** Branches, a 1×1 convolution with bias to the channels of the input, and the scaled sum. The very last keeps its full size and sign. */
function scaledResidual(module: RepeatedModule, last = false): Module {
  return (x) => {
    const mixed = sequential(
      branches(...module.branches),
      conv({ filters: x.shape[2], kernelSize: 1 }),
    );
    const sum = residual(mixed, { scale: last ? 1 : module.scale })(x);
    return last ? sum : relu()(sum);
  };
}

interface Parts {
  stem: readonly Module[];
  a: RepeatedModule;
  reductionA: Module;
  b: RepeatedModule;
  reductionB: Module;
  c: RepeatedModule;
  end: readonly Module[];
}

function resnetV1Parts(brick: Brick): Parts {
  return {
    stem: [...inceptionStem(brick), brick(256, 3, HALVE)],
    a: {
      times: 5,
      scale: 0.17,
      branches: [
        brick(32, 1),
        sequential(brick(32, 1), brick(32, 3)),
        sequential(brick(32, 1), brick(32, 3), brick(32, 3)),
      ],
    },
    reductionA: reductionA(brick, reductionWidths["resnet-v1"]),
    b: {
      times: 10,
      scale: 0.1,
      branches: [brick(128, 1), sequential(brick(128, 1), brick(128, [1, 7]), brick(128, [7, 1]))],
    },
    reductionB: residualReductionB(brick, [256, 256, 256]),
    c: {
      times: 5,
      scale: 0.2,
      branches: [brick(192, 1), sequential(brick(192, 1), brick(192, [1, 3]), brick(192, [3, 1]))],
    },
    end: [],
  };
}

function resnetV2Parts(brick: Brick): Parts {
  return {
    stem: [
      ...inceptionStem(brick),
      halvingPool(),
      branches(
        brick(96, 1),
        sequential(brick(48, 1), brick(64, 5)),
        sequential(brick(64, 1), brick(96, 3), brick(96, 3)),
        pooled(brick(64, 1)),
      ),
    ],
    a: {
      times: 10,
      scale: 0.17,
      branches: [
        brick(32, 1),
        sequential(brick(32, 1), brick(32, 3)),
        sequential(brick(32, 1), brick(48, 3), brick(64, 3)),
      ],
    },
    reductionA: reductionA(brick, reductionWidths["resnet-v2"]),
    b: {
      times: 20,
      scale: 0.1,
      branches: [brick(192, 1), sequential(brick(128, 1), brick(160, [1, 7]), brick(192, [7, 1]))],
    },
    reductionB: residualReductionB(brick, [288, 288, 320]),
    c: {
      times: 10,
      scale: 0.2,
      branches: [brick(192, 1), sequential(brick(192, 1), brick(224, [1, 3]), brick(256, [3, 1]))],
    },
    end: [brick(1536, 1, {})],
  };
}

/** From 17×17 to 8×8 maps with four branches; only the widths differ between the versions. */
function residualReductionB(brick: Brick, widths: readonly [number, number, number]): Module {
  const [second, third, fourth] = widths;
  return branches(
    sequential(brick(256, 1), brick(384, 3, HALVE)),
    sequential(brick(256, 1), brick(second, 3, HALVE)),
    sequential(brick(256, 1), brick(third, 3), brick(fourth, 3, HALVE)),
    halvingPool(),
  );
}

const inceptionV4Paper = {
  title: "Inception-v4, Inception-ResNet and the impact of residual connections on learning",
  authors: "Szegedy, Ioffe, Vanhoucke, Alemi",
  year: 2016,
  arxiv: "1602.07261",
};

export const inceptionV4Family: Family = {
  name: "Inception v4",
  papers: [inceptionV4Paper],
  facts: [
    "It has no residual connections; those are in Inception-ResNet v1 and v2, of the same paper.",
    "20.0 % top-1 and 5.0 % top-5 error with one crop.",
  ],
  variants: [
    {
      name: "Inception v4",
      build: () => inceptionV4(),
      published: [
        { source: "tensorflow/models slim", convention: "paper", top1: 80.2, top5: 95.2 },
      ],
    },
  ],
};

export const inceptionResnetFamily: Family = {
  name: "Inception-ResNet",
  papers: [inceptionV4Paper],
  facts: [
    "Residuals are scaled by 0.1 to 0.2 before the addition; with more than 1000 filters training died without.",
    "Residual connections made training much faster and the result only a little better.",
    "The released v2 has 10, 20 and 10 modules; the paper's figures 5, 10 and 5.",
  ],
  variants: [
    {
      name: "Inception-ResNet v1",
      build: () => inceptionResnet({ version: 1 }),
    },
    {
      name: "Inception-ResNet v2",
      build: () => inceptionResnet({ version: 2 }),
      note: "as released",
      published: [
        { source: "tensorflow/models slim", convention: "paper", top1: 80.4, top5: 95.3 },
      ],
    },
    {
      name: "Inception-ResNet v2 (Keras)",
      build: () => inceptionResnet({ scale: false, name: "Inception-ResNet v2 (Keras)" }),
      note: "batch norm without gamma",
      published: [keras(55_873_736, 80.3, 95.3)],
    },
  ],
};
