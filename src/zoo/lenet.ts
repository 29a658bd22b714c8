import { type Module, type Network, layers, network } from "../network";
import { type Family, type ZooOptions, requireZooOptions } from "./family";

const { averagePool, block, channelScale, concat, conv, dense, flatten, slice, softmax } = layers;
const { tanh } = layers;

/**
 * LeNet-5 as it is built today: the third layer sees all maps of the second, pools have no weights, and the
 * output is dense.
 *
 * @see LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document recognition, 1998
 *
 * @example
 * cost(zoo.lenet5()).params // → 61706
 */
export function lenet5(options: ZooOptions = {}): Network {
  requireZooOptions<ZooOptions>("lenet5", options, {});
  const { classes = 10, inputSize = 32, inputChannels = 1 } = options;
  return network(
    "LeNet-5",
    [inputSize, inputSize, inputChannels],
    conv({ name: "C1", filters: 6, kernelSize: 5 }),
    tanh(),
    averagePool({ name: "S2", size: 2 }),
    conv({ name: "C3", filters: 16, kernelSize: 5 }),
    tanh(),
    averagePool({ name: "S4", size: 2 }),
    flatten(),
    dense({ name: "C5", units: 120 }),
    tanh(),
    dense({ name: "F6", units: 84 }),
    tanh(),
    dense({ name: "output", units: classes }),
    softmax(),
  );
}

/** Which maps of S2 each of the 16 maps of C3 sees (paper, table 1). */
const c3Sees: readonly (readonly number[])[] = [
  ...[0, 1, 2, 3, 4, 5].map((first) => [first, first + 1, first + 2]),
  ...[0, 1, 2, 3, 4, 5].map((first) => [first, first + 1, first + 2, first + 3]),
  [0, 1, 3, 4],
  [1, 2, 4, 5],
  [0, 2, 3, 5],
  [0, 1, 2, 3, 4, 5],
];

/**
 * LeNet-5 as published: the maps of C3 see three, four or six of the maps of S2, each pool has a learnt
 * factor and offset for every map, and the output compares with ten fixed pictures of 7×12 pixels.
 *
 * @example
 * cost(zoo.lenet5Original()).params // → 60000
 */
export function lenet5Original(): Network {
  const pool = (name: string) => block(name, averagePool({ size: 2 }), channelScale(), tanh());
  return network(
    "LeNet-5 of 1998",
    [32, 32, 1],
    conv({ name: "C1", filters: 6, kernelSize: 5 }),
    tanh(),
    pool("S2"),
    block("C3", partlyConnected, tanh()),
    pool("S4"),
    conv({ name: "C5", filters: 120, kernelSize: 5 }),
    tanh(),
    flatten(),
    dense({ name: "F6", units: 84 }),
    tanh(),
    dense({ name: "RBF", units: 10, bias: false, trainable: false }),
  );
}

const partlyConnected: Module = (x) => {
  const maps = Array.from({ length: 6 }, (_, i) => slice({ from: i, to: i + 1 })(x));
  const filters = c3Sees.map((seen) =>
    conv({ filters: 1, kernelSize: 5 })(concat(...seen.map((i) => maps[i % 6]))),
  );
  return concat(...filters);
};

export const lenetFamily: Family = {
  name: "LeNet",
  line: "plain",
  papers: [
    {
      title: "Gradient-based learning applied to document recognition",
      authors: "LeCun, Bottou, Bengio, Haffner",
      year: 1998,
    },
  ],
  facts: [
    "Read cheques for banks. 0.95% error on MNIST, 0.8% with distorted copies of the training digits.",
    "340,908 connections and 60,000 trainable parameters; the net usually built under its name has 61,706.",
    "Digits of 28×28 are centred in 32×32, so that strokes near the border reach the middle of a filter.",
  ],
  variants: [
    {
      name: "LeNet-5",
      build: () => lenet5(),
      note: "fully connected C3, plain pools, dense output",
    },
    {
      name: "LeNet-5 of 1998",
      build: () => lenet5Original(),
      note: "partly connected C3, pools with weights, output by distance to fixed codes",
      published: [{ source: "paper, section II.B", convention: "paper", params: 60_000 }],
    },
  ],
};
