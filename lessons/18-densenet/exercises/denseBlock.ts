import { exercise, layers, type Module, network, type Random } from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

type DenseBlock = typeof solution.denseBlock;

const { averagePool, batchNorm, concat, conv, maxPool, relu, sequential } = layers;

export const denseBlock = exercise({
  id: "18.denseBlock",
  title: "A dense block and its transition",
  minutes: 12,
  task:
    "Write `denseBlock(input, growth, count, compression)`: `count` dense layers with bottlenecks, one " +
    "after the other. Then the transition: batch norm, ReLU, a 1×1 convolution that keeps the fraction " +
    "`compression` of the channels (rounded down), and a 2×2 average pool. No convolution has biases.",
  example: `
const net = denseBlock([6, 8, 7], 3, 2, 0.5);
net.output.shape // → [3, 4, 6]
cost(net).params // → 1038`,
  starter: `
function denseBlock(
  input: number[], growth: number, count: number, compression: number,
): Network {
  const { averagePool, batchNorm, concat, conv, relu, repeat, sequential } = layers;
  // repeat(count, () => layer()) makes one module of several
  return yourCode(); // network("dense block", input, ...)
}`,
  solution: solution.denseBlock,
  tests: [
    {
      title: "denseBlock([4, 6, 5], 2, 2, 0.5): two layers, and half of 9 channels",
      async run(denseBlock, { random }) {
        await expectBlock(denseBlock, [4, 2 * random.integer(3, 5), 5], 2, 2, 0.5, random);
      },
    },
    {
      title: "denseBlock([4, 6, 16], 12, 3, 0.5), with the growth of the nets for CIFAR",
      async run(denseBlock, { random }) {
        await expectBlock(denseBlock, [4, 2 * random.integer(3, 5), 16], 12, 3, 0.5, random);
      },
    },
    {
      title: "denseBlock(input, growth, count, compression) for three random blocks",
      points: 2,
      async run(denseBlock, { random }) {
        for (const compression of [0.5, 0.7, 0.3]) {
          const [growth, count] = [2 * random.integer(2, 3) + 1, 2 * random.integer(1, 2) + 1];
          const input = [2 * random.integer(2, 3), 2 * random.integer(4, 5), 0];
          // A stack that ends in 9, of which no such share is whole.
          input[2] = 10 * random.integer(1, 2) + 9 - ((growth * count) % 10);
          await expectBlock(denseBlock, input, growth, count, compression, random);
        }
      },
    },
  ],
  hints: [
    "You have written the layer. What does the transition read: the maps of the last layer, or the whole stack? How many channels is that?",
    "A stack that begins with input[2] channels and grows by `growth` in each layer ends with input[2] + count · growth. Which fraction of them does the 1x1 keep?",
    'network("dense block", input, repeat(count, layer), normConv(Math.floor(compression * (input[2] + count * growth)), 1), averagePool({ size: 2 })), where layer is () => (x) => concat(x, grow(x)).',
  ],
  wrongAnswers: [
    {
      says: "The transition is missing: batch norm, ReLU, the 1x1 and the pool.",
      answer: build({ end: () => [] }),
    },
    {
      says: "Your transition keeps all channels, the 1x1 does not compress: `compression` is the fraction that remains.",
      answer: build({ fraction: () => 1 }),
    },
    {
      says: "The channels are rounded up. An uneven number is rounded down.",
      answer: build({ round: Math.ceil }),
    },
    {
      says: "The 1x1 keeps the fraction of what came *into* the block. It reads the whole stack: how large is that by then?",
      answer: build({ of: ([, , c]) => c }),
    },
    {
      says: "The 1x1 keeps the fraction of the new maps alone. Those that came in are on the stack as well.",
      answer: build({ of: (_, k, n) => k * n }),
    },
    {
      says: "Half of the channels stay, whatever `compression` is.",
      answer: build({ fraction: () => 0.5 }),
    },
    {
      says: "Your `compression` is what is taken away. It is the fraction that remains.",
      answer: build({ fraction: (compression) => 1 - compression }),
    },
    {
      says: "There is a max pool at the end. A transition averages.",
      answer: build({ end: (kept) => [normConv(kept, 1), maxPool({ size: 2 })] }),
    },
    {
      says: "The pool is missing: the next block works on maps of half the size.",
      answer: build({ end: (kept) => [normConv(kept, 1)] }),
    },
    {
      says: "In the transition, batch norm and ReLU are missing before the 1x1.",
      answer: build({ end: (kept) => [same(kept, 1), averagePool({ size: 2 })] }),
    },
    {
      says: "Batch norm and ReLU stand after the 1x1 of the transition. They come before it, as in the layers.",
      answer: build({
        end: (kept) => [same(kept, 1), batchNorm(), relu(), averagePool({ size: 2 })],
      }),
    },
    {
      says: "Your layers are a chain: each reads only the one before it. Stack: (x) => concat(x, grow(x)).",
      answer: build({ layer: (k) => grow(k) }),
    },
    {
      says: "Your layers have no bottleneck: the 3x3 reads the whole stack.",
      answer: build({ layer: (k) => (x) => concat(x, normConv(k, 3)(x)) }),
    },
    {
      says: "One layer is missing: there are `count` in all, and the last one's maps go on the stack too.",
      answer: (input, k, n, compression) => solution.denseBlock(input, k, n - 1, compression),
    },
    {
      says: "In your layers the new maps come before the old ones: concat(x, grow(x)).",
      answer: build({ layer: (k) => (x) => concat(grow(k)(x), x) }),
    },
  ],
});

function same(filters: number, kernelSize: number): Module {
  return conv({ filters, kernelSize, padding: "same", bias: false });
}

function normConv(filters: number, kernelSize: number): Module {
  return sequential(batchNorm(), relu(), same(filters, kernelSize));
}

function grow(growth: number): Module {
  return sequential(normConv(4 * growth, 1), normConv(growth, 3));
}

interface Choices {
  layer?: (growth: number) => Module;
  /** The channels of which the transition keeps a fraction. */
  of?: (input: number[], growth: number, count: number) => number;
  fraction?: (compression: number) => number;
  round?: (channels: number) => number;
  end?: (kept: number) => Module[];
}

/** An answer that makes these choices, and ours otherwise. */
function build({
  layer = (growth) => (x) => concat(x, grow(growth)(x)),
  of = ([, , channels], growth, count) => channels + growth * count,
  fraction = (compression) => compression,
  round = Math.floor,
  end = (kept) => [normConv(kept, 1), averagePool({ size: 2 })],
}: Choices): DenseBlock {
  return (input, growth, count, compression) =>
    network(
      "block",
      input,
      ...Array.from({ length: count }, () => layer(growth)),
      ...end(Math.max(1, round(fraction(compression) * of(input, growth, count)))),
    );
}

async function expectBlock(
  answer: (...arguments_: Parameters<DenseBlock>) => unknown,
  input: number[],
  growth: number,
  count: number,
  compression: number,
  random: Random,
): Promise<void> {
  const of = `denseBlock([${input.join(", ")}], ${growth}, ${count}, ${compression})`;
  const expected = solution.denseBlock(input, growth, count, compression);
  expectNetwork(await answer(input, growth, count, compression), expected, { of, random });
}
