import { ArgumentError, type OptionNames, requireOneOf } from "../tensor";
import { type Network, layers, network } from "../network";
import { classifier, convNorm, exciteBy, roundChannels } from "./blocks";
import {
  type Family,
  type ZooOptions,
  keras,
  paper,
  torchvision,
  requireZooOptions,
} from "./family";
import { residualUnit } from "./residualUnits";

const { block, maxPool, repeat } = layers;

/** Units in each of the four stages, conv2_x to conv5_x (paper, table 1). */
export const resnetUnits: Readonly<Record<number, readonly number[]>> = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
};

export interface ResnetOptions extends ZooOptions {
  /** Number of layers with weights: 18, 34, 50, 101 or 152. */
  depth?: number | undefined;
  /** Units in each stage, in place of a depth. */
  units?: readonly number[] | undefined;
  /** Three convolutions a unit, 1×1, 3×3 and 1×1, in place of two 3×3. From 50 layers on when left out. */
  bottleneck?: boolean | undefined;
  /** Which convolution of a bottleneck halves the maps: `"1x1"` in the paper, Caffe and Keras, `"3x3"` in torchvision and its followers (there called v1.5). */
  strideIn?: "1x1" | "3x3" | undefined;
  /** Groups of the 3×3 convolution (ResNeXt's cardinality). 1 when left out. */
  groups?: number | undefined;
  /** Width of a bottleneck's 3×3 convolution in the first stage, for each group. 64 when left out, as in ResNet. */
  groupWidth?: number | undefined;
  /** Multiplies every width. 1 when left out. */
  width?: number | undefined;
  /** Whether convolutions have biases, needless though they are before batch norm (Keras). */
  convBias?: boolean | undefined;
  /** Added to the variance by the batch norms: 1.001e-5 in Keras's applications, 1e-3 in its first edition, 1e-5 when left out. */
  epsilon?: number | undefined;
  /** Squeeze-and-excitation at the end of each unit, with this reduction. None when left out. */
  reduction?: number | undefined;
  /** Round the squeezed width up to a multiple of 8, as timm does. */
  roundSqueezed?: boolean | undefined;
  /** The first pool: with a ring of padding, or hanging over the end without (Caffe's, and timm's legacy_seresnet). `"padded"` when left out. */
  firstPool?: "padded" | "ceil" | undefined;
  name?: string | undefined;
}

/** @internal The names of those that it has beside what every network of the zoo has. */
export const resnetOptions: OptionNames<Omit<ResnetOptions, keyof ZooOptions>> = {
  depth: true,
  units: true,
  bottleneck: "flag",
  strideIn: true,
  groups: true,
  groupWidth: true,
  width: true,
  convBias: "flag",
  epsilon: true,
  reduction: true,
  roundSqueezed: "flag",
  firstPool: true,
  name: true,
};

/**
 * ResNet: units that add what two or three convolutions make of their input to the input itself.
 *
 * @see He, Zhang, Ren and Sun, Deep residual learning for image recognition, 2015, arXiv 1512.03385
 *
 * @example
 * cost(zoo.resnet({ depth: 50, strideIn: "3x3" })).macs // → 4089184256
 * @example
 * cost(zoo.resnet({ depth: 50, strideIn: "1x1" })).macs // → 3857973248
 */
export function resnet(options: ResnetOptions = {}): Network {
  requireZooOptions<ResnetOptions>("resnet", options, resnetOptions);
  const { classes = 1000, inputSize = 224, inputChannels = 3, depth = 50, width = 1 } = options;
  const { groups = 1, groupWidth = 64, convBias, epsilon, reduction } = options;
  const units = options.units ?? requireUnits("resnet", depth, resnetUnits);
  const bottleneck = options.bottleneck ?? (options.units === undefined && depth >= 50);
  const strideIn = requireOneOf("zoo.resnet", "strideIn", options.strideIn ?? "3x3", [
    "1x1",
    "3x3",
  ]);
  const firstPool = requireOneOf("zoo.resnet", "firstPool", options.firstPool ?? "padded", [
    "padded",
    "ceil",
  ]);
  const excite = exciteBy(reduction, options.roundSqueezed ? roundChannels : Math.floor);

  const stage = (count: number, index: number) => {
    const filters = 64 * width * 2 ** index;
    const inner = Math.floor((filters * groupWidth) / 64) * groups;
    return repeat(count, (i) => {
      const stride = i === 1 && index > 0 ? 2 : 1;
      const how = { strideIn, inner, groups, convBias, epsilon, excite };
      const unit = { filters, stride, bottleneck, ...how };
      return block(`conv${index + 2}_${i}`, residualUnit(unit));
    });
  };
  return network(
    options.name ?? nameOf("ResNet", options),
    [inputSize, inputSize, inputChannels],
    block(
      "conv1",
      convNorm(64 * width, 7, { stride: 2, bias: convBias, epsilon }),
      maxPool({
        size: 3,
        stride: 2,
        ...(firstPool === "ceil" ? { ceilMode: true } : { padding: 1 }),
      }),
    ),
    ...units.map(stage),
    classifier(classes),
  );
}

/**
 * @internal A name for each network: who counts has to know where the stride is, wherever there is a choice.
 */
export function nameOf(kind: string, options: ResnetOptions): string {
  const {
    depth = 50,
    units,
    strideIn = "3x3",
    convBias,
    firstPool = "padded",
    width = 1,
  } = options;
  const { groups = 1, groupWidth = 64 } = options;
  const bottleneck = options.bottleneck ?? (units === undefined && depth >= 50);
  const details = [
    bottleneck && units === undefined && strideIn === "3x3" ? " v1.5" : "",
    groups !== 1 || groupWidth !== 64 ? ` ${groups}×${groupWidth}d` : "",
    width !== 1 ? `, ${width} times as wide` : "",
    firstPool === "ceil" ? ", ceil-mode pool" : "",
    convBias ? " (Keras)" : "",
  ];
  return `${kind}${units ? ` ${units.join("-")}` : `-${depth}`}${details.join("")}`;
}

/** @internal What the name of a net says that is otherwise always v1.5 with a padded pool. */
export function unlikeItsSources({ strideIn, firstPool }: ResnetOptions): string {
  const first = strideIn === "1x1" ? ", stride in the 1×1" : "";
  return `${first}${firstPool === "ceil" ? ", ceil-mode pool" : ""}`;
}

/** The units of a depth, or an error that lists the depths there are. */
export function requireUnits(
  call: string,
  depth: number,
  table: Readonly<Record<number, readonly number[]>>,
): readonly number[] {
  if (depth in table) return table[depth];
  const expected = `one of ${Object.keys(table).join(", ")}`;
  throw new ArgumentError({
    call: `zoo.${call}`,
    argument: "depth",
    expected,
    received: depth,
    remedy: "For a net of your own, give units: the number of units in each stage.",
  });
}

export const residualLearning = {
  title: "Deep residual learning for image recognition",
  authors: "He, Zhang, Ren, Sun",
  year: 2015,
  arxiv: "1512.03385",
};

export const resnetFamily: Family = {
  name: "ResNet",
  line: "residual",
  papers: [residualLearning],
  facts: [
    "First in ILSVRC 2015 (ensemble, 3.57% top-5 error), and in COCO detection and segmentation that year.",
    "Each unit learns what to add to its input; a stack of units can be as good as a shallower one by adding nothing.",
    "The paper, Caffe and Keras halve the maps in the first 1×1 of a bottleneck, torchvision in its 3×3: 3.858 against 4.089 G multiply-adds for ResNet-50, with the same parameters. ResNet-18 and 34 have no 1×1, so all agree.",
    "Keras gives every convolution a bias: 26,560 more parameters for ResNet-50, and counts moving statistics: 53,120 more.",
  ],
  variants: [
    {
      name: "ResNet-18",
      build: () => resnet({ depth: 18 }),
      published: [paper({ macs: 1.8e9 }, "table 1"), torchvision(11_689_512, 69.758, 89.078)],
    },
    {
      name: "ResNet-34",
      build: () => resnet({ depth: 34 }),
      published: [paper({ macs: 3.6e9 }, "table 1"), torchvision(21_797_672, 73.314, 91.42)],
    },
    {
      name: "ResNet-50",
      build: () => resnet({ depth: 50, strideIn: "1x1" }),
      note: "stride in the 1×1, as in the paper",
      published: [
        paper({ macs: 3.8e9 }, "table 1"),
        {
          source: "SENet paper, table 2",
          convention: "paper",
          macs: 3.86e9,
          top1: 75.2,
          top5: 92.52,
        },
      ],
    },
    {
      name: "ResNet-101",
      build: () => resnet({ depth: 101, strideIn: "1x1" }),
      note: "stride in the 1×1, as in the paper",
      published: [
        paper({ macs: 7.6e9 }, "table 1"),
        {
          source: "SENet paper, table 2",
          convention: "paper",
          macs: 7.58e9,
          differs: "printed for 7.570",
          top1: 76.83,
          top5: 93.48,
        },
      ],
    },
    {
      name: "ResNet-152",
      build: () => resnet({ depth: 152, strideIn: "1x1" }),
      note: "stride in the 1×1, as in the paper",
      published: [paper({ macs: 11.3e9 }, "table 1")],
    },
    {
      name: "ResNet-50 v1.5",
      build: () => resnet({ depth: 50 }),
      note: "stride in the 3×3: torchvision",
      published: [
        torchvision(25_557_032, 76.13, 92.862),
        torchvision(25_557_032, 80.858, 95.434, "IMAGENET1K_V2"),
      ],
    },
    {
      name: "ResNet-101 v1.5",
      build: () => resnet({ depth: 101 }),
      note: "stride in the 3×3: torchvision",
      published: [
        torchvision(44_549_160, 77.374, 93.546),
        torchvision(44_549_160, 81.886, 95.78, "IMAGENET1K_V2"),
      ],
    },
    {
      name: "ResNet-152 v1.5",
      build: () => resnet({ depth: 152 }),
      note: "stride in the 3×3: torchvision",
      published: [
        torchvision(60_192_808, 78.312, 94.046),
        torchvision(60_192_808, 82.284, 96.002, "IMAGENET1K_V2"),
      ],
    },
    {
      name: "ResNet-50 (Keras)",
      build: () => kerasResnet(50),
      note: "stride in the 1×1, biases in all convolutions",
      published: [keras(25_636_712, 74.9, 92.1)],
    },
    {
      name: "ResNet-101 (Keras)",
      build: () => kerasResnet(101),
      note: "stride in the 1×1, biases in all convolutions",
      published: [keras(44_707_176, 76.4, 92.8)],
    },
    {
      name: "ResNet-152 (Keras)",
      build: () => kerasResnet(152),
      note: "stride in the 1×1, biases in all convolutions",
      published: [{ source: "keras.io/api/applications", convention: "keras", params: 60_419_944 }],
    },
  ],
};

function kerasResnet(depth: number): Network {
  return resnet({ depth, strideIn: "1x1", convBias: true, epsilon: 1.001e-5 });
}
