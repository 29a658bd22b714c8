import { type Network, layers, network } from "../network";
import { requirePositive } from "../tensor";
import { classifier, convNorm, roundChannels, sourceStyle } from "./blocks";
import {
  type Family,
  type Published,
  type StridedPadding,
  type Variant,
  type ZooOptions,
  keras,
  paper,
  torchvision,
  requireZooOptions,
} from "./family";
import { invertedResidual } from "./invertedResidual";

const { block, repeat } = layers;

/** The bottleneck rows of the paper's table 2: expansion t, channels c, repetitions n, stride s of the first. */
const rows: readonly (readonly [t: number, c: number, n: number, s: number])[] = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

export interface MobilenetV2Options extends ZooOptions {
  /** Multiplies every width; the last 1×1 only when above 1. 1 when left out. */
  alpha?: number | undefined;
  /** Multiplies the repetitions of a row. 1 when left out. */
  depth?: number | undefined;
  /** Whether the first and the last layers keep their widths, and the first and the last row their repetitions (timm's 110d and 120d). */
  fixedEnds?: boolean | undefined;
  /** Of the layers with a stride; `"symmetric"`, torchvision's, when left out; the authors' TensorFlow code and Keras have `"same"`. */
  padding?: StridedPadding | undefined;
  name?: string | undefined;
}

/**
 * MobileNet v2: inverted residuals with linear bottlenecks.
 *
 * @see Sandler, Howard, Zhu, Zhmoginov and Chen, MobileNetV2, 2018, arXiv 1801.04381
 *
 * @example
 * cost(zoo.mobilenetV2()).macs // → 300774272
 */
export function mobilenetV2(options: MobilenetV2Options = {}): Network {
  requireZooOptions<MobilenetV2Options>("mobilenetV2", options, {
    alpha: true,
    depth: true,
    fixedEnds: "flag",
    padding: true,
    name: true,
  });
  const { classes = 1000, inputSize = 224, inputChannels = 3 } = options;
  const alpha = requirePositive("zoo.mobilenetV2", "alpha", options.alpha ?? 1);
  const depth = requirePositive("zoo.mobilenetV2", "depth", options.depth ?? 1);
  const { fixedEnds = false, padding = "symmetric" } = options;
  const padded = sourceStyle("mobilenetV2", padding);
  const width = (filters: number) => roundChannels(filters * alpha);
  const times = (n: number, row: number) =>
    fixedEnds && (row === 0 || row === rows.length - 1) ? n : Math.ceil(n * depth);
  return network(
    options.name ?? `MobileNet v2 ${alpha}-${inputSize}${padding === "same" ? " (Keras)" : ""}`,
    [inputSize, inputSize, inputChannels],
    block(
      "conv1",
      convNorm(fixedEnds ? 32 : width(32), 3, { stride: 2, activation: "relu6", ...padded }),
    ),
    ...rows.map(([t, c, n, s], row) =>
      repeat(times(n, row), (i) => (x) => {
        const unit = { expanded: t * x.shape[2], filters: width(c), kernelSize: 3, ...padded };
        return invertedResidual(`bottleneck${row + 1}_${i}`, { ...unit, stride: i === 1 ? s : 1 })(
          x,
        );
      }),
    ),
    block(
      "last",
      convNorm(alpha > 1 && !fixedEnds ? width(1280) : 1280, 1, { activation: "relu6", ...padded }),
    ),
    classifier(classes, { dropout: 0.2 }),
  );
}

/** The checkpoints that TF-slim lists: width, resolution, multiply-adds in millions, parameters in millions, top-1, top-5. */
const slim: readonly (readonly [number, number, number, number, number, number])[] = [
  [1.4, 224, 582, 6.06, 75.0, 92.5],
  [1.3, 224, 509, 5.34, 74.4, 92.1],
  [1, 224, 300, 3.47, 71.8, 91.0],
  [1, 192, 221, 3.47, 70.7, 90.1],
  [1, 160, 154, 3.47, 68.8, 89.0],
  [1, 128, 99, 3.47, 65.3, 86.9],
  [1, 96, 56, 3.47, 60.3, 83.2],
  [0.75, 224, 209, 2.61, 69.8, 89.6],
  [0.75, 192, 153, 2.61, 68.7, 88.9],
  [0.75, 160, 107, 2.61, 66.4, 87.3],
  [0.75, 128, 69, 2.61, 63.2, 85.3],
  [0.75, 96, 39, 2.61, 58.8, 81.6],
  [0.5, 224, 97, 1.95, 65.4, 86.4],
  [0.5, 192, 71, 1.95, 63.9, 85.4],
  [0.5, 160, 50, 1.95, 61.0, 83.2],
  [0.5, 128, 32, 1.95, 57.7, 80.8],
  [0.5, 96, 18, 1.95, 51.2, 75.8],
  [0.35, 224, 59, 1.66, 60.3, 82.9],
  [0.35, 192, 43, 1.66, 58.2, 81.2],
  [0.35, 160, 30, 1.66, 55.7, 79.1],
  [0.35, 128, 20, 1.66, 50.8, 75.0],
  [0.35, 96, 11, 1.66, 45.5, 70.4],
];

const WITHOUT_NORM = "leaves out the gamma and beta of batch norm";

const others: Record<string, readonly Published[]> = {
  "1-224": [
    paper({ macs: 300e6, params: 3.4e6, top1: 72.0, differs: WITHOUT_NORM }, "table 4"),
    torchvision(3_504_872, 71.878, 90.286),
    torchvision(3_504_872, 72.154, 90.822, "IMAGENET1K_V2"),
  ],
  "1.4-224": [
    paper(
      {
        macs: 585e6,
        params: 6.9e6,
        top1: 74.7,
        differs: "matches no count; TF-slim says 582 and 6.06 M",
      },
      "table 4",
    ),
  ],
};

export const mobilenetV2Family: Family = {
  name: "MobileNet v2",
  line: "mobile",
  papers: [
    {
      title: "MobileNetV2: inverted residuals and linear bottlenecks",
      authors: "Sandler, Howard, Zhu, Zhmoginov, Chen",
      year: 2018,
      arxiv: "1801.04381",
    },
  ],
  facts: [
    "A ReLU on few channels loses information, so the narrow ends of a unit have none.",
    "The 6.9 M parameters of the paper for width 1.4 do not recount: it has 6,108,776.",
    "The parameters of the paper and of TF-slim leave out gamma and beta of batch norm: 3.47 M in place of 3.50 M.",
  ],
  variants: [
    ...slim.map(([alpha, inputSize, macs, params, top1, top5]): Variant => {
      const figures = { macs: macs * 1e6, params: params * 1e6, top1, top5 };
      return {
        name: `MobileNet v2 ${alpha}-${inputSize}`,
        build: () => mobilenetV2({ alpha, inputSize }),
        published: [
          ...(others[`${alpha}-${inputSize}`] ?? []),
          {
            source: "tensorflow/models slim",
            convention: "paper",
            ...figures,
            differs: WITHOUT_NORM,
          },
        ],
      };
    }),
    ...[1.4, 1.3, 1, 0.75, 0.5, 0.35].map((alpha): Variant => {
      return {
        name: `MobileNet v2 ${alpha}-224 (Keras)`,
        build: () => mobilenetV2({ alpha, padding: "same" }),
        note: "TensorFlow's padding",
        ...(alpha === 1 && { published: [keras(3_538_984, 71.3, 90.1)] }),
      };
    }),
    ...(
      [
        ["110d", 1.1, 1.2],
        ["120d", 1.2, 1.4],
      ] as const
    ).map(([suffix, alpha, depth]): Variant => {
      const name = `MobileNet v2 ${suffix} (timm)`;
      return {
        name,
        build: () => mobilenetV2({ alpha, depth, fixedEnds: true, name }),
        note: "wider and deeper between ends of fixed width",
      };
    }),
  ],
};
