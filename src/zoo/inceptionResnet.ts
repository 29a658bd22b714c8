import { type Module, type Network, layers, network } from "../network";
import { requireOneOf } from "../tensor";
import { classifier } from "./blocks";
import { type Family, type ZooOptions, keras, paper, requireZooOptions } from "./family";
import { type Brick, HALVE, bricks, halvingPool, pooled } from "./inception";
import { inceptionStem } from "./inceptionV3";
import { inceptionV4Paper, reductionA, v4Stem } from "./inceptionV4";

const { batchNorm, block, branches, conv, dense, dropout, globalAveragePool, relu, repeat } =
  layers;
const { residual, sequential, softmax } = layers;

export interface InceptionResnetOptions extends ZooOptions {
  /** 2 when left out. */
  version?: 1 | 2 | undefined;
  /**
   * `"paper"`: the figures, with 5, 10 and 5 modules. `"released"`: the nets whose weights went round, which
   * differ: v2 (Google's) has the stem of Inception v3 and 10, 20 and 10 modules; v1 (FaceNet's) has 5, 10 and
   * 6, and 512 features before the classifier. `"released"` when left out.
   */
  release?: "paper" | "released" | undefined;
  /** Whether batch norm has a gamma; Keras's has none. True when left out. */
  scale?: boolean | undefined;
  name?: string | undefined;
}

/**
 * Inception-ResNet: Inception modules whose result is scaled down and added to their input.
 *
 * @example
 * cost(zoo.inceptionResnet({ version: 2 })).params // → 55843464
 * @example
 * cost(zoo.inceptionResnet({ version: 1 })).params // → 23995624
 */
export function inceptionResnet(options: InceptionResnetOptions = {}): Network {
  requireZooOptions<InceptionResnetOptions>("inceptionResnet", options, {
    version: true,
    release: true,
    scale: "flag",
    name: true,
  });
  const { classes = 1000, inputSize = 299, inputChannels = 3 } = options;
  const version = requireOneOf("zoo.inceptionResnet", "version", String(options.version ?? 2), [
    "1",
    "2",
  ]);
  const release = requireOneOf("zoo.inceptionResnet", "release", options.release ?? "released", [
    "paper",
    "released",
  ]);
  const brick = bricks({ scale: options.scale });
  const { stem, a, b, c, reductionA, reductionB, end } = plans[version][release](brick);
  return network(
    options.name ?? `Inception-ResNet v${version}`,
    [inputSize, inputSize, inputChannels],
    block("stem", ...stem),
    repeat(a.times, (i) => block(`inceptionA_${i}`, scaledResidual(a))),
    block("reductionA", reductionA),
    repeat(b.times, (i) => block(`inceptionB_${i}`, scaledResidual(b))),
    block("reductionB", reductionB),
    repeat(c.times, (i) =>
      block(`inceptionC_${i}`, scaledResidual(c, release === "released" && i === c.times)),
    ),
    end(classes),
  );
}

/** One of the repeated modules: its branches, and the factor on what they make. */
interface ResidualModule {
  times: number;
  scale: number;
  branches: readonly Module[];
}

/**
 * Branches, a 1×1 convolution with bias to the channels of the input, and the scaled sum. The very last of
 * the released nets adds at full scale, with no ReLU behind it.
 */
function scaledResidual(module: ResidualModule, last = false): Module {
  return (x) => {
    const mixed = sequential(
      branches(...module.branches),
      conv({ filters: x.shape[2], kernelSize: 1 }),
    );
    const sum = residual(mixed, { scale: last ? 1 : module.scale });
    return (last ? sum : sequential(sum, relu()))(x);
  };
}

/** What the versions fill into the common frame. */
interface Plan {
  stem: readonly Module[];
  a: ResidualModule;
  reductionA: Module;
  b: ResidualModule;
  reductionB: Module;
  c: ResidualModule;
  end: (classes: number) => Module;
}

const plans: Record<"1" | "2", Record<"paper" | "released", (brick: Brick) => Plan>> = {
  "1": {
    paper: (brick) => ({
      stem: [...inceptionStem(brick), brick(256, 3, HALVE)],
      a: { times: 5, scale: 0.17, branches: branchesA(brick, 32, 32) },
      reductionA: reductionA(brick, 192, 192, 256, 384),
      b: { times: 10, scale: 0.1, branches: branchesB(brick, 128, 128, 128, 128) },
      reductionB: reductionB(brick, 256, 256, 256),
      c: { times: 5, scale: 0.2, branches: branchesC(brick, 192, 192) },
      end: (classes) => classifier(classes, { dropout: 0.2 }),
    }),
    released: (brick) => {
      const plan = plans["1"].paper(brick);
      return { ...plan, c: { ...plan.c, times: 6 }, end: (classes) => embedding(512, classes) };
    },
  },
  "2": {
    paper: (brick) => ({
      stem: [v4Stem(brick)],
      a: { times: 5, scale: 0.17, branches: branchesA(brick, 48, 64) },
      reductionA: reductionA(brick, 256, 256, 384, 384),
      b: { times: 10, scale: 0.1, branches: branchesB(brick, 192, 128, 160, 192) },
      reductionB: reductionB(brick, 288, 288, 320),
      c: { times: 5, scale: 0.2, branches: branchesC(brick, 224, 256) },
      end: (classes) => classifier(classes, { dropout: 0.2 }),
    }),
    released: (brick) => {
      const { a, b, c, ...plan } = plans["2"].paper(brick);
      return {
        ...plan,
        stem: [...inceptionStem(brick), halvingPool(), mixed5b(brick)],
        a: { ...a, times: 10 },
        b: { ...b, times: 20 },
        c: { ...c, times: 10 },
        end: (classes) => sequential(brick(1536, 1), classifier(classes, { dropout: 0.2 })),
      };
    },
  },
};

/** Figures 10 and 16: `second` and `third` are the 3×3 of the longest branch. */
function branchesA(brick: Brick, second: number, third: number): Module[] {
  return [
    brick(32, 1),
    sequential(brick(32, 1), brick(32, 3)),
    sequential(brick(32, 1), brick(second, 3), brick(third, 3)),
  ];
}

/** Figures 11 and 17. */
function branchesB(
  brick: Brick,
  one: number,
  reduce: number,
  row: number,
  column: number,
): Module[] {
  return [brick(one, 1), sequential(brick(reduce, 1), brick(row, [1, 7]), brick(column, [7, 1]))];
}

/** Figures 13 and 19. */
function branchesC(brick: Brick, row: number, column: number): Module[] {
  return [brick(192, 1), sequential(brick(192, 1), brick(row, [1, 3]), brick(column, [3, 1]))];
}

/** From 17×17 to 8×8 maps (figures 12 and 18). */
function reductionB(brick: Brick, second: number, third: number, fourth: number): Module {
  return branches(
    sequential(brick(256, 1), brick(384, 3, HALVE)),
    sequential(brick(256, 1), brick(second, 3, HALVE)),
    sequential(brick(256, 1), brick(third, 3), brick(fourth, 3, HALVE)),
    halvingPool(),
  );
}

/** The module that ends the stem of the released v2. */
function mixed5b(brick: Brick): Module {
  return branches(
    brick(96, 1),
    sequential(brick(48, 1), brick(64, 5)),
    sequential(brick(64, 1), brick(96, 3), brick(96, 3)),
    pooled(brick(64, 1)),
  );
}

/** FaceNet's end: the features by which faces are told apart, and a classifier on them for training. */
function embedding(features: number, classes: number): Module {
  return block(
    "head",
    globalAveragePool(),
    dropout({ rate: 0.6 }),
    dense({ units: features, bias: false }),
    batchNorm({ epsilon: 1e-3 }),
    dense({ units: classes }),
    softmax(),
  );
}

const paperAccuracy = { 1: { top1: 78.7, top5: 94.5 }, 2: { top1: 80.1, top5: 95.1 } };

export const inceptionResnetFamily: Family = {
  name: "Inception-ResNet",
  line: "Inception",
  papers: [inceptionV4Paper],
  facts: [
    "Residuals are scaled by 0.1 to 0.2 before the addition; with more than 1000 filters training died without.",
    "Residual connections made training much faster and the result only a little better.",
    "The released v2 has 10, 20 and 10 modules; the paper's figures 5, 10 and 5.",
    "Figures 17 and 19 print 1154 and 2048 filters before the sum, where 1152 and 2144 maps come in.",
  ],
  variants: [
    {
      name: "Inception-ResNet v1",
      build: () => inceptionResnet({ version: 1 }),
      note: "as FaceNet has it: six modules C, 512 features before the classifier",
    },
    ...([1, 2] as const).map((version) => {
      const name = `Inception-ResNet v${version} (paper)`;
      return {
        name,
        build: () => inceptionResnet({ version, release: "paper", name }),
        note: "5, 10 and 5 modules, as in the figures",
        published: [paper(paperAccuracy[version], "table 2")],
      };
    }),
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
