import { type Module, type Network, layers, network } from "../network";
import { classifier } from "./blocks";
import { type Family, type ZooOptions, keras, torchvision, requireZooOptions } from "./family";
import { type Brick, HALVE, bricks, fork, halvingPool, pooled } from "./inception";

const { auxiliary, averagePool, block, branches, dense, flatten, sequential, softmax } = layers;

export interface InceptionV3Options extends ZooOptions {
  /** Whether the head that regularises training hangs off the last 17×17 module. False when left out. */
  auxiliaryHead?: boolean | undefined;
  /** Whether batch norm has a gamma; Keras's has none. True when left out. */
  scale?: boolean | undefined;
  name?: string | undefined;
}

/**
 * Inception v3: large windows taken apart into small and into asymmetric ones.
 *
 * @see Szegedy, Vanhoucke, Ioffe, Shlens and Wojna, Rethinking the Inception architecture, 2015, arXiv 1512.00567
 *
 * @example
 * cost(zoo.inceptionV3()).params // → 23834568
 */
export function inceptionV3(options: InceptionV3Options = {}): Network {
  requireZooOptions<InceptionV3Options>("inceptionV3", options, {
    auxiliaryHead: "flag",
    scale: "flag",
    name: true,
  });
  const { classes = 1000, inputSize = 299, inputChannels = 3, auxiliaryHead = false } = options;
  const brick = bricks({ scale: options.scale });
  const head = auxiliaryHead ? [auxiliary(auxiliaryClassifier(brick, classes))] : [];
  return network(
    options.name ?? "Inception v3",
    [inputSize, inputSize, inputChannels],
    block("stem", ...inceptionStem(brick), halvingPool()),
    ...[32, 64, 64].map((projection, i) => block(`mixed35_${i + 1}`, mixed35(brick, projection))),
    block("reduction17", toward17(brick)),
    ...[128, 160, 160, 192].map((width, i) => block(`mixed17_${i + 1}`, mixed17(brick, width))),
    ...head,
    block("reduction8", toward8(brick)),
    block("mixed8_1", mixed8(brick)),
    block("mixed8_2", mixed8(brick)),
    classifier(classes, { dropout: 0.5 }),
  );
}

/** 299×299×3 to 71×71×192, shared with Inception-ResNet. */
export function inceptionStem(brick: Brick): Module[] {
  return [
    brick(32, 3, HALVE),
    brick(32, 3, { padding: "valid" }),
    brick(64, 3),
    halvingPool(),
    brick(80, 1),
    brick(192, 3, { padding: "valid" }),
  ];
}

/** The module on 35×35 maps (figure 5): two 3×3 in place of the 5×5 that it began with. */
function mixed35(brick: Brick, projection: number): Module {
  return branches(
    brick(64, 1),
    sequential(brick(48, 1), brick(64, 5)),
    sequential(brick(64, 1), brick(96, 3), brick(96, 3)),
    pooled(brick(projection, 1)),
  );
}

function toward17(brick: Brick): Module {
  return branches(
    brick(384, 3, HALVE),
    sequential(brick(64, 1), brick(96, 3), brick(96, 3, HALVE)),
    halvingPool(),
  );
}

/** The module on 17×17 maps (figure 6): 7×7 taken apart into 1×7 and 7×1. */
function mixed17(brick: Brick, width: number): Module {
  return branches(
    brick(192, 1),
    sequential(brick(width, 1), brick(width, [1, 7]), brick(192, [7, 1])),
    sequential(
      brick(width, 1),
      brick(width, [7, 1]),
      brick(width, [1, 7]),
      brick(width, [7, 1]),
      brick(192, [1, 7]),
    ),
    pooled(brick(192, 1)),
  );
}

function toward8(brick: Brick): Module {
  return branches(
    sequential(brick(192, 1), brick(320, 3, HALVE)),
    sequential(brick(192, 1), brick(192, [1, 7]), brick(192, [7, 1]), brick(192, 3, HALVE)),
    halvingPool(),
  );
}

/** The module on 8×8 maps (figure 7): wide, for many features where maps are small. */
function mixed8(brick: Brick): Module {
  const both = fork(brick(384, [1, 3]), brick(384, [3, 1]));
  return branches(
    brick(320, 1),
    sequential(brick(384, 1), both),
    sequential(brick(448, 1), brick(384, 3), both),
    pooled(brick(192, 1)),
  );
}

function auxiliaryClassifier(brick: Brick, classes: number): Module {
  return block(
    "auxiliary",
    averagePool({ size: 5, stride: 3 }),
    brick(128, 1),
    brick(768, 5, { padding: "valid" }),
    flatten(),
    dense({ units: classes }),
    softmax(),
  );
}

export const inceptionV3Family: Family = {
  name: "Inception v3",
  line: "Inception",
  papers: [
    {
      title: "Rethinking the Inception architecture for computer vision",
      authors: "Szegedy, Vanhoucke, Ioffe, Shlens, Wojna",
      year: 2015,
      arxiv: "1512.00567",
    },
  ],
  facts: [
    "21.2% top-1 and 5.6% top-5 error with one crop; also brought label smoothing (0.1) to ImageNet.",
    "The auxiliary head was found to regularise rather than to help gradients along.",
    "Taking n×n apart into 1×n and n×1 pays on maps of 12 to 20 pixels, not on early layers.",
    "torchvision's 27,161,264 parameters include the head's 3,326,696; Keras has neither head nor gamma: 23,851,784 with moving statistics.",
    "The 23,626,728 that the Xception paper gives for it matches no count of it.",
  ],
  variants: [
    {
      name: "Inception v3",
      build: () => inceptionV3(),
      published: [
        { source: "tensorflow/models slim", convention: "paper", top1: 78.0, top5: 93.9 },
        {
          source: "Xception paper, table 3",
          convention: "paper",
          params: 23_626_728,
          differs: "matches no count of it: 23,834,568 with gamma, 23,817,352 without",
          top1: 78.2,
          top5: 94.1,
        },
      ],
    },
    {
      name: "Inception v3 with auxiliary head",
      build: () => inceptionV3({ auxiliaryHead: true, name: "Inception v3 with auxiliary head" }),
      published: [torchvision(27_161_264, 77.294, 93.45)],
    },
    {
      name: "Inception v3 (Keras)",
      build: () => inceptionV3({ scale: false, name: "Inception v3 (Keras)" }),
      note: "batch norm without gamma",
      published: [keras(23_851_784, 77.9, 93.7)],
    },
  ],
};
