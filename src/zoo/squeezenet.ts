import { type Module, type Network, layers, network } from "../network";
import { requireOneOf } from "../tensor";
import { type Family, type ZooOptions, paper, torchvision, requireZooOptions } from "./family";

const { block, branches, conv, dropout, globalAveragePool, identity, maxPool, relu } = layers;
const { residual, sequential, softmax } = layers;

/** A fire module: squeeze with 1×1 convolutions, expand with as many 1×1 as 3×3. */
function fire(name: string, squeeze: number, expand: number, bypass = false): Module {
  const module = sequential(
    conv({ filters: squeeze, kernelSize: 1 }),
    relu(),
    branches(
      sequential(conv({ filters: expand, kernelSize: 1 }), relu()),
      sequential(conv({ filters: expand, kernelSize: 3, padding: 1 }), relu()),
    ),
  );
  return block(name, bypass ? residual(module) : module);
}

export interface SqueezenetOptions extends ZooOptions {
  /** `"1.1"` has a smaller first layer and pools earlier: 2.4 times less work at the same accuracy. `"1.0"` when left out. */
  version?: "1.0" | "1.1" | undefined;
  /** Adds the input of every second fire module to its output: the paper's simple bypass. */
  bypass?: boolean | undefined;
}

/**
 * SqueezeNet: AlexNet's accuracy with a fiftieth of its parameters.
 *
 * @see Iandola et al., SqueezeNet, 2016, arXiv 1602.07360
 *
 * @example
 * cost(zoo.squeezenet({ version: "1.0" })).params // → 1248424
 */
export function squeezenet(options: SqueezenetOptions = {}): Network {
  requireZooOptions<SqueezenetOptions>("squeezenet", options, { version: true, bypass: "flag" });
  const { classes = 1000, inputSize = 224, inputChannels = 3, bypass } = options;
  const version = requireOneOf("zoo.squeezenet", "version", options.version ?? "1.0", [
    "1.0",
    "1.1",
  ]);
  const first = version === "1.0" ? { filters: 96, kernelSize: 7 } : { filters: 64, kernelSize: 3 };
  const pool = maxPool({ size: 3, stride: 2, ceilMode: true });
  const [poolAfter3, poolAfter4] = version === "1.0" ? [identity, pool] : [pool, identity];
  const [poolAfter5, poolAfter8] = version === "1.0" ? [identity, pool] : [pool, identity];
  return network(
    `SqueezeNet ${version}${bypass ? " with bypass" : ""}`,
    [inputSize, inputSize, inputChannels],
    block("conv1", conv({ ...first, stride: 2 }), relu(), pool),
    fire("fire2", 16, 64),
    fire("fire3", 16, 64, bypass),
    poolAfter3,
    fire("fire4", 32, 128),
    poolAfter4,
    fire("fire5", 32, 128, bypass),
    poolAfter5,
    fire("fire6", 48, 192),
    fire("fire7", 48, 192, bypass),
    fire("fire8", 64, 256),
    poolAfter8,
    fire("fire9", 64, 256, bypass),
    dropout({ rate: 0.5 }),
    block("conv10", conv({ filters: classes, kernelSize: 1 }), relu()),
    globalAveragePool(),
    softmax(),
  );
}

export const squeezenetFamily: Family = {
  name: "SqueezeNet",
  line: "mobile",
  papers: [
    {
      title: "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size",
      authors: "Iandola, Han, Moskewicz, Ashraf, Dally, Keutzer",
      year: 2016,
      arxiv: "1602.07360",
    },
  ],
  facts: [
    "1.25 million parameters are 4.8 MB; with deep compression, 0.47 MB.",
    "Few parameters are not little work: 1.0 takes more multiply-adds than AlexNet.",
    "The MobileNet paper's table 9 gives it 1700 M multiply-adds, twice what everyone else counts.",
  ],
  variants: [
    {
      name: "SqueezeNet 1.0",
      build: () => squeezenet(),
      published: [
        paper({ params: 1_248_424, top1: 57.5, top5: 80.3 }, "tables 1 and 2"),
        torchvision(1_248_424, 58.092, 80.42),
      ],
    },
    {
      name: "SqueezeNet 1.0 with bypass",
      build: () => squeezenet({ bypass: true }),
      published: [paper({ params: 1_248_424, top1: 60.4, top5: 82.5 }, "table 3")],
    },
    {
      name: "SqueezeNet 1.1",
      build: () => squeezenet({ version: "1.1" }),
      published: [torchvision(1_235_496, 58.178, 80.624)],
    },
  ],
};
