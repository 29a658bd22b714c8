import { type ActivationFunction, type Module, type Network, layers, network } from "../network";
import { requirePositive, requireOneOf } from "../tensor";
import { convNorm, roundChannels, sourceStyle } from "./blocks";
import {
  type Family,
  type StridedPadding,
  type ZooOptions,
  keras,
  paper,
  torchvision,
  requireZooOptions,
} from "./family";
import { invertedResidual } from "./invertedResidual";

const { activation, block, conv, dense, dropout, flatten, globalAveragePool, softmax } = layers;

/** A row of the paper's table: kernel, width of the middle at α = 1, output, squeeze-and-excitation, non-linearity, stride. */
type Row = readonly [k: number, exp: number, out: number, se: boolean, nl: "RE" | "HS", s: number];

/** Table 1: MobileNet v3 large. */
const large: readonly Row[] = [
  [3, 16, 16, false, "RE", 1],
  [3, 64, 24, false, "RE", 2],
  [3, 72, 24, false, "RE", 1],
  [5, 72, 40, true, "RE", 2],
  [5, 120, 40, true, "RE", 1],
  [5, 120, 40, true, "RE", 1],
  [3, 240, 80, false, "HS", 2],
  [3, 200, 80, false, "HS", 1],
  [3, 184, 80, false, "HS", 1],
  [3, 184, 80, false, "HS", 1],
  [3, 480, 112, true, "HS", 1],
  [3, 672, 112, true, "HS", 1],
  [5, 672, 160, true, "HS", 2],
  [5, 960, 160, true, "HS", 1],
  [5, 960, 160, true, "HS", 1],
];

/** Table 2: MobileNet v3 small. */
const small: readonly Row[] = [
  [3, 16, 16, true, "RE", 2],
  [3, 72, 24, false, "RE", 2],
  [3, 88, 24, false, "RE", 1],
  [5, 96, 40, true, "HS", 2],
  [5, 240, 40, true, "HS", 1],
  [5, 240, 40, true, "HS", 1],
  [5, 120, 48, true, "HS", 1],
  [5, 144, 48, true, "HS", 1],
  [5, 288, 96, true, "HS", 2],
  [5, 576, 96, true, "HS", 1],
  [5, 576, 96, true, "HS", 1],
];

const sizes = { large: { rows: large, last: 1280 }, small: { rows: small, last: 1024 } };

export interface MobilenetV3Options extends ZooOptions {
  /** `"large"` when left out. */
  size?: "large" | "small" | undefined;
  /** Multiplies the widths. 1 when left out. */
  alpha?: number | undefined;
  /** 3×3 windows, ReLU and no squeeze-and-excitation throughout, for hardware that is bad at the rest. */
  minimalistic?: boolean | undefined;
  /** The two layers after the pool: `"conv"` for 1×1 convolutions (paper, Keras), `"dense"` (torchvision), `"mixed"` for one of each (timm). `"dense"` when left out. */
  head?: "conv" | "dense" | "mixed" | undefined;
  /** Width of the layer before the classifier. 1280 and 1024 when left out; 1280 for small in the paper's first version. */
  lastWidth?: number | undefined;
  /** Of the layers with a stride; `"symmetric"`, torchvision's, when left out; the authors' TensorFlow code and Keras have `"same"`. */
  padding?: StridedPadding | undefined;
  name?: string | undefined;
}

/**
 * MobileNet v3: found by search, with hard-swish, squeeze-and-excitation and a cheaper end.
 *
 * @see Howard et al., Searching for MobileNetV3, 2019, arXiv 1905.02244
 *
 * @example
 * cost(zoo.mobilenetV3({ size: "large" })).macs // → 216589760
 * @example
 * cost(zoo.mobilenetV3({ size: "small" })).params // → 2542856
 */
export function mobilenetV3(options: MobilenetV3Options = {}): Network {
  requireZooOptions<MobilenetV3Options>("mobilenetV3", options, {
    size: true,
    alpha: true,
    minimalistic: "flag",
    head: true,
    lastWidth: true,
    padding: true,
    name: true,
  });
  const { classes = 1000, inputSize = 224, inputChannels = 3, minimalistic = false } = options;
  const size = requireOneOf("zoo.mobilenetV3", "size", options.size ?? "large", ["large", "small"]);
  const head = requireOneOf("zoo.mobilenetV3", "head", options.head ?? "dense", [
    "conv",
    "dense",
    "mixed",
  ]);
  const alpha = requirePositive("zoo.mobilenetV3", "alpha", options.alpha ?? 1);
  const { rows, last } = sizes[size];
  const lastWidth = (options.lastWidth ?? last) * Math.max(alpha, 1);
  const swish = minimalistic ? "relu" : "hardSwish";
  const epsilon = 1e-3;
  const { padding } = sourceStyle("mobilenetV3", options.padding ?? "symmetric");
  return network(
    options.name ?? nameOf(options),
    [inputSize, inputSize, inputChannels],
    block("conv1", convNorm(16, 3, { stride: 2, activation: swish, epsilon, padding })),
    ...rows.map((_, i) => bottleneck(i, rows, { alpha, minimalistic, padding })),
    block("last", (x) => {
      const expanded = roundChannels(6 * x.shape[2]);
      return convNorm(expanded, 1, { activation: swish, epsilon })(x);
    }),
    block("head", ...headLayers(head, roundChannels(lastWidth), classes, swish)),
  );
}

function nameOf(options: MobilenetV3Options): string {
  const { size = "large", alpha = 1, minimalistic, head = "dense", lastWidth } = options;
  const { padding = "symmetric" } = options;
  const kind = minimalistic ? " minimalistic" : "";
  const wider = lastWidth === undefined ? "" : `, ${lastWidth} features`;
  const source = `${head}, ${padding}`;
  const known: Record<string, string> = { "dense, symmetric": "", "conv, same": " (Keras)" };
  return `MobileNet v3 ${size}${kind} ${alpha}${wider}${known[source] ?? ` (${source})`}`;
}

interface BottleneckOptions {
  alpha: number;
  minimalistic: boolean;
  padding?: "same" | undefined;
}

function bottleneck(i: number, rows: readonly Row[], options: BottleneckOptions): Module {
  const { alpha, minimalistic, padding } = options;
  const [kernelSize, expanded, out, excites, nonlinearity, stride] = rows[i];
  const inputAtFullWidth = i === 0 ? 16 : rows[i - 1][2];
  return (x) => {
    // The table's widths are ratios to the input's, which has been rounded.
    const middle = roundChannels((x.shape[2] * expanded) / inputAtFullWidth);
    return invertedResidual(`bottleneck${i + 1}`, {
      expanded: middle,
      filters: roundChannels(out * alpha),
      kernelSize: minimalistic ? 3 : kernelSize,
      stride,
      activation: nonlinearity === "RE" || minimalistic ? "relu" : "hardSwish",
      squeezed: excites && !minimalistic ? roundChannels(middle / 4) : undefined,
      gate: "hardSigmoid",
      epsilon: 1e-3,
      padding,
    })(x);
  };
}

function headLayers(
  head: "conv" | "dense" | "mixed",
  width: number,
  classes: number,
  swish: ActivationFunction,
): Module[] {
  const inner =
    head === "dense"
      ? [globalAveragePool(), dense({ units: width })]
      : [globalAveragePool({ keepDims: true }), conv({ filters: width, kernelSize: 1 })];
  const scores =
    head === "conv"
      ? [conv({ filters: classes, kernelSize: 1 }), flatten()]
      : [flatten(), dense({ units: classes })];
  return [...inner, activation(swish), dropout({ rate: 0.2 }), ...scores, softmax()];
}

const asInKeras = { head: "conv", padding: "same" } as const;

export const mobilenetV3Family: Family = {
  name: "MobileNet v3",
  line: "mobile",
  papers: [
    {
      title: "Searching for MobileNetV3",
      authors: "Howard, Sandler, Chu, Chen, Chen, Tan, Wang, Zhu, Pang, Vasudevan, Le, Adam",
      year: 2019,
      arxiv: "1905.02244",
    },
  ],
  facts: [
    "Squeeze-and-excitation multiplies the maps of the depthwise convolution, channel by channel.",
    "Hard-swish, x · ReLU6(x + 3) / 6, is only used in the deeper half, where maps are small and it costs little.",
    "The last 1×1 comes after the global pool, on one position in place of 49.",
    "66 M multiply-adds and 2.9 M parameters, often quoted for small, are from the paper's first version; the net has 56.5 M and 2.54 M. Its 1280 features at the end explain the parameters, but only 0.4 M of the multiply-adds.",
  ],
  variants: [
    {
      name: "MobileNet v3 large 1",
      build: () => mobilenetV3(),
      published: [
        paper(
          { macs: 219e6, params: 5.4e6, top1: 75.2, differs: "not explained; TF-slim says 217 M" },
          "table 3",
        ),
        torchvision(5_483_032, 74.042, 91.34),
        torchvision(5_483_032, 75.274, 92.566, "IMAGENET1K_V2"),
      ],
    },
    {
      name: "MobileNet v3 large 1 (Keras)",
      build: () => mobilenetV3(asInKeras),
      note: "1×1 convolutions at the end, TensorFlow's padding",
      published: [keras(5_507_432)],
    },
    {
      name: "MobileNet v3 large 0.75",
      build: () => mobilenetV3({ alpha: 0.75 }),
      published: [paper({ macs: 155e6, params: 4.0e6, top1: 73.3 }, "table 3")],
    },
    {
      name: "MobileNet v3 large minimalistic 1",
      build: () => mobilenetV3({ minimalistic: true }),
      published: [
        {
          source: "tensorflow/models slim",
          convention: "paper",
          macs: 209e6,
          params: 3.9e6,
          top1: 72.3,
        },
      ],
    },
    {
      name: "MobileNet v3 small 1",
      build: () => mobilenetV3({ size: "small" }),
      published: [
        paper({ macs: 56e6, params: 2.5e6, top1: 67.4 }, "table 3"),
        torchvision(2_542_856, 67.668, 87.402),
      ],
    },
    {
      name: "MobileNet v3 small 0.75",
      build: () => mobilenetV3({ size: "small", alpha: 0.75 }),
      published: [
        paper({ macs: 44e6, params: 2.0e6, top1: 65.4, differs: "not explained" }, "table 3"),
      ],
    },
    {
      name: "MobileNet v3 small, first version",
      build: () =>
        mobilenetV3({
          size: "small",
          ...asInKeras,
          lastWidth: 1280,
          name: "MobileNet v3 small, first version",
        }),
      note: "1280 features at the end, as in the paper's first version",
      published: [
        paper(
          { macs: 66e6, params: 2.9e6, differs: "the 1280 features explain the parameters only" },
          "first version",
        ),
      ],
    },
    {
      name: "MobileNet v3 small minimalistic 1",
      build: () => mobilenetV3({ size: "small", minimalistic: true }),
      published: [
        {
          source: "tensorflow/models slim",
          convention: "paper",
          macs: 65e6,
          differs: "not explained; perhaps an earlier net",
          params: 2.0e6,
          top1: 61.9,
        },
      ],
    },
    ...(
      [
        { size: "large", alpha: 0.75 },
        { size: "large", minimalistic: true },
        { size: "small" },
        { size: "small", alpha: 0.75 },
        { size: "small", minimalistic: true },
      ] as const
    ).map((options) => ({
      name: nameOf({ ...options, ...asInKeras }),
      build: () => mobilenetV3({ ...options, ...asInKeras }),
      note: "1×1 convolutions at the end, TensorFlow's padding",
    })),
  ],
};
