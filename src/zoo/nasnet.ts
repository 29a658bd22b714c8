import { type Module, type Network, type SymbolicTensor, layers, network } from "../network";
import { requireInteger, requireOneOf } from "../tensor";
import { classifier } from "./blocks";
import { type Family, type ZooOptions, keras, requireZooOptions } from "./family";

const { add, averagePool, batchNorm, block, concat, conv, crop, depthwiseConv, maxPool } = layers;
const { relu, sequential, within, zeroPad } = layers;

const sizes = {
  mobile: { inputSize: 224, stem: 32, cells: 4, features: 1056, skipsReduction: false },
  large: { inputSize: 331, stem: 96, cells: 6, features: 4032, skipsReduction: true },
};

export interface NasnetOptions extends ZooOptions {
  /** `"mobile"` (4 @ 1056) or `"large"` (6 @ 4032). `"mobile"` when left out. */
  size?: "mobile" | "large" | undefined;
  /** Normal cells in each of the three stacks, N of the paper; the size's own when left out. */
  cells?: number | undefined;
  /** Channels before the classifier, a multiple of 24; the size's own when left out. */
  features?: number | undefined;
}

/**
 * NASNet-A: two kinds of cell, found by search on CIFAR-10, stacked into a net for ImageNet. A cell reads
 * the outputs of the two cells before it.
 *
 * @see Zoph, Vasudevan, Shlens and Le, Learning transferable architectures, 2017, arXiv 1707.07012
 *
 * @example
 * cost(zoo.nasnet({ size: "mobile" })).params // → 5289978
 */
export function nasnet(options: NasnetOptions = {}): Network {
  requireZooOptions<NasnetOptions>("nasnet", options, { size: true, cells: true, features: true });
  const size = requireOneOf("zoo.nasnet", "size", options.size ?? "mobile", ["mobile", "large"]);
  const settings = sizes[size];
  const { classes = 1000, inputSize = settings.inputSize, inputChannels = 3 } = options;
  const { stem, skipsReduction } = settings;
  const cells = requireInteger("zoo.nasnet", "cells", options.cells ?? settings.cells, 1);
  const features = requireInteger(
    "zoo.nasnet",
    "features",
    options.features ?? settings.features,
    24,
  );
  const filters = Math.floor(features / 24);
  const isStandard = cells === settings.cells && features === settings.features;

  const searched: Module = (x) => {
    let [previous, current] = [x, x];
    const grow = (name: string, cell: Cell, width: number): void => {
      [previous, current] = [current, cell(name, current, previous, width)];
    };
    grow("stem1", reductionCell, Math.floor(filters / 4));
    grow("stem2", reductionCell, Math.floor(filters / 2));
    for (const stack of [1, 2, 3]) {
      const width = filters * 2 ** (stack - 1);
      if (stack > 1) {
        const before = previous;
        grow(`reduction${stack - 1}`, reductionCell, width);
        // The large net lets the cell after a reduction read the one before it in full size.
        if (skipsReduction) previous = before;
      }
      for (let i = 1; i <= cells; i++) grow(`normal${stack}_${i}`, normalCell, width);
    }
    return current;
  };
  return network(
    isStandard ? `NASNet-A ${size}` : `NASNet-A ${cells} @ ${features}`,
    [inputSize, inputSize, inputChannels],
    block("conv0", conv({ filters: stem, kernelSize: 3, stride: 2, bias: false }), norm()),
    searched,
    relu(),
    classifier(classes),
  );
}

/** A cell takes the outputs of the last cell and of the one before. */
type Cell = (
  name: string,
  x: SymbolicTensor,
  before: SymbolicTensor,
  filters: number,
) => SymbolicTensor;

/** Figure 4, left: keeps the size. */
const normalCell: Cell = (name, x, before, filters) =>
  within(x, name, () => {
    const p = adjust(before, x, filters);
    const h = squeeze(filters)(x);
    const mean = averagePool({ size: 3, stride: 1, padding: "same" });
    return concat(
      p,
      add(separable(filters, 5)(h), separable(filters, 3)(p)),
      add(separable(filters, 5)(p), separable(filters, 3)(p)),
      add(mean(h), p),
      add(mean(p), mean(p)),
      add(separable(filters, 3)(h), h),
    );
  });

/** Figure 4, right: halves the maps. */
const reductionCell: Cell = (name, x, before, filters) =>
  within(x, name, () => {
    const p = adjust(before, x, filters);
    const h = squeeze(filters)(x);
    const halving = { size: 3, stride: 2, padding: "same" } as const;
    const first = add(separable(filters, 5, 2)(h), separable(filters, 7, 2)(p));
    const second = add(maxPool(halving)(h), separable(filters, 7, 2)(p));
    const third = add(averagePool(halving)(h), separable(filters, 5, 2)(p));
    const fourth = add(averagePool({ size: 3, stride: 1, padding: "same" })(first), second);
    const fifth = add(separable(filters, 3)(first), maxPool(halving)(h));
    return concat(second, third, fourth, fifth);
  });

/** ReLU, 1×1 convolution, batch norm. */
function squeeze(filters: number): Module {
  return sequential(relu(), conv({ filters, kernelSize: 1, bias: false }), norm());
}

/** Twice ReLU, depthwise, pointwise, batch norm; the first with the stride. */
function separable(filters: number, kernelSize: number, stride = 1): Module {
  const once = (its: number) =>
    sequential(
      relu(),
      depthwiseConv({ kernelSize, stride: its, padding: "same", bias: false }),
      conv({ filters, kernelSize: 1, bias: false }),
      norm(),
    );
  return sequential(once(stride), once(1));
}

/** Brings what the cell before last put out to the size and the number of channels of this cell. */
function adjust(before: SymbolicTensor, x: SymbolicTensor, filters: number): SymbolicTensor {
  if (before.layer === x.layer) return before; // the first cell reads the stem twice, as it is
  if (before.shape[0] !== x.shape[0])
    return within(x, "adjust", () => norm()(factorizedReduction(relu()(before), filters)));
  if (before.shape[2] === filters) return before;
  return within(x, "adjust", () => squeeze(filters)(before));
}

/** Half of the filters read the even pixels, the others the odd ones. */
function factorizedReduction(x: SymbolicTensor, filters: number): SymbolicTensor {
  const sample = (half: number) =>
    sequential(
      averagePool({ size: 1, stride: 2 }),
      conv({ filters: half, kernelSize: 1, bias: false }),
    );
  const shifted = sequential(
    zeroPad({
      padding: [
        [0, 1],
        [0, 1],
      ],
    }),
    crop({
      cropping: [
        [1, 0],
        [1, 0],
      ],
    }),
  )(x);
  const half = Math.floor(filters / 2);
  return concat(sample(half)(x), sample(half)(shifted));
}

function norm(): Module {
  return batchNorm({ epsilon: 1e-3 });
}

export const nasnetFamily: Family = {
  name: "NASNet",
  line: "searched",
  papers: [
    {
      title: "Learning transferable architectures for scalable image recognition",
      authors: "Zoph, Vasudevan, Shlens, Le",
      year: 2017,
      arxiv: "1707.07012",
    },
  ],
  facts: [
    "The search took four days on 500 graphics cards, on CIFAR-10; its cells were then stacked for ImageNet.",
    "4 @ 1056 means four normal cells in each of three stacks, and 1056 channels before the classifier.",
    "The 93.5 M and 7.7 M parameters in the first list of Keras are wrong: 88,949,818 and 5,326,716 with moving statistics.",
  ],
  variants: [
    {
      name: "NASNet-A mobile",
      build: () => nasnet({ size: "mobile" }),
      published: [
        {
          source: "tensorflow/models slim",
          convention: "paper",
          macs: 564e6,
          params: 5.3e6,
          top1: 74.0,
          top5: 91.6,
        },
        keras(5_326_716, 74.4, 91.9),
      ],
    },
    {
      name: "NASNet-A large",
      build: () => nasnet({ size: "large" }),
      published: [
        {
          source: "tensorflow/models slim",
          convention: "paper",
          macs: 23.8e9,
          params: 88.9e6,
          differs: "counts moving statistics as well",
          top1: 82.7,
          top5: 96.2,
        },
        keras(88_949_818, 82.5, 96.0),
      ],
    },
  ],
};
