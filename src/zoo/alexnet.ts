import { type Module, type Network, layers, network } from "../network";
import { requireOneOf } from "../tensor";
import { type Family, type ZooOptions, paper, torchvision, requireZooOptions } from "./family";

const { block, conv, dense, dropout, flatten, localResponseNorm, maxPool, relu, softmax } = layers;
const { adaptiveAveragePool, sequential } = layers;

export interface AlexnetOptions extends ZooOptions {
  /**
   * `"two-group"`: as trained on two cards, convolutions 2, 4 and 5 in two groups (input 227).
   * `"one-tower"`: the same without groups. `"torchvision"`: 64-192-384-256-256 filters after the single-card
   * net of "One weird trick", no local response norm (input 224).
   */
  version?: "two-group" | "one-tower" | "torchvision" | undefined;
  name?: string | undefined;
}

/**
 * AlexNet: five convolutions, three of them pooled, and three dense layers.
 *
 * @see Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional neural networks, 2012
 *
 * @example
 * cost(zoo.alexnet({ version: "two-group" })).params // → 60965224
 * @example
 * cost(zoo.alexnet({ version: "one-tower" })).params // → 62378344
 */
export function alexnet(options: AlexnetOptions = {}): Network {
  requireZooOptions<AlexnetOptions>("alexnet", options, { version: true, name: true });
  const { classes = 1000, inputChannels = 3 } = options;
  const version = requireOneOf("zoo.alexnet", "version", options.version ?? "two-group", [
    "two-group",
    "one-tower",
    "torchvision",
  ]);
  if (version === "torchvision") return torchvisionAlexnet(options);
  const groups = version === "two-group" ? 2 : 1;
  const inputSize = options.inputSize ?? 227;
  // 224 pixels do not fit windows of 11 at stride 4; rounding the pools up makes 6×6 maps of them as well.
  const pool = maxPool({ size: 3, stride: 2, ceilMode: true });
  return network(
    options.name ?? `AlexNet, ${version}`,
    [inputSize, inputSize, inputChannels],
    block(
      "conv1",
      conv({ filters: 96, kernelSize: 11, stride: 4 }),
      relu(),
      localResponseNorm(),
      pool,
    ),
    block(
      "conv2",
      conv({ filters: 256, kernelSize: 5, padding: 2, groups }),
      relu(),
      localResponseNorm(),
      pool,
    ),
    block("conv3", conv({ filters: 384, kernelSize: 3, padding: 1 }), relu()),
    block("conv4", conv({ filters: 384, kernelSize: 3, padding: 1, groups }), relu()),
    block("conv5", conv({ filters: 256, kernelSize: 3, padding: 1, groups }), relu(), pool),
    denseLayers(classes),
  );
}

function torchvisionAlexnet(options: AlexnetOptions): Network {
  const { classes = 1000, inputSize = 224, inputChannels = 3 } = options;
  const pool = maxPool({ size: 3, stride: 2 });
  return network(
    options.name ?? "AlexNet, torchvision",
    [inputSize, inputSize, inputChannels],
    block("conv1", conv({ filters: 64, kernelSize: 11, stride: 4, padding: 2 }), relu(), pool),
    block("conv2", conv({ filters: 192, kernelSize: 5, padding: 2 }), relu(), pool),
    block("conv3", conv({ filters: 384, kernelSize: 3, padding: 1 }), relu()),
    block("conv4", conv({ filters: 256, kernelSize: 3, padding: 1 }), relu()),
    block("conv5", conv({ filters: 256, kernelSize: 3, padding: 1 }), relu(), pool),
    adaptiveAveragePool({ outputSize: 6 }),
    denseLayers(classes),
  );
}

/** fc6, fc7 and fc8: nine tenths of the parameters. */
function denseLayers(classes: number): Module {
  return sequential(
    flatten(),
    block("fc6", dense({ units: 4096 }), relu(), dropout({ rate: 0.5 })),
    block("fc7", dense({ units: 4096 }), relu(), dropout({ rate: 0.5 })),
    block("fc8", dense({ units: classes }), softmax()),
  );
}

/**
 * ZFNet: AlexNet with a finer first layer, 7×7 at stride 2, after looking at what the first layer had learnt.
 *
 * @see Zeiler and Fergus, Visualizing and understanding convolutional networks, 2013, arXiv 1311.2901
 *
 * @example
 * cost(zoo.zfnet()).params // → 62357608
 */
export function zfnet(
  options: ZooOptions & { filters?: readonly [number, number, number] | undefined } = {},
): Network {
  requireZooOptions<ZooOptions & { filters?: readonly [number, number, number] }>(
    "zfnet",
    options,
    { filters: true },
  );
  const { classes = 1000, inputSize = 224, inputChannels = 3, filters = [384, 384, 256] } = options;
  const pool = maxPool({ size: 3, stride: 2, ceilMode: true });
  const [conv3, conv4, conv5] = filters.map((n) => conv({ filters: n, kernelSize: 3, padding: 1 }));
  return network(
    filters[0] === 384 ? "ZFNet" : `ZFNet ${filters.join("-")}`,
    [inputSize, inputSize, inputChannels],
    block(
      "conv1",
      conv({ filters: 96, kernelSize: 7, stride: 2, padding: 1 }),
      relu(),
      pool,
      localResponseNorm(),
    ),
    block(
      "conv2",
      conv({ filters: 256, kernelSize: 5, stride: 2 }),
      relu(),
      pool,
      localResponseNorm(),
    ),
    block("conv3", conv3, relu()),
    block("conv4", conv4, relu()),
    block("conv5", conv5, relu(), pool),
    denseLayers(classes),
  );
}

export const alexnetFamily: Family = {
  name: "AlexNet",
  line: "plain",
  papers: [
    {
      title: "ImageNet classification with deep convolutional neural networks",
      authors: "Krizhevsky, Sutskever, Hinton",
      year: 2012,
    },
    {
      title: "One weird trick for parallelizing convolutional neural networks",
      authors: "Krizhevsky",
      year: 2014,
      arxiv: "1404.5997",
    },
  ],
  facts: [
    "First in ILSVRC 2012 with 15.3% top-5 error (ensemble), against 26.2% of the second.",
    "Trained for five to six days on two GTX 580 with 3 GB each, which is why some layers come in two groups.",
    "The paper says 224×224, but 55×55 positions of an 11×11 window at stride 4 need 227.",
    "96% of the parameters are in the dense layers, 92% of the multiply-adds in the convolutions.",
  ],
  variants: [
    {
      name: "AlexNet, two-group",
      build: () => alexnet({ version: "two-group" }),
      note: "as in the paper, 227×227",
      published: [
        paper({ params: 60e6 }, "section 1"),
        { source: "ShuffleNet paper, table 6", convention: "paper", macs: 720e6, top1: 57.2 },
      ],
    },
    {
      name: "AlexNet, one-tower",
      build: () => alexnet({ version: "one-tower" }),
      note: "no groups, 227×227",
    },
    {
      name: "AlexNet, one-tower, 224",
      build: () =>
        alexnet({ version: "one-tower", inputSize: 224, name: "AlexNet, one-tower, 224" }),
      note: "no groups, 224×224 without padding, so 54×54 after the first layer: pytorchcv",
    },
    {
      name: "AlexNet, torchvision",
      build: () => alexnet({ version: "torchvision" }),
      note: "fewer filters, no local response norm, 224×224 with padding 2",
      published: [torchvision(61_100_840, 56.522, 79.066)],
    },
  ],
};

export const zfnetFamily: Family = {
  name: "ZFNet",
  line: "plain",
  papers: [
    {
      title: "Visualizing and understanding convolutional networks",
      authors: "Zeiler, Fergus",
      year: 2013,
      arxiv: "1311.2901",
    },
  ],
  facts: [
    "Its authors won ILSVRC 2013. Made by mending what a deconvolutional view of AlexNet showed: dead filters and aliasing in the first layer.",
  ],
  variants: [
    { name: "ZFNet", build: () => zfnet() },
    {
      name: "ZFNet 512-1024-512",
      build: () => zfnet({ filters: [512, 1024, 512] }),
      note: "the wider of the paper's variants",
    },
  ],
};
