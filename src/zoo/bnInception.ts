import { type Module, type Network, layers, network } from "../network";
import { classifier, convNorm, exciteBy, sourceStyle } from "./blocks";
import { type Family, type StridedPadding, type ZooOptions, requireZooOptions } from "./family";

const { averagePool, block, branches, maxPool, sequential } = layers;

/**
 * One row of the module table: filters of the 1×1 (0 for none), reduction and filters of the 3×3 and of the
 * double 3×3, and what follows the pool. Rows without a 1×1 halve the maps and let the pool pass.
 */
type Row = readonly [
  name: string,
  one: number,
  three: readonly [number, number],
  double: readonly [number, number],
  pool: "average" | "max",
  projection: number,
];

const rows: readonly Row[] = [
  ["3a", 64, [64, 64], [64, 96], "average", 32],
  ["3b", 64, [64, 96], [64, 96], "average", 64],
  ["3c", 0, [128, 160], [64, 96], "max", 0],
  ["4a", 224, [64, 96], [96, 128], "average", 128],
  ["4b", 192, [96, 128], [96, 128], "average", 128],
  ["4c", 160, [128, 160], [128, 160], "average", 128],
  ["4d", 96, [128, 192], [160, 192], "average", 128],
  ["4e", 0, [128, 192], [192, 256], "max", 0],
  ["5a", 352, [192, 320], [160, 224], "average", 128],
  ["5b", 352, [192, 320], [192, 224], "max", 128],
];

export interface BnInceptionOptions extends ZooOptions {
  /** Whether convolutions have biases besides their batch norm, as in the Caffe net that is in use. True when left out. */
  convBias?: boolean | undefined;
  /** Squeeze-and-excitation at the end of every module, with this reduction: SE-Inception. None when left out. */
  reduction?: number | undefined;
  /** Of the layers with a stride; `"symmetric"`, Caffe's, when left out; TensorFlow's slim has `"same"`. */
  padding?: StridedPadding | undefined;
  name?: string | undefined;
}

/**
 * BN-Inception, also called Inception v2: batch norm throughout, and two 3×3 where GoogLeNet has a 5×5.
 *
 * @see Ioffe and Szegedy, Batch normalization, 2015, arXiv 1502.03167
 *
 * @example
 * cost(zoo.bnInception()).params // → 11295240
 */
export function bnInception(options: BnInceptionOptions = {}): Network {
  requireZooOptions<BnInceptionOptions>("bnInception", options, {
    convBias: "flag",
    reduction: true,
    padding: true,
    name: true,
  });
  const { classes = 1000, inputSize = 224, inputChannels = 3, convBias = true } = options;
  const { reduction, padding = "symmetric" } = options;
  const { padding: convPadding } = sourceStyle("bnInception", padding);
  const name = reduction === undefined ? "BN-Inception" : "SE-Inception";
  const brick: Brick = (filters, kernelSize, stride = 1) =>
    convNorm(filters, kernelSize, { stride, bias: convBias, padding: convPadding });
  const pool = maxPool({ size: 3, stride: 2, ceilMode: true });
  const excite = exciteBy(reduction);
  return network(
    options.name ?? (padding === "symmetric" ? name : `${name}, ${padding} padding`),
    [inputSize, inputSize, inputChannels],
    block("conv1", brick(64, 7, 2), pool),
    block("conv2", brick(64, 1), brick(192, 3), pool),
    ...rows.map((row) => block(`inception${row[0]}`, inceptionModule(row, brick), excite)),
    classifier(classes),
  );
}

/** SE-Inception: squeeze-and-excitation after every module of BN-Inception. */
export function seInception(options: BnInceptionOptions = {}): Network {
  requireZooOptions<BnInceptionOptions>("seInception", options, {
    convBias: "flag",
    reduction: true,
    padding: true,
    name: true,
  });
  const { reduction = 16 } = options;
  return bnInception({ ...options, reduction });
}

type Brick = (filters: number, kernelSize: number, stride?: number) => Module;

function inceptionModule(row: Row, brick: Brick): Module {
  const [, one, three, double, pool, projection] = row;
  const stride = one === 0 ? 2 : 1;
  const window = stride === 2 ? { ceilMode: true } : { padding: 1 };
  const around = (pool === "max" ? maxPool : averagePool)({ size: 3, stride, ...window });
  return branches(
    ...(one > 0 ? [brick(one, 1)] : []),
    sequential(brick(three[0], 1), brick(three[1], 3, stride)),
    sequential(brick(double[0], 1), brick(double[1], 3), brick(double[1], 3, stride)),
    projection > 0 ? sequential(around, brick(projection, 1)) : around,
  );
}

export const bnInceptionFamily: Family = {
  name: "BN-Inception",
  line: "Inception",
  papers: [
    {
      title:
        "Batch normalization: accelerating deep network training by reducing internal covariate shift",
      authors: "Ioffe, Szegedy",
      year: 2015,
      arxiv: "1502.03167",
    },
    {
      title: "Squeeze-and-excitation networks",
      authors: "Hu, Shen, Albanie, Sun, Wu",
      year: 2017,
      arxiv: "1709.01507",
    },
  ],
  facts: [
    "Reaches GoogLeNet's accuracy in a fourteenth of its training steps.",
    "An ensemble of six reached 4.82% top-5 error, less than the human who tried ImageNet (5.1%).",
    "The paper's row 4c says 576 maps come out; its widths add up to 608, which is what the published net has.",
  ],
  variants: [
    {
      name: "BN-Inception",
      build: () => bnInception(),
      note: "biases and batch norm: the Caffe net",
      published: [
        {
          source: "Cadene/pretrained-models.pytorch",
          convention: "paper",
          top1: 73.524,
          top5: 91.562,
        },
      ],
    },
    {
      name: "BN-Inception without biases",
      build: () => bnInception({ convBias: false, name: "BN-Inception without biases" }),
    },
    {
      name: "SE-Inception",
      build: () => seInception(),
      published: [{ source: "hujie-frank/SENet", convention: "paper", top1: 76.38, top5: 92.96 }],
    },
  ],
};
