import { type Module, type Network, layers, network } from "../network";
import { requireOneOf, requirePositive } from "../tensor";
import { convNorm, sourceStyle } from "./blocks";
import {
  type Family,
  type StridedPadding,
  type ZooOptions,
  paper,
  torchvision,
  requireZooOptions,
} from "./family";
import { googlenetTable } from "./googlenetTable";

const { adaptiveAveragePool, auxiliary, averagePool, block, branches, conv, dense, dropout } =
  layers;
const { flatten, globalAveragePool, localResponseNorm, maxPool, relu, sequential, softmax } =
  layers;

export interface GooglenetOptions extends ZooOptions {
  /**
   * `"paper"`: biases and local response norm. `"torchvision"`: batch norm in place of both, and 3×3 windows
   * where the paper has 5×5 (a slip of the first port that was kept for its weights).
   */
  version?: "paper" | "torchvision" | undefined;
  /** Whether the two heads that help training hang off modules 4a and 4d. False when left out. */
  auxiliaryHeads?: boolean | undefined;
  /** Multiplies every number of filters. 1 when left out. */
  width?: number | undefined;
  /** Of the layers with a stride; `"symmetric"`, Caffe's and torchvision's, when left out; TensorFlow's slim has `"same"`. */
  padding?: StridedPadding | undefined;
  name?: string | undefined;
}

/**
 * GoogLeNet, Inception v1: 22 layers with weights, of which each module looks at its input through windows
 * of three sizes at once.
 *
 * @see Szegedy et al., Going deeper with convolutions, 2014, arXiv 1409.4842
 *
 * @example
 * cost(zoo.googlenet()).params // → 6998552
 * @example
 * cost(zoo.googlenet({ auxiliaryHeads: true }), { auxiliary: true }).params // → 13378280
 */
export function googlenet(options: GooglenetOptions = {}): Network {
  requireZooOptions<GooglenetOptions>("googlenet", options, {
    version: true,
    auxiliaryHeads: "flag",
    width: true,
    padding: true,
    name: true,
  });
  const { classes = 1000, inputSize = 224, inputChannels = 3, auxiliaryHeads = false } = options;
  const version = requireOneOf("zoo.googlenet", "version", options.version ?? "paper", [
    "paper",
    "torchvision",
  ]);
  const { padding = "symmetric" } = options;
  const { padding: convPadding } = sourceStyle("googlenet", padding);
  const fromPaper = version === "paper";
  const width = requirePositive("zoo.googlenet", "width", options.width ?? 1);
  const fullBrick: Brick = fromPaper
    ? convRelu
    : (filters, size, more) => convNorm(filters, size, { epsilon: 1e-3, ...more });
  const brick: Brick = (filters, ...others) => fullBrick(Math.ceil(filters * width), ...others);
  const norms = fromPaper ? [localResponseNorm()] : [];
  const pool = maxPool({ size: 3, stride: 2, ceilMode: true });
  const inception = (name: string) =>
    block(`inception${name}`, inceptionModule(widthsOf(name), brick, fromPaper ? 5 : 3));
  const head = (name: string) =>
    auxiliaryHeads ? [auxiliary(auxiliaryHead(name, classes, brick, fromPaper))] : [];
  return network(
    options.name ?? nameOf(fromPaper, padding),
    [inputSize, inputSize, inputChannels],
    block(
      "conv1",
      brick(64, 7, { stride: 2, ...(convPadding && { padding: convPadding }) }),
      pool,
      ...norms,
    ),
    block("conv2", brick(64, 1), brick(192, 3), ...norms, pool),
    inception("3a"),
    inception("3b"),
    pool,
    inception("4a"),
    ...head("auxiliary1"),
    inception("4b"),
    inception("4c"),
    inception("4d"),
    ...head("auxiliary2"),
    inception("4e"),
    fromPaper ? pool : maxPool({ size: 2, stride: 2, ceilMode: true }),
    inception("5a"),
    inception("5b"),
    globalAveragePool(),
    dropout({ rate: fromPaper ? 0.4 : 0.2 }),
    dense({ units: classes }),
    softmax(),
  );
}

function nameOf(fromPaper: boolean, padding: StridedPadding): string {
  const name = fromPaper ? "GoogLeNet" : "GoogLeNet, torchvision";
  return padding === "symmetric" ? name : `${name}, ${padding} padding`;
}

/** A convolution that keeps the size, with its non-linearity. */
type Brick = (
  filters: number,
  kernelSize: number,
  options?: { stride?: number | undefined; padding?: "same" | undefined },
) => Module;

const convRelu: Brick = (filters, kernelSize, options) =>
  sequential(conv({ filters, kernelSize, padding: (kernelSize - 1) / 2, ...options }), relu());

function widthsOf(name: string): readonly number[] {
  return googlenetTable.find((row) => row.name === name)!.widths!;
}

function inceptionModule(widths: readonly number[], brick: Brick, large: 3 | 5): Module {
  const [one, threeReduce, three, fiveReduce, five, pool] = widths;
  return branches(
    brick(one, 1),
    sequential(brick(threeReduce, 1), brick(three, 3)),
    sequential(brick(fiveReduce, 1), brick(five, large)),
    sequential(maxPool({ size: 3, stride: 1, padding: 1 }), brick(pool, 1)),
  );
}

function auxiliaryHead(name: string, classes: number, brick: Brick, fromPaper: boolean): Module {
  return block(
    name,
    fromPaper ? averagePool({ size: 5, stride: 3 }) : adaptiveAveragePool({ outputSize: 4 }),
    brick(128, 1),
    flatten(),
    dense({ units: 1024 }),
    relu(),
    dropout({ rate: 0.7 }),
    dense({ units: classes }),
    softmax(),
  );
}

export const googlenetFamily: Family = {
  name: "GoogLeNet",
  line: "Inception",
  papers: [
    {
      title: "Going deeper with convolutions",
      authors: "Szegedy, Liu, Jia, Sermanet, Reed, Anguelov, Erhan, Vanhoucke, Rabinovich",
      year: 2014,
      arxiv: "1409.4842",
    },
  ],
  facts: [
    "First in ILSVRC 2014 with 6.67% top-5 error (seven nets, 144 crops).",
    "The losses of the auxiliary heads are weighted by 0.3 while training; the heads are dropped afterwards.",
    "Table 1 counts conv1 as 2.7 K weights and 34 M multiply-adds, which is no full 7×7×3×64 (9,408 and 118 M) but fits 7×1 followed by 1×7 (2,688 and 33.7 M).",
    "Its rows 4c (463 K against 510 K exact) and 5a (1072 K and 54 M against 1018 K and 51 M) do not add up either. K is 1024 there.",
    "torchvision's 5×5 branches have 3×3 windows: 6,624,904 parameters with batch norm, where real 5×5 would make 7,005,832.",
  ],
  variants: [
    {
      name: "GoogLeNet",
      build: () => googlenet(),
      note: "biases, local response norm, 5×5",
      published: [
        paper(
          {
            params: 6.8e6,
            macs: 1.5e9,
            differs:
              "sums of table 1: weights only in units of 1024, with conv1 and rows 4c and 5a off",
          },
          "table 1 and section 5",
        ),
        {
          source: "MobileNet paper, table 8",
          convention: "paper",
          params: 6.8e6,
          macs: 1550e6,
          top1: 69.8,
          differs: "between the sums of GoogLeNet's table 1 and the count; not explained there",
        },
      ],
    },
    {
      name: "GoogLeNet with auxiliary heads",
      build: () => googlenet({ auxiliaryHeads: true, name: "GoogLeNet with auxiliary heads" }),
    },
    {
      name: "GoogLeNet, torchvision",
      build: () => googlenet({ version: "torchvision" }),
      note: "batch norm, 3×3 in place of 5×5; without heads, which torchvision's figure leaves out",
      published: [torchvision(6_624_904, 69.778, 89.53)],
    },
  ],
};
