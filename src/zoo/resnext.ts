import { layers, type Network, network } from "../network";
import { ArgumentError } from "../tensor";
import { classifier, convNorm } from "./blocks";
import {
  type Family,
  type Published,
  type ZooOptions,
  paper,
  torchvision,
  requireZooOptions,
} from "./family";
import { residualUnit } from "./residualUnits";
import { type ResnetOptions, resnet, unlikeItsSources, resnetOptions } from "./resnet";

const { block, repeat } = layers;

/**
 * ResNeXt: ResNet whose 3×3 convolutions have many narrow groups. "32×4d" is 32 groups of width 4 in the
 * first stage.
 *
 * @see Xie, Girshick, Dollár, Tu and He, Aggregated residual transformations, 2016, arXiv 1611.05431
 *
 * @example
 * cost(zoo.resnext({ depth: 50, groups: 32, groupWidth: 4 })).params // → 25028904
 */
export function resnext(options: ResnetOptions = {}): Network {
  requireZooOptions<ResnetOptions>("resnext", options, resnetOptions);
  const { depth = 50, groups = 32, groupWidth = 4 } = options;
  const usual = `ResNeXt-${depth} ${groups}×${groupWidth}d${unlikeItsSources(options)}`;
  const { bottleneck = true, strideIn = "3x3", name = usual } = options;
  return resnet({ ...options, bottleneck, strideIn, name, depth, groups, groupWidth });
}

/**
 * ResNeXt for 32×32 images: three stages of bottlenecks, from 64 channels on.
 *
 * @param options depth 9n + 2; groups and their width in the first stage
 *
 * @example
 * cost(zoo.resnextCifar({ groups: 16, groupWidth: 64 })).params // → 68155210
 */
export function resnextCifar(options: ResnextCifarOptions = {}): Network {
  requireZooOptions<ResnextCifarOptions>("resnextCifar", options, {
    depth: true,
    groups: true,
    groupWidth: true,
  });
  const { classes = 10, inputSize = 32, inputChannels = 3 } = options;
  const { depth = 29, groups = 8, groupWidth = 64 } = options;
  const count = (depth - 2) / 9;
  if (!Number.isInteger(count) || count < 1) {
    const [call, argument, expected] = ["zoo.resnextCifar", "depth", "9n + 2, such as 29"];
    throw new ArgumentError({ call, argument, expected, received: depth });
  }
  return network(
    `ResNeXt-${depth} ${groups}×${groupWidth}d for CIFAR`,
    [inputSize, inputSize, inputChannels],
    block("conv1", convNorm(64, 3)),
    ...[1, 2, 4].map((factor, stage) =>
      repeat(count, (i) => {
        const stride = i === 1 && stage > 0 ? 2 : 1;
        const inner = groups * groupWidth * factor;
        const unit = { filters: 64 * factor, stride, bottleneck: true, inner, groups };
        return block(`conv${stage + 2}_${i}`, residualUnit(unit));
      }),
    ),
    classifier(classes),
  );
}

export interface ResnextCifarOptions extends ZooOptions {
  /** 29 when left out. */
  depth?: number | undefined;
  /** 8 when left out. */
  groups?: number | undefined;
  /** 64 when left out. */
  groupWidth?: number | undefined;
}

/**
 * torchvision's wide ResNet for ImageNet: ResNet-50 or 101 whose 3×3 convolutions are twice as wide, their
 * surroundings unchanged.
 */
export function wideBottleneckResnet(options: ResnetOptions = {}): Network {
  requireZooOptions<ResnetOptions>("wideBottleneckResnet", options, resnetOptions);
  const { depth = 50, groupWidth = 128 } = options;
  const usual = `Wide ResNet-${depth}-${groupWidth / 64}${unlikeItsSources(options)}`;
  const { strideIn = "3x3", name = usual } = options;
  return resnet({ ...options, strideIn, name, depth, groupWidth });
}

const repository = (macs: number, top1: number, differs: string): Published => {
  return { source: "facebookresearch/ResNeXt", convention: "paper", macs, top1, differs };
};

export const resnextFamily: Family = {
  name: "ResNeXt",
  line: "residual",
  papers: [
    {
      title: "Aggregated residual transformations for deep neural networks",
      authors: "Xie, Girshick, Dollár, Tu, He",
      year: 2016,
      arxiv: "1611.05431",
    },
  ],
  facts: [
    "Second in ILSVRC 2016. More groups (cardinality) help more than more depth or width at the same cost.",
    "Splitting into g groups of width d, transforming and summing is the same as one grouped convolution.",
  ],
  variants: [
    {
      name: "ResNeXt-50 32×4d",
      build: () => resnext(),
      published: [
        repository(4.1e9, 77.8, "the figure of ResNet-50, which it was made to match"),
        torchvision(25_028_904, 77.618, 93.698),
        torchvision(25_028_904, 81.198, 95.34, "IMAGENET1K_V2"),
      ],
    },
    {
      name: "ResNeXt-101 32×4d",
      build: () => resnext({ depth: 101 }),
      published: [repository(7.8e9, 78.8, "the figure of ResNet-101, which it was made to match")],
    },
    {
      name: "ResNeXt-101 32×8d",
      build: () => resnext({ depth: 101, groupWidth: 8 }),
      published: [
        torchvision(88_791_336, 79.312, 94.526),
        torchvision(88_791_336, 82.834, 96.228, "IMAGENET1K_V2"),
      ],
    },
    {
      name: "ResNeXt-101 64×4d",
      build: () => resnext({ depth: 101, groups: 64 }),
      published: [
        repository(15.6e9, 79.6, "twice the figure of ResNet-101, which it was made to match"),
        torchvision(83_455_272, 83.246, 96.454),
      ],
    },
    {
      name: "ResNeXt-29 8×64d for CIFAR",
      build: () => resnextCifar(),
      published: [paper({ params: 34.4e6 }, "table 7")],
    },
    {
      name: "ResNeXt-29 16×64d for CIFAR",
      build: () => resnextCifar({ groups: 16 }),
      published: [paper({ params: 68.1e6 }, "table 7")],
    },
    {
      name: "Wide ResNet-50-2",
      build: () => wideBottleneckResnet({ depth: 50 }),
      published: [
        torchvision(68_883_240, 78.468, 94.086),
        torchvision(68_883_240, 81.602, 95.758, "IMAGENET1K_V2"),
      ],
    },
    {
      name: "Wide ResNet-101-2",
      build: () => wideBottleneckResnet({ depth: 101 }),
      published: [
        torchvision(126_886_696, 78.848, 94.284),
        torchvision(126_886_696, 82.51, 96.02, "IMAGENET1K_V2"),
      ],
    },
  ],
};
