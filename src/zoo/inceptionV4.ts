import { type Module, type Network, layers, network } from "../network";
import { classifier } from "./blocks";
import { type Family, type ZooOptions, requireZooOptions } from "./family";
import { type Brick, HALVE, bricks, fork, halvingPool, pooled } from "./inception";

const { block, branches, repeat, sequential } = layers;

/** From 35×35 to 17×17 maps (figure 7), with the widths k, l, m and n of table 1. */
export function reductionA(brick: Brick, k: number, l: number, m: number, n: number): Module {
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
  requireZooOptions<ZooOptions>("inceptionV4", options, {});
  const { classes = 1000, inputSize = 299, inputChannels = 3 } = options;
  const brick = bricks();
  return network(
    "Inception v4",
    [inputSize, inputSize, inputChannels],
    block("stem", v4Stem(brick)),
    repeat(4, (i) => block(`inceptionA_${i}`, inceptionA(brick))),
    block("reductionA", reductionA(brick, 192, 224, 256, 384)),
    repeat(7, (i) => block(`inceptionB_${i}`, inceptionB(brick))),
    block("reductionB", reductionB(brick)),
    repeat(3, (i) => block(`inceptionC_${i}`, inceptionC(brick))),
    classifier(classes, { dropout: 0.2 }),
  );
}

/** 299×299×3 to 35×35×384 (figure 3). */
export function v4Stem(brick: Brick): Module {
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

export const inceptionV4Paper = {
  title: "Inception-v4, Inception-ResNet and the impact of residual connections on learning",
  authors: "Szegedy, Ioffe, Vanhoucke, Alemi",
  year: 2016,
  arxiv: "1602.07261",
};

export const inceptionV4Family: Family = {
  name: "Inception v4",
  line: "Inception",
  papers: [inceptionV4Paper],
  facts: [
    "It has no residual connections; those are in Inception-ResNet v1 and v2, of the same paper.",
    "20.0% top-1 and 5.0% top-5 error with one crop.",
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
