import { exercise, layers, type Module, network, type Random } from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

const { averagePool, batchNorm, conv, relu, residual, sequential } = layers;

export const convolutionalBlock = exercise({
  id: "14.convolutionalBlock",
  title: "The convolutional block",
  minutes: 10,
  task:
    "Write `convolutionalBlock(input, f, filters, stride)`: as the identity block, but the first 1×1 has " +
    "the stride, and filters[2] differs from the input's number of channels. So a 1×1 convolution of " +
    "filters[2] filters with the same stride stands on the shortcut, and batch norm after it. On " +
    "neither path is there a ReLU right before the sum.",
  example: `
const unit = convolutionalBlock([7, 5, 4], 3, [2, 3, 6], 2);
unit.output.shape // → [4, 3, 6]
cost(unit).params // → 155`,
  starter: `
function convolutionalBlock(
  input: number[], f: number, filters: number[], stride: number,
): Network {
  const { batchNorm, conv, relu, residual, sequential } = layers;
  return yourCode(); // network("convolutional block", input, ...)
}`,
  solution: solution.convolutionalBlock,
  tests: [
    {
      title: "convolutionalBlock([6, 8, 3], 3, [2, 4, 5], 2), a small one",
      async run(convolutionalBlock, { random }) {
        await expectBlock(convolutionalBlock, [6, 8, 3], 3, [2, 4, 5], 2, random);
        const filters = [random.integer(3, 5), 2, 7];
        await expectBlock(convolutionalBlock, [7, 9, 3], 3, filters, 2, random);
      },
    },
    {
      title: "convolutionalBlock([5, 6, 64], 3, [64, 64, 256], 1), the first unit of ResNet-50",
      async run(convolutionalBlock, { random }) {
        const input = [5, random.integer(4, 6), 64];
        await expectBlock(convolutionalBlock, input, 3, [64, 64, 256], 1, random);
      },
    },
    {
      title: "convolutionalBlock(input, f, filters, stride) for three random units",
      points: 2,
      async run(convolutionalBlock, { random }) {
        for (const [f, stride] of [
          [3, 2],
          [5, 3],
          [7, 2],
        ]) {
          const input = [random.integer(7, 9), random.integer(10, 12), random.integer(3, 6)];
          const filters = [random.integer(2, 4), random.integer(5, 7), random.integer(8, 11)];
          await expectBlock(convolutionalBlock, input, f, filters, stride, random);
        }
      },
    },
  ],
  hints: [
    "What shape comes out of the body? Two things about the input keep it from being added: which?",
    "residual(body, { shortcut }) sends the input through a module of yours on the shortcut. Which layer changes the number of channels, and with a stride the size as well?",
    'const convNorm = (filters: number, kernelSize: number, stride = 1) => sequential(conv({ filters, kernelSize, stride, padding: "same" }), batchNorm()). The shortcut is convNorm(filters[2], 1, stride).',
  ],
  wrongAnswers: [
    {
      says: "The stride is in the f x f convolution. That is what torchvision does (and costs more, with the same weights); this block has it in the first 1x1, as the paper does.",
      answer: block((filters, f, stride) => ({
        body: [
          normed(filters[0], 1),
          relu(),
          normed(filters[1], f, stride),
          relu(),
          normed(filters[2], 1),
        ],
        shortcut: normed(filters[2], 1, stride),
      })),
    },
    {
      says: "The stride is in the last 1x1. Then the two before it compute pixels that nobody reads: put it into the first.",
      answer: block((filters, f, stride) => ({
        body: [
          normed(filters[0], 1),
          relu(),
          normed(filters[1], f),
          relu(),
          normed(filters[2], 1, stride),
        ],
        shortcut: normed(filters[2], 1, stride),
      })),
    },
    {
      says: "The projection on the shortcut has no batch norm.",
      answer: block((filters, f, stride) => ({
        body: steps(filters, f, stride),
        shortcut: same(filters[2], 1, stride),
      })),
    },
    {
      says: "There is a ReLU on the shortcut, before the sum. What is added there should be free to be negative.",
      answer: block((filters, f, stride) => ({
        body: steps(filters, f, stride),
        shortcut: sequential(normed(filters[2], 1, stride), relu()),
      })),
    },
    {
      says: "There is a ReLU in the body before the sum. The body's last convolution has only its batch norm after it.",
      answer: block((filters, f, stride) => ({
        body: [...steps(filters, f, stride), relu()],
        shortcut: normed(filters[2], 1, stride),
      })),
    },
    {
      says: "The convolution on the shortcut is f x f. It only has to bring the channels and the size in line: 1x1 is enough.",
      answer: block((filters, f, stride) => ({
        body: steps(filters, f, stride),
        shortcut: normed(filters[2], f, stride),
      })),
    },
    {
      says: "On the shortcut the maps are made smaller by averaging, and then projected. Here the 1x1 convolution has the stride itself.",
      answer: block((filters, f, stride) => ({
        body: steps(filters, f, stride),
        shortcut: sequential(
          averagePool({ size: stride, stride, ceilMode: true }),
          normed(filters[2], 1),
        ),
      })),
    },
    {
      says: "The ReLU after the sum is missing.",
      answer: (input, f, filters, stride) =>
        network(
          "block",
          input,
          residual(sequential(...steps(filters, f, stride)), {
            shortcut: normed(filters[2], 1, stride),
          }),
        ),
    },
    {
      says: "Nothing is added: this is the body alone. Where does the input come back?",
      answer: (input, f, filters, stride) =>
        network("block", input, ...steps(filters, f, stride), relu()),
    },
    {
      says: "Your stride is always 2. The first unit of ResNet-50 has this block too, with a stride of 1: only the number of channels changes there.",
      answer: (input, f, filters) => solution.convolutionalBlock(input, f, filters, 2),
    },
  ],
});

function same(filters: number, kernelSize: number, stride = 1): Module {
  return conv({ filters, kernelSize, stride, padding: "same" });
}

function normed(filters: number, kernelSize: number, stride = 1): Module {
  return sequential(same(filters, kernelSize, stride), batchNorm());
}

function steps([a, b, c]: number[], f: number, stride: number): Module[] {
  return [normed(a, 1, stride), relu(), normed(b, f), relu(), normed(c, 1)];
}

function block(
  ways: (filters: number[], f: number, stride: number) => { body: Module[]; shortcut: Module },
): typeof solution.convolutionalBlock {
  return (input, f, filters, stride) => {
    const { body, shortcut } = ways(filters, f, stride);
    return network("block", input, residual(sequential(...body), { shortcut }), relu());
  };
}

async function expectBlock(
  answer: (input: number[], f: number, filters: number[], stride: number) => unknown,
  input: number[],
  f: number,
  filters: number[],
  stride: number,
  random: Random,
): Promise<void> {
  const of = `convolutionalBlock([${input.join(", ")}], ${f}, [${filters.join(", ")}], ${stride})`;
  const expected = solution.convolutionalBlock(input, f, filters, stride);
  expectNetwork(await answer(input, f, filters, stride), expected, { of, random });
}
