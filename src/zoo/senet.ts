import { type Module, type Network, layers, network } from "../network";
import { classifier, convNorm, squeezeExcite } from "./blocks";
import { type Family, type Published, type ZooOptions, requireZooOptions } from "./family";
import { nameOf, type ResnetOptions, resnet, unlikeItsSources, resnetOptions } from "./resnet";
import { resnext } from "./resnext";

const { block, maxPool, relu, repeat, residual, sequential } = layers;

/** The options of ResNet; reduction is 16 when left out. */
export type SeResnetOptions = ResnetOptions;

/**
 * SE-ResNet: squeeze-and-excitation at the end of every unit, before the addition.
 *
 * @see Hu, Shen and Sun, Squeeze-and-excitation networks, 2017, arXiv 1709.01507
 *
 * @example
 * cost(zoo.seResnet({ depth: 50 })).params - cost(zoo.resnet({ depth: 50 })).params // → 2530992
 */
export function seResnet(options: SeResnetOptions = {}): Network {
  requireZooOptions<ResnetOptions>("seResnet", options, resnetOptions);
  const usual = `${nameOf("SE-ResNet", options)}${options.roundSqueezed ? " (timm)" : ""}`;
  const { reduction = 16, name = usual } = options;
  return resnet({ ...options, reduction, name });
}

/** SE-ResNeXt, 32×4d when nothing else is said. */
export function seResnext(options: SeResnetOptions = {}): Network {
  requireZooOptions<ResnetOptions>("seResnext", options, resnetOptions);
  const { depth = 50, groups = 32, groupWidth = 4 } = options;
  const usual = `SE-ResNeXt-${depth} ${groups}×${groupWidth}d${unlikeItsSources(options)}`;
  const { reduction = 16, name = usual } = options;
  return resnext({ ...options, reduction, name });
}

/**
 * SENet-154, which won ILSVRC 2017: SE-ResNeXt-152 64×4d with half as wide a first 1×1, a first 7×7 made of
 * three 3×3, shortcuts by 3×3 convolutions, and dropout.
 *
 * @example
 * cost(zoo.senet154()).params // → 115088984
 */
export function senet154(options: ZooOptions = {}): Network {
  requireZooOptions<ZooOptions>("senet154", options, {});
  const { classes = 1000, inputSize = 224, inputChannels = 3 } = options;
  const stage = (count: number, index: number) =>
    repeat(count, (i) => {
      const stride = i === 1 && index > 0 ? 2 : 1;
      return block(`conv${index + 2}_${i}`, senetUnit(64 * 2 ** index, stride, index === 0));
    });
  return network(
    "SENet-154",
    [inputSize, inputSize, inputChannels],
    block(
      "conv1",
      convNorm(64, 3, { stride: 2 }),
      convNorm(64, 3),
      convNorm(128, 3),
      maxPool({ size: 3, stride: 2, ceilMode: true }),
    ),
    ...[3, 8, 36, 3].map(stage),
    classifier(classes, { dropout: 0.2 }),
  );
}

function senetUnit(filters: number, stride: number, firstStage: boolean): Module {
  const body = sequential(
    convNorm(2 * filters, 1),
    convNorm(4 * filters, 3, { stride, groups: 64 }),
    convNorm(4 * filters, 1, { activation: "linear" }),
    squeezeExcite({ squeezed: (4 * filters) / 16 }),
  );
  const around = convNorm(4 * filters, firstStage ? 1 : 3, { stride, activation: "linear" });
  const shortcut: Module = (x) =>
    x.shape[2] === 4 * filters && stride === 1 ? x : layers.within(x, "shortcut", () => around(x));
  return sequential(residual(body, { shortcut }), relu());
}

const senetReadme = (top1Error: number, top5Error: number) => ({
  source: "hujie-frank/SENet",
  convention: "paper" as const,
  top1: Number((100 - top1Error).toFixed(2)),
  top5: Number((100 - top5Error).toFixed(2)),
});

const readmeFigures: Record<string, Published> = {
  "SE-ResNet-50": senetReadme(22.37, 6.36),
  "SE-ResNet-101": senetReadme(21.75, 5.72),
  "SE-ResNet-152": senetReadme(21.34, 5.54),
  "SE-ResNeXt-50": senetReadme(20.97, 5.54),
  "SE-ResNeXt-101": senetReadme(19.81, 4.96),
};

export const senetFamily: Family = {
  name: "SENet",
  line: "residual",
  papers: [
    {
      title: "Squeeze-and-excitation networks",
      authors: "Hu, Shen, Albanie, Sun, Wu",
      year: 2017,
      arxiv: "1709.01507",
    },
  ],
  facts: [
    "First in ILSVRC 2017 (2.251% top-5 error, ensemble); published at CVPR 2018.",
    "A block on c channels with reduction r = 16 adds 2c²/r + c/r + c parameters; to ResNet-50 it adds 10% of them and 0.06% of the multiply-adds.",
    "timm's legacy_seresnet18 and 34, which are not the paper's, have a ReLU before the gates, and so are not in the zoo.",
    "timm's seresnet18 and 34 round the squeezed width up to a multiple of 8, so 11,779,624 in place of 11,778,592 parameters.",
  ],
  variants: [
    ...[18, 34].map((depth) => ({
      name: `SE-ResNet-${depth}`,
      build: () => seResnet({ depth }),
    })),
    ...[18, 34].map((depth) => {
      return {
        name: `SE-ResNet-${depth} (timm)`,
        build: () => seResnet({ depth, roundSqueezed: true }),
        note: "squeezed widths are multiples of 8",
      };
    }),
    ...[50, 101, 152].map((depth) => ({
      name: `SE-ResNet-${depth}`,
      build: () => seResnet({ depth, strideIn: "1x1" }),
      note: "stride in the 1×1, as in the paper's Caffe nets",
      published: [readmeFigures[`SE-ResNet-${depth}`]],
    })),
    ...[50, 101, 152].map((depth) => {
      return {
        name: `SE-ResNet-${depth} v1.5`,
        build: () => seResnet({ depth }),
        note: "stride in the 3×3: timm",
      };
    }),
    ...[50, 101, 152].map((depth) => {
      const options = { depth, strideIn: "1x1", firstPool: "ceil" } as const;
      return {
        name: nameOf("SE-ResNet", options),
        build: () => seResnet(options),
        note: "timm's legacy_seresnet: Caffe's first pool",
      };
    }),
    ...[50, 101].map((depth) => ({
      name: `SE-ResNeXt-${depth} 32×4d`,
      build: () => seResnext({ depth }),
      published: [readmeFigures[`SE-ResNeXt-${depth}`]],
    })),
    {
      name: "SE-ResNeXt-101 64×4d",
      build: () => seResnext({ depth: 101, groups: 64 }),
    },
    {
      name: "SENet-154",
      build: () => senet154(),
      published: [senetReadme(18.68, 4.47)],
    },
  ],
};
