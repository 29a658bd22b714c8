import { type Module, type Network, layers, network } from "../network";
import { classifier, convNorm, sourceStyle, type SourceStyle } from "./blocks";
import {
  type Family,
  type StridedPadding,
  type ZooOptions,
  keras,
  paper,
  requireZooOptions,
} from "./family";

const { batchNorm, block, conv, depthwiseConv, maxPool, relu, repeat, residual, sequential } =
  layers;

/** A depthwise 3×3 and a pointwise convolution with nothing between them, then batch norm. */
function separable(filters: number, epsilon: number): Module {
  return sequential(
    depthwiseConv({ kernelSize: 3, padding: 1, bias: false }),
    conv({ filters, kernelSize: 1, bias: false }),
    batchNorm({ epsilon }),
  );
}

/** Two separable convolutions and a pool that halves the maps, around them a 1×1 convolution with stride 2. */
function halvingUnit(
  name: string,
  [first, second]: readonly [number, number],
  {
    startsWithRelu = true,
    padding,
    epsilon,
  }: SourceStyle & { startsWithRelu?: boolean | undefined },
): Module {
  const body = sequential(
    ...(startsWithRelu ? [relu()] : []),
    separable(first, epsilon),
    relu(),
    separable(second, epsilon),
    maxPool({ size: 3, stride: 2, padding: padding ?? 1 }),
  );
  const shortcut = convNorm(second, 1, { stride: 2, epsilon, activation: "linear" });
  return block(name, residual(body, { shortcut }));
}

export interface XceptionOptions extends ZooOptions {
  /** Of the pools: `"same"`, as the author's Keras has it, when left out; ports to PyTorch have `"symmetric"`. */
  padding?: StridedPadding | undefined;
  name?: string | undefined;
}

/**
 * Xception, "extreme Inception": a stack of depthwise separable convolutions with residual connections.
 *
 * @see Chollet, Xception: deep learning with depthwise separable convolutions, 2016, arXiv 1610.02357
 *
 * @example
 * cost(zoo.xception()).params // → 22855952
 */
export function xception(options: XceptionOptions = {}): Network {
  requireZooOptions<XceptionOptions>("xception", options, { padding: true, name: true });
  const { classes = 1000, inputSize = 299, inputChannels = 3, padding = "same" } = options;
  const style = sourceStyle("xception", padding);
  const { epsilon } = style;
  const valid = { padding: "valid", epsilon } as const;
  const middle = () => sequential(relu(), separable(728, epsilon));
  return network(
    options.name ?? (padding === "same" ? "Xception" : `Xception, ${padding} padding`),
    [inputSize, inputSize, inputChannels],
    block("entry1", convNorm(32, 3, { stride: 2, ...valid }), convNorm(64, 3, valid)),
    halvingUnit("entry2", [128, 128], { ...style, startsWithRelu: false }),
    halvingUnit("entry3", [256, 256], style),
    halvingUnit("entry4", [728, 728], style),
    repeat(8, (i) => block(`middle${i}`, residual(sequential(middle(), middle(), middle())))),
    halvingUnit("exit1", [728, 1024], style),
    block("exit2", separable(1536, epsilon), relu(), separable(2048, epsilon), relu()),
    classifier(classes),
  );
}

export const xceptionFamily: Family = {
  name: "Xception",
  line: "Inception",
  papers: [
    {
      title: "Xception: deep learning with depthwise separable convolutions",
      authors: "Chollet",
      year: 2016,
      arxiv: "1610.02357",
    },
  ],
  facts: [
    "Takes the Inception idea to its end: channels and space are mapped apart. There the pointwise convolution comes first; in this net, as in MobileNet, the depthwise one.",
    "A non-linearity between depthwise and pointwise convolution makes it worse.",
    "As many parameters as Inception v3, a little better on ImageNet, much better on JFT.",
  ],
  variants: [
    {
      name: "Xception",
      build: () => xception(),
      published: [
        paper({ params: 22_855_952, top1: 79.0, top5: 94.5 }, "tables 1 and 3"),
        keras(22_910_480, 79.0, 94.5),
      ],
    },
    {
      name: "Xception, symmetric padding",
      build: () => xception({ padding: "symmetric" }),
      note: "timm's legacy_xception",
    },
  ],
};
