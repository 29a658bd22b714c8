import { type Network, layers, network } from "../network";
import { ArgumentError } from "../tensor";
import { classifier, convNorm, exciteBy } from "./blocks";
import { type Family, type ZooOptions, paper, requireZooOptions } from "./family";
import { preactivationUnit, residualUnit } from "./residualUnits";
import { residualLearning } from "./resnet";

const { batchNorm, block, conv, relu, repeat } = layers;

export interface ResnetCifarOptions extends ZooOptions {
  /** Layers with weights: 6n + 2 with basic units, 9n + 2 with bottlenecks. 20 when left out. */
  depth?: number | undefined;
  /** Three convolutions a unit in place of two. False when left out. */
  bottleneck?: boolean | undefined;
  /** Batch norm and ReLU before the convolutions. False when left out. */
  preactivation?: boolean | undefined;
  /** Multiplies the widths of the three stages. 1 when left out. */
  width?: number | undefined;
  /** Around units that change the shape: zeros for new channels (the paper's choice), or 1×1 convolutions (most libraries'). `"projection"` when left out. */
  shortcut?: "projection" | "zeros" | undefined;
  /** Squeeze-and-excitation with this reduction. None when left out. */
  reduction?: number | undefined;
  name?: string | undefined;
}

/**
 * The ResNets for 32×32 images: a 3×3 convolution, then three stages of 16, 32 and 64 channels.
 *
 * @see He, Zhang, Ren and Sun, Deep residual learning for image recognition, 2015, arXiv 1512.03385, section 4.2
 *
 * @example
 * cost(zoo.resnetCifar({ depth: 20 })).params // → 272474
 */
export function resnetCifar(options: ResnetCifarOptions = {}): Network {
  requireZooOptions<ResnetCifarOptions>("resnetCifar", options, {
    depth: true,
    bottleneck: "flag",
    preactivation: "flag",
    width: true,
    shortcut: true,
    reduction: true,
    name: true,
  });
  const { classes = 10, inputSize = 32, inputChannels = 3, depth = 20, width = 1 } = options;
  const { bottleneck = false, preactivation = false, shortcut, reduction } = options;
  const perUnit = bottleneck ? 9 : 6;
  const count = (depth - 2) / perUnit;
  if (!Number.isInteger(count) || count < 1) {
    const expected = `${perUnit}n + 2, such as ${perUnit * 3 + 2}`;
    throw new ArgumentError({
      call: "zoo.resnetCifar",
      argument: "depth",
      expected,
      received: depth,
    });
  }
  const excite = exciteBy(reduction);
  const unit = preactivation ? preactivationUnit : residualUnit;
  return network(
    options.name ?? nameOf(options),
    [inputSize, inputSize, inputChannels],
    block(
      "conv1",
      preactivation
        ? conv({ filters: 16, kernelSize: 3, padding: 1, bias: false })
        : convNorm(16, 3),
    ),
    ...[16, 32, 64].map((filters, stage) =>
      repeat(count, (i) => {
        const stride = i === 1 && stage > 0 ? 2 : 1;
        const its = { filters: filters * width, stride, bottleneck, shortcut, excite };
        return block(`conv${stage + 2}_${i}`, unit(its));
      }),
    ),
    ...(preactivation ? [block("norm", batchNorm(), relu())] : []),
    classifier(classes),
  );
}

function nameOf(options: ResnetCifarOptions): string {
  const { depth = 20, bottleneck, preactivation, width = 1, shortcut, reduction } = options;
  const details = [
    preactivation ? "pre-activation" : "",
    !bottleneck && shortcut !== "zeros" ? "projecting" : "",
    bottleneck && shortcut === "zeros" ? "zeros" : "",
    width === 1 ? "" : `${width} times as wide`,
    reduction === undefined ? "" : "squeeze-and-excitation",
  ];
  return [`ResNet-${depth} for CIFAR`, ...details.filter(Boolean)].join(", ");
}

/**
 * Wide ResNet: fewer layers, `width` times as many channels. Pre-activation, on 32×32 images.
 *
 * @param options depth 6n + 4
 * @see Zagoruyko and Komodakis, Wide residual networks, 2016, arXiv 1605.07146
 *
 * @example
 * cost(zoo.wideResnet({ depth: 28, width: 10 })).params // → 36479194
 */
export function wideResnet(
  options: ZooOptions & { depth?: number | undefined; width?: number | undefined } = {},
): Network {
  requireZooOptions<ZooOptions & { depth?: number; width?: number }>("wideResnet", options, {
    depth: true,
    width: true,
  });
  const { depth = 28, width = 10 } = options;
  if ((depth - 4) % 6 !== 0) {
    const [call, argument, expected] = ["zoo.wideResnet", "depth", "6n + 4, such as 28"];
    throw new ArgumentError({ call, argument, expected, received: depth });
  }
  // Its depth counts the projections as well.
  const basic = { depth: depth - 2, width, preactivation: true, name: `WRN-${depth}-${width}` };
  return resnetCifar({ ...options, ...basic });
}

/** Table 6 of the paper. */
const cifarParams: Record<number, number> = {
  20: 0.27e6,
  32: 0.46e6,
  44: 0.66e6,
  56: 0.85e6,
  110: 1.7e6,
  1202: 19.4e6,
};

export const resnetCifarFamily: Family = {
  name: "ResNet for CIFAR",
  line: "residual",
  papers: [residualLearning],
  facts: [
    "The paper's own nets pad new channels with zeros on the way around (option A), which costs nothing; libraries mostly project.",
    "Plain nets of the same depth get worse from 20 to 56 layers, residual ones better up to 110.",
  ],
  variants: [
    ...[20, 32, 44, 56, 110, 1202].map((depth) => ({
      name: `ResNet-${depth} for CIFAR`,
      build: () => resnetCifar({ depth, shortcut: "zeros" }),
      note: "zeros for new channels, as in the paper",
      published: [paper({ params: cifarParams[depth] }, "table 6")],
    })),
    ...[20, 56, 110].map((depth) => ({
      name: `ResNet-${depth} for CIFAR, projecting`,
      build: () => resnetCifar({ depth }),
      note: "1×1 convolutions around",
    })),
    {
      name: "ResNet-164 for CIFAR",
      build: () => resnetCifar({ depth: 164, bottleneck: true }),
      note: "bottlenecks",
    },
  ],
};

export const wideResnetFamily: Family = {
  name: "Wide ResNet",
  line: "residual",
  papers: [
    {
      title: "Wide residual networks",
      authors: "Zagoruyko, Komodakis",
      year: 2016,
      arxiv: "1605.07146",
    },
  ],
  facts: ["16 wide layers are as accurate as 1001 thin ones, and several times as fast to train."],
  variants: [
    { name: "WRN-16-10", build: () => wideResnet({ depth: 16, width: 10 }) },
    { name: "WRN-28-10", build: () => wideResnet(), published: [paper({ params: 36.5e6 })] },
    { name: "WRN-40-8", build: () => wideResnet({ depth: 40, width: 8 }) },
  ],
};
