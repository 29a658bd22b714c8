import { type Module, type Network, layers, network } from "../network";
import { requirePositive } from "../tensor";
import { classifier, convNorm, depthwiseNorm, sourceStyle, type SourceStyle } from "./blocks";
import {
  type Family,
  type Published,
  type StridedPadding,
  type Variant,
  type ZooOptions,
  paper,
  requireZooOptions,
} from "./family";

const { block, sequential } = layers;

/** Filters and stride of the thirteen depthwise separable layers (paper, table 1). */
const rows: readonly (readonly [filters: number, stride: number])[] = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
];

export interface MobilenetV1Options extends ZooOptions {
  /** Multiplies every width, α of the paper. 1 when left out. */
  alpha?: number | undefined;
  /** Plain 3×3 convolutions in place of separable ones, for comparison (paper, table 4). */
  plain?: boolean | undefined;
  /** Without the five layers of 512 filters at 14×14 (paper, table 5). */
  shallow?: boolean | undefined;
  /** Of the layers with a stride; `"same"`, as the authors' TensorFlow code and Keras have it, when left out. */
  padding?: StridedPadding | undefined;
  name?: string | undefined;
}

/**
 * MobileNet v1: each 3×3 convolution taken apart into a depthwise 3×3 and a 1×1, at an eighth to a ninth of
 * the cost. The paper's ρ, the resolution multiplier, is `inputSize`: 224, 192, 160 or 128.
 *
 * @see Howard et al., MobileNets, 2017, arXiv 1704.04861
 *
 * @example
 * cost(zoo.mobilenetV1()).macs // → 568740352
 * @example
 * cost(zoo.mobilenetV1({ alpha: 0.25, inputSize: 128 })).macs // → 13570048
 */
export function mobilenetV1(options: MobilenetV1Options = {}): Network {
  requireZooOptions<MobilenetV1Options>("mobilenetV1", options, {
    alpha: true,
    plain: "flag",
    shallow: "flag",
    padding: true,
    name: true,
  });
  const { classes = 1000, inputSize = 224, inputChannels = 3, plain, shallow } = options;
  const alpha = requirePositive("zoo.mobilenetV1", "alpha", options.alpha ?? 1);
  const padded = sourceStyle("mobilenetV1", options.padding ?? "same");
  const width = (filters: number) => Math.floor(filters * alpha);
  const kept = shallow ? [...rows.slice(0, 6), ...rows.slice(11)] : rows;
  return network(
    options.name ?? nameOf(options, inputSize),
    [inputSize, inputSize, inputChannels],
    block("conv1", convNorm(width(32), 3, { stride: 2, activation: "relu6", ...padded })),
    ...kept.map(([filters, stride], i) =>
      block(
        `${plain ? "conv" : "separable"}${i + 2}`,
        plain
          ? convNorm(width(filters), 3, { stride, activation: "relu6", ...padded })
          : separable(width(filters), stride, padded),
      ),
    ),
    classifier(classes, { dropout: 0.001 }),
  );
}

function separable(filters: number, stride: number, padded: SourceStyle): Module {
  return sequential(
    depthwiseNorm(3, { stride, activation: "relu6", ...padded }),
    convNorm(filters, 1, { activation: "relu6", epsilon: padded.epsilon }),
  );
}

function nameOf(options: MobilenetV1Options, inputSize: number): string {
  const { alpha = 1, plain, shallow, padding = "same" } = options;
  const kind = plain ? "plain " : shallow ? "shallow " : "";
  const suffix = padding === "same" ? "" : `, ${padding} padding`;
  return `${kind}MobileNet v1 ${alpha}-${inputSize}${suffix}`;
}

/** Table 6 and 7 of the paper: multiply-adds in millions and accuracy by width and by resolution. */
const figures: Record<string, readonly Published[]> = {
  "1-224": [paper({ macs: 569e6, params: 4.2e6, top1: 70.6 }, "table 6")],
  "0.75-224": [paper({ macs: 325e6, params: 2.6e6, top1: 68.4 }, "table 6")],
  "0.5-224": [paper({ macs: 149e6, params: 1.3e6, top1: 63.7 }, "table 6")],
  "0.25-224": [paper({ macs: 41e6, params: 0.5e6, top1: 50.6 }, "table 6")],
  "1-192": [paper({ macs: 418e6, params: 4.2e6, top1: 69.1 }, "table 7")],
  "1-160": [paper({ macs: 290e6, params: 4.2e6, top1: 67.2 }, "table 7")],
  "1-128": [paper({ macs: 186e6, params: 4.2e6, top1: 64.4 }, "table 7")],
  "0.5-160": [
    paper(
      { macs: 76e6, params: 1.32e6, top1: 60.2, differs: "1.32 is printed for 1.33" },
      "table 9",
    ),
  ],
};

export const mobilenetV1Family: Family = {
  name: "MobileNet v1",
  line: "mobile",
  papers: [
    {
      title: "MobileNets: efficient convolutional neural networks for mobile vision applications",
      authors: "Howard, Zhu, Chen, Kalenichenko, Wang, Weyand, Andreetto, Adam",
      year: 2017,
      arxiv: "1704.04861",
    },
  ],
  facts: [
    "A separable layer costs 1/filters + 1/k² of the plain one: an eighth to a ninth for 3×3.",
    "95% of the multiply-adds and 75% of the parameters are in 1×1 convolutions, which are plain matrix products.",
    "Against the same net with plain convolutions, 70.6 in place of 71.7% accuracy at 569 in place of 4,866 M multiply-adds.",
    "Table 1 prints stride 2 for the last depthwise layer; with stride 1 the table's 569 M come out. Table 2's 1.19% for the first convolution is a misprint of 1.91%.",
    "TF-slim's figures for α = 0.75 leave out the first convolution: 317 M in place of 325 M.",
  ],
  variants: [
    ...[1, 0.75, 0.5, 0.25].flatMap((alpha) =>
      [224, 192, 160, 128].map((inputSize): Variant => {
        return {
          name: `MobileNet v1 ${alpha}-${inputSize}`,
          build: () => mobilenetV1({ alpha, inputSize }),
          published: figures[`${alpha}-${inputSize}`],
        };
      }),
    ),
    {
      name: "plain MobileNet v1 1-224",
      build: () => mobilenetV1({ plain: true }),
      note: "3×3 convolutions in place of separable ones",
      published: [
        paper(
          { macs: 4866e6, params: 29.3e6, top1: 71.7, differs: "leaves out the classifier" },
          "table 4",
        ),
      ],
    },
    {
      name: "shallow MobileNet v1 1-224",
      build: () => mobilenetV1({ shallow: true }),
      note: "without five of the layers at 14×14",
      published: [paper({ macs: 307e6, params: 2.9e6, top1: 65.3 }, "table 5")],
    },
  ],
};
