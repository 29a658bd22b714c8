import { type Module, type Network, layers, network } from "../network";
import { classifier, convNorm, stridedPadding } from "./blocks";
import { type Family, type StridedPadding, type ZooOptions, keras, paper } from "./family";

const { batchNorm, block, conv, depthwiseConv, maxPool, relu, repeat, residual, sequential } =
  layers;

/** A depthwise 3×3 and a pointwise convolution with nothing between them, then batch norm. */
function separable(filters: number): Module {
  return sequential(
    depthwiseConv({ kernelSize: 3, padding: 1, bias: false }),
    conv({ filters, kernelSize: 1, bias: false }),
    batchNorm({ epsilon: 1e-3 }),
  );
}

/** Two separable convolutions and a pool that halves the maps, around them a 1×1 convolution with stride 2. */
function halvingUnit(
  name: string,
  [first, second]: readonly [number, number],
  { startsWithRelu = true, padding }: { startsWithRelu?: boolean; padding: "same" | 1 },
): Module {
  const body = sequential(
    ...(startsWithRelu ? [relu()] : []),
    separable(first),
    relu(),
    separable(second),
    maxPool({ size: 3, stride: 2, padding }),
  );
  const shortcut = convNorm(second, 1, { stride: 2, epsilon: 1e-3, activation: "linear" });
  return block(name, residual(body, { shortcut }));
}

export interface XceptionOptions extends ZooOptions {
  /** Of the pools: `"same"`, as the author's Keras has it, when left out; ports to PyTorch have `"symmetric"`. */
  padding?: StridedPadding;
  name?: string;
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
  const { classes = 1000, inputSize = 299, inputChannels = 3, padding = "same" } = options;
  const pool = { padding: stridedPadding("xception", padding).padding ?? 1 } as const;
  const valid = { padding: "valid", epsilon: 1e-3 } as const;
  const middle = () => sequential(relu(), separable(728));
  return network(
    options.name ?? (padding === "same" ? "Xception" : `Xception, ${padding} padding`),
    [inputSize, inputSize, inputChannels],
    block("entry1", convNorm(32, 3, { stride: 2, ...valid }), convNorm(64, 3, valid)),
    halvingUnit("entry2", [128, 128], { ...pool, startsWithRelu: false }),
    halvingUnit("entry3", [256, 256], pool),
    halvingUnit("entry4", [728, 728], pool),
    repeat(8, (i) => block(`middle${i}`, residual(sequential(middle(), middle(), middle())))),
    halvingUnit("exit1", [728, 1024], pool),
    block("exit2", separable(1536), relu(), separable(2048), relu()),
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
