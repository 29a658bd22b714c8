import { type Module, type Network, layers, network } from "../network";
import { requireOneOf } from "../tensor";
import { classifier } from "./blocks";
import { type Family, type Published, type ZooOptions, keras, requireZooOptions } from "./family";
import { preactivationUnit } from "./residualUnits";
import { requireUnits, resnetUnits } from "./resnet";

const { add, batchNorm, block, conv, maxPool, relu, repeat, sequential } = layers;

const units = { ...resnetUnits, 200: [3, 24, 36, 3], 269: [3, 30, 48, 8] };

export interface ResnetV2Options extends ZooOptions {
  /** 18, 34, 50, 101, 152, 200 or 269. */
  depth?: number | undefined;
  /** Which convolution of a bottleneck halves the maps. `"3x3"` when left out. */
  strideIn?: "1x1" | "3x3" | undefined;
  /**
   * Where libraries differ. `"paper"`: batch norm and ReLU after the first convolution, a dense classifier
   * (pytorchcv's PreResNet). `"timm"`: nothing after the first convolution, a 1×1 convolution as classifier.
   * `"keras"`: maps halved in the last unit of a stage, with a max pool on the way around; biases in the
   * first, the last and the projecting convolutions.
   */
  layout?: "paper" | "timm" | "keras" | undefined;
  name?: string | undefined;
}

/**
 * ResNet v2: batch norm and ReLU come before each convolution, so that the sum passes on untouched.
 *
 * @see He, Zhang, Ren and Sun, Identity mappings in deep residual networks, 2016, arXiv 1603.05027
 */
export function resnetV2(options: ResnetV2Options = {}): Network {
  requireZooOptions<ResnetV2Options>("resnetV2", options, {
    depth: true,
    strideIn: true,
    layout: true,
    name: true,
  });
  const { classes = 1000, inputSize = 224, inputChannels = 3, depth = 50 } = options;
  const { layout = "paper", strideIn } = options;
  requireOneOf("zoo.resnetV2", "layout", layout, ["paper", "timm", "keras"]);
  const counts = requireUnits("resnetV2", depth, units);
  const bottleneck = depth >= 50;

  const stage = (count: number, index: number) =>
    repeat(count, (i) => {
      const filters = 64 * 2 ** index;
      const unit =
        layout === "keras"
          ? kerasUnit({ filters, first: i === 1, stride: i === count && index < 3 ? 2 : 1 })
          : preactivationUnit({
              filters,
              bottleneck,
              strideIn,
              stride: i === 1 && index > 0 ? 2 : 1,
            });
      return block(`conv${index + 2}_${i}`, unit);
    });
  return network(
    options.name ?? nameOf(options),
    [inputSize, inputSize, inputChannels],
    block(
      "conv1",
      conv({ filters: 64, kernelSize: 7, stride: 2, padding: 3, bias: layout === "keras" }),
      ...(layout === "paper" ? [batchNorm(), relu()] : []),
      maxPool({ size: 3, stride: 2, padding: 1 }),
    ),
    ...counts.map(stage),
    block("norm", batchNorm(), relu()),
    layout === "timm" ? convolutionalClassifier(classes) : classifier(classes),
  );
}

function nameOf({ depth = 50, layout = "paper", strideIn }: ResnetV2Options): string {
  const source = { paper: "", timm: " (timm)", keras: " (Keras)" }[layout];
  const first = depth >= 50 && layout !== "keras" && strideIn === "1x1";
  return `ResNet-${depth} v2${source}${first ? ", stride in the 1×1" : ""}`;
}

/** Keras's bottleneck: always with its stride, if any, in the 3×3 and a max pool around it. */
function kerasUnit(options: { filters: number; first: boolean; stride: number }): Module {
  const { filters, first, stride } = options;
  const step = (kernelSize: number, its: number) =>
    sequential(
      conv({ filters, kernelSize, stride: its, padding: (kernelSize - 1) / 2, bias: false }),
      batchNorm(),
      relu(),
    );
  const body = sequential(
    step(1, 1),
    step(3, stride),
    conv({ filters: 4 * filters, kernelSize: 1 }),
  );
  return (x) => {
    const ready = sequential(batchNorm(), relu())(x);
    const kept = layers.within(x, "shortcut", () => {
      if (first) return conv({ filters: 4 * filters, kernelSize: 1, stride })(ready);
      return stride > 1 ? maxPool({ size: 1, stride })(x) : x;
    });
    return add(kept, body(ready));
  };
}

function convolutionalClassifier(classes: number): Module {
  return block(
    "head",
    layers.globalAveragePool({ keepDims: true }),
    conv({ filters: classes, kernelSize: 1 }),
    layers.flatten(),
    layers.softmax(),
  );
}

const kerasFigures: Record<number, readonly Published[]> = {
  50: [keras(25_613_800, 76.0, 93.0)],
  101: [keras(44_675_560, 77.2, 93.8)],
  152: [keras(60_380_648, 78.0, 94.2)],
};

export const resnetV2Family: Family = {
  name: "ResNet v2",
  line: "residual",
  papers: [
    {
      title: "Identity mappings in deep residual networks",
      authors: "He, Zhang, Ren, Sun",
      year: 2016,
      arxiv: "1603.05027",
    },
  ],
  facts: [
    "With nothing on the way around, gradients reach every unit undiminished; 1001 layers train on CIFAR-10.",
    "Keras halves the maps at the end of a stage, one unit earlier than others: 3.482 in place of 4.089 G multiply-adds for 50 layers.",
  ],
  variants: [
    ...[18, 34, 50, 101, 152, 200].map((depth) => ({
      name: `ResNet-${depth} v2`,
      build: () => resnetV2({ depth }),
      note: "norm after the stem, dense classifier, stride in the 3×3 of a bottleneck",
    })),
    {
      name: "ResNet-50 v2 (timm)",
      build: () => resnetV2({ depth: 50, layout: "timm" }),
      note: "no norm after the stem, convolution as classifier",
    },
    ...[50, 101, 152].map((depth) => ({
      name: `ResNet-${depth} v2 (Keras)`,
      build: () => resnetV2({ depth, layout: "keras" }),
      note: "maps halved in the last unit of a stage",
      published: kerasFigures[depth],
    })),
  ],
};
