import { exercise, layers, type Module, network, type Random } from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

const { batchNorm, concat, conv, relu, residual, sequential } = layers;

export const denseLayer = exercise({
  id: "18.denseLayer",
  title: "A dense layer with its bottleneck",
  minutes: 10,
  task:
    "Write `denseLayer(input, growth)`: twice batch norm, ReLU and a convolution, in this order; the " +
    "first convolution is a 1×1 with 4 · growth filters, the second a 3×3 with `growth`. Height and width " +
    "are kept, and there are no biases. What comes out is stacked after the input.",
  example: `
const net = denseLayer([6, 5, 7], 3);
net.output.shape // → [6, 5, 10]
cost(net).params // → 446`,
  starter: `
function denseLayer(input: number[], growth: number): Network {
  const { batchNorm, concat, conv, relu, sequential } = layers;
  // a module may be a function: (x) => concat(x, ...)
  return yourCode(); // network("dense layer", input, ...)
}`,
  solution: solution.denseLayer,
  tests: [
    {
      title: "denseLayer([4, 5, 6], 3), a small one, computes what ours does",
      async run(denseLayer, { random }) {
        await expectLayer(denseLayer, [4, 5, random.integer(6, 8)], 3, random);
      },
    },
    {
      title: "denseLayer([5, 4, 64], 32), the first layer of DenseNet-121",
      async run(denseLayer, { random }) {
        await expectLayer(denseLayer, [5, random.integer(6, 8), 64], 32, random);
      },
    },
    {
      title: "denseLayer(input, growth) for three random layers",
      points: 2,
      async run(denseLayer, { random }) {
        for (let trial = 0; trial < 3; trial++) {
          const input = [random.integer(4, 6), random.integer(7, 9), random.integer(20, 40)];
          await expectLayer(denseLayer, input, random.integer(4, 7), random);
        }
      },
    },
  ],
  hints: [
    "Which three steps occur twice, and what differs between the two times? What would a helper for them take?",
    "branches would stack its modules' outputs. Here one of the two things to be stacked is the input itself: how do you get hold of it?",
    'const normConv = (filters: number, kernelSize: number) => sequential(batchNorm(), relu(), conv({ filters: filters, kernelSize: kernelSize, padding: "same", bias: false })). Then network("dense layer", input, (x) => concat(x, grow(x))), where grow is two of them in sequence.',
  ],
  wrongAnswers: [
    {
      says: "Only the new maps come out. Where is the input, which the later layers want to read too?",
      answer: (input, k) => network("layer", input, grow(k)),
    },
    {
      says: "The input stands after the new maps. It has to come first: concat(x, grow(x)), so that the old maps keep their places.",
      answer: (input, k) => network("layer", input, (x) => concat(grow(k)(x), x)),
    },
    {
      says: "Your layer adds, as ResNet does, for which the 3x3 had to make as many maps as came in. Stack instead.",
      answer: (input, k) =>
        network("layer", input, residual(sequential(normConv(4 * k, 1), normConv(input[2], 3)))),
    },
    {
      says: "There is no neck: the 3x3 reads all the channels. Put the 1x1 with 4 * growth filters before it.",
      answer: stacked((k) => [normConv(k, 3)]),
    },
    {
      says: "Your neck has `growth` channels. It has four times as many as the layer makes.",
      answer: stacked((k) => [normConv(k, 1), normConv(k, 3)]),
    },
    {
      says: "Your 3x3 makes 4 * growth maps. That is the width of the neck; the layer makes `growth`.",
      answer: stacked((k) => [normConv(4 * k, 1), normConv(4 * k, 3)]),
    },
    {
      says: "In your layer the convolution comes first, then batch norm and ReLU. Here they come before it, over the whole stack.",
      answer: stacked((k) => [
        same(4 * k, 1),
        batchNorm(),
        relu(),
        same(k, 3),
        batchNorm(),
        relu(),
      ]),
    },
    {
      says: "Batch norm is missing between the two convolutions: it stands before each.",
      answer: stacked((k) => [normConv(4 * k, 1), relu(), same(k, 3)]),
    },
    {
      says: "The ReLU stands before batch norm. Here it is batch norm, ReLU, convolution.",
      answer: stacked((k) => [
        relu(),
        batchNorm(),
        same(4 * k, 1),
        relu(),
        batchNorm(),
        same(k, 3),
      ]),
    },
    {
      says: "There is no ReLU in your layer. Without one the two convolutions are a single linear map.",
      answer: stacked((k) => [batchNorm(), same(4 * k, 1), batchNorm(), same(k, 3)]),
    },
    {
      says: "Your convolutions have biases. Batch norm after them has one of its own: bias: false.",
      answer: stacked((k) => [normConv(4 * k, 1, true), normConv(k, 3, true)]),
    },
    {
      says: "The two windows have changed places: the 1x1 makes the neck, and the 3x3 reads it.",
      answer: stacked((k) => [normConv(4 * k, 3), normConv(k, 1)]),
    },
  ],
});

function same(filters: number, kernelSize: number, bias = false): Module {
  return conv({ filters, kernelSize, padding: "same", bias });
}

function normConv(filters: number, kernelSize: number, bias = false): Module {
  return sequential(batchNorm(), relu(), same(filters, kernelSize, bias));
}

function grow(growth: number): Module {
  return sequential(normConv(4 * growth, 1), normConv(growth, 3));
}

/** An answer that stacks what these modules make behind its input. */
function stacked(modules: (growth: number) => Module[]): typeof solution.denseLayer {
  return (input, growth) =>
    network("layer", input, (x) => concat(x, sequential(...modules(growth))(x)));
}

async function expectLayer(
  answer: (input: number[], growth: number) => unknown,
  input: number[],
  growth: number,
  random: Random,
): Promise<void> {
  const of = `denseLayer([${input.join(", ")}], ${growth})`;
  expectNetwork(await answer(input, growth), solution.denseLayer(input, growth), { of, random });
}
