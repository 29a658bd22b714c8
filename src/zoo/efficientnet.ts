import { type Module, type Network, layers, network } from "../network";
import { ArgumentError, requirePositive } from "../tensor";
import { classifier, convNorm, roundChannels, sourceStyle } from "./blocks";
import {
  type Family,
  type Published,
  type StridedPadding,
  type Variant,
  type ZooOptions,
  keras,
  torchvision,
  requireZooOptions,
} from "./family";
import { invertedResidual } from "./invertedResidual";

const { block, inputNorm, repeat } = layers;

/** The stages of B0 (paper, table 1): expansion, kernel, stride of the first, channels, repetitions. */
const rows: readonly (readonly [t: number, k: number, s: number, c: number, n: number])[] = [
  [1, 3, 1, 16, 1],
  [6, 3, 2, 24, 2],
  [6, 5, 2, 40, 2],
  [6, 3, 2, 80, 3],
  [6, 5, 1, 112, 3],
  [6, 5, 2, 192, 4],
  [6, 3, 1, 320, 1],
];

/** Width, depth, resolution and dropout that belong together. */
const scalings = {
  B0: [1.0, 1.0, 224, 0.2],
  B1: [1.0, 1.1, 240, 0.2],
  B2: [1.1, 1.2, 260, 0.3],
  B3: [1.2, 1.4, 300, 0.3],
  B4: [1.4, 1.8, 380, 0.4],
  B5: [1.6, 2.2, 456, 0.4],
  B6: [1.8, 2.6, 528, 0.5],
  B7: [2.0, 3.1, 600, 0.5],
  Lite0: [1.0, 1.0, 224, 0.2],
  Lite1: [1.0, 1.1, 240, 0.2],
  Lite2: [1.1, 1.2, 260, 0.3],
  Lite3: [1.2, 1.4, 280, 0.3],
  Lite4: [1.4, 1.8, 300, 0.3],
} as const;

export type EfficientnetSize = keyof typeof scalings;

export interface EfficientnetOptions extends ZooOptions {
  /** B0 to B7; Lite0 to Lite4 are without squeeze-and-excitation, with ReLU6, and keep the widths of both ends. `"B0"` when left out. */
  size?: EfficientnetSize | undefined;
  /** Multiplies the widths; the size's own when left out. */
  width?: number | undefined;
  /** Multiplies the numbers of layers; the size's own when left out. */
  depth?: number | undefined;
  /** Keras's first layer, which normalises the image and counts as 7 parameters. */
  normaliseInput?: boolean | undefined;
  /** Of the layers with a stride; `"same"` for the Lite nets and with `normaliseInput`, which come from TensorFlow, else `"symmetric"` when left out. */
  padding?: StridedPadding | undefined;
  name?: string | undefined;
}

/**
 * EfficientNet: a small searched net, and the same made wider, deeper and larger together.
 *
 * @see Tan and Le, EfficientNet: rethinking model scaling, 2019, arXiv 1905.11946
 *
 * @example
 * cost(zoo.efficientnet({ size: "B0" })).macs // → 385814752
 * @example
 * cost(zoo.efficientnet({ size: "B7" })).params // → 66347960
 */
export function efficientnet(options: EfficientnetOptions = {}): Network {
  requireZooOptions<EfficientnetOptions>("efficientnet", options, {
    size: true,
    width: true,
    depth: true,
    normaliseInput: "flag",
    padding: true,
    name: true,
  });
  const { size = "B0", classes = 1000, inputChannels = 3 } = options;
  if (!(size in scalings)) {
    const expected = `one of ${Object.keys(scalings).join(", ")}`;
    throw new ArgumentError({
      call: "zoo.efficientnet",
      argument: "size",
      expected,
      received: size,
    });
  }
  const [width0, depth0, resolution, rate] = scalings[size];
  const width = requirePositive("zoo.efficientnet", "width", options.width ?? width0);
  const depth = requirePositive("zoo.efficientnet", "depth", options.depth ?? depth0);
  const { inputSize = resolution } = options;
  const lite = size.startsWith("Lite");
  const fromTensorflow = lite || options.normaliseInput;
  const source = fromTensorflow ? "same" : "symmetric";
  const style = sourceStyle("efficientnet", options.padding ?? source);
  // torchvision's three largest were made from TensorFlow's weights, and keep their epsilon.
  const fromThere = ["B5", "B6", "B7"].includes(size);
  const padded = fromThere ? { ...style, epsilon: 1e-3 } : style;
  const act = lite ? "relu6" : "swish";
  const scaled = (filters: number) => roundChannels(filters * width);

  const stage = ([t, kernelSize, s, c, n]: (typeof rows)[number], row: number): Module => {
    // Lite nets keep the number of layers of the first and the last stage.
    const kept = lite && (row === 0 || row === rows.length - 1);
    return repeat(kept ? n : Math.ceil(n * depth), (i) => (x) => {
      const input = x.shape[2];
      return invertedResidual(`stage${row + 1}_${i}`, {
        expanded: t * input,
        filters: scaled(c),
        kernelSize,
        stride: i === 1 ? s : 1,
        activation: act,
        squeezed: lite ? undefined : Math.max(1, Math.floor(input / 4)),
        squeezeActivation: act,
        ...padded,
      })(x);
    });
  };
  return network(
    options.name ?? nameOf(options, source),
    [inputSize, inputSize, inputChannels],
    ...(options.normaliseInput ? [inputNorm()] : []),
    block(
      "conv1",
      convNorm(lite ? 32 : scaled(32), 3, {
        stride: 2,
        activation: act,
        ...padded,
      }),
    ),
    ...rows.map(stage),
    block("last", convNorm(lite ? 1280 : scaled(1280), 1, { activation: act, ...padded })),
    classifier(classes, { dropout: rate }),
  );
}

function nameOf(options: EfficientnetOptions, source: StridedPadding): string {
  const { size = "B0", normaliseInput, padding = source } = options;
  const suffix = padding === source ? "" : `, ${padding} padding`;
  return `EfficientNet-${size}${normaliseInput ? " (Keras)" : ""}${suffix}`;
}

const torchvisionFigures: Record<string, readonly Published[]> = {
  B0: [torchvision(5_288_548, 77.692, 93.532)],
  B1: [
    torchvision(7_794_184, 78.642, 94.186),
    torchvision(7_794_184, 79.838, 94.934, "IMAGENET1K_V2"),
  ],
  B2: [torchvision(9_109_994, 80.608, 95.31)],
  B3: [torchvision(12_233_232, 82.008, 96.054)],
  B4: [torchvision(19_341_616, 83.384, 96.594)],
  B5: [torchvision(30_389_784, 83.444, 96.628)],
  B6: [torchvision(43_040_704, 84.008, 96.916)],
  B7: [torchvision(66_347_960, 84.122, 96.908)],
};

const kerasFigures: Record<string, readonly Published[]> = {
  B0: [keras(5_330_571, 77.1, 93.3)],
  B1: [keras(7_856_239, 79.1, 94.4)],
  B2: [keras(9_177_569, 80.1, 94.9)],
  B3: [keras(12_320_535, 81.6, 95.7)],
  B4: [keras(19_466_823, 82.9, 96.4)],
  B5: [keras(30_562_527, 83.6, 96.7)],
  B6: [keras(43_265_143, 84.0, 96.8)],
  B7: [keras(66_658_687, 84.3, 97.0)],
};

const letters = ["B0", "B1", "B2", "B3", "B4", "B5", "B6", "B7"] as const;

export const efficientnetFamily: Family = {
  name: "EfficientNet",
  line: "searched",
  papers: [
    {
      title: "EfficientNet: rethinking model scaling for convolutional neural networks",
      authors: "Tan, Le",
      year: 2019,
      arxiv: "1905.11946",
    },
  ],
  facts: [
    "Depth, width and resolution grow as 1.2^φ, 1.1^φ and 1.15^φ, so that the work doubles with each step of φ: 1.2 · 1.1² · 1.15² is near 2.",
    "Squeeze-and-excitation narrows to a quarter of the unit's input, not of its expanded middle.",
    "torchvision's B2 is evaluated at 288 pixels, the paper's at 260: 1.088 against 0.994 G multiply-adds.",
    "Keras counts 7 parameters more than moving statistics explain: mean, variance and count of its first layer, which normalises the image.",
  ],
  variants: [
    ...letters.map((size): Variant => {
      return {
        name: `EfficientNet-${size}`,
        build: () => efficientnet({ size }),
        ...(size !== "B2" && { published: torchvisionFigures[size] }),
      };
    }),
    {
      name: "EfficientNet-B2 at 288",
      build: () => efficientnet({ size: "B2", inputSize: 288, name: "EfficientNet-B2 at 288" }),
      note: "the resolution of torchvision",
      published: torchvisionFigures.B2,
    },
    ...letters.map((size): Variant => {
      return {
        name: `EfficientNet-${size} (Keras)`,
        build: () => efficientnet({ size, normaliseInput: true }),
        note: "with the layer that normalises the image, and TensorFlow's padding",
        published: kerasFigures[size],
      };
    }),
    ...([0, 1, 2, 3, 4] as const).map((n): Variant => {
      return {
        name: `EfficientNet-Lite${n}`,
        build: () => efficientnet({ size: `Lite${n}` }),
        note: "TensorFlow's padding",
      };
    }),
  ],
};
