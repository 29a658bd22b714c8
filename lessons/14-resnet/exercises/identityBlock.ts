import { exercise, layers, type Module, network, type Random } from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

const { add, batchNorm, branches, conv, relu, residual, sequential } = layers;

export const identityBlock = exercise({
  id: "14.identityBlock",
  title: "The identity block",
  minutes: 10,
  task:
    "Write `identityBlock(input, f, filters)`. Its body is a 1×1, an f×f and a 1×1 convolution with these " +
    "three numbers of filters, all of which keep height and width; batch norm stands after each, and a " +
    "ReLU after the first two. The input is added to what the body gives, and a last ReLU stands after " +
    "the sum.",
  example: `
const unit = identityBlock([6, 5, 8], 3, [2, 4, 8]);
unit.output.shape // → [6, 5, 8]
cost(unit).params // → 162`,
  starter: `
function identityBlock(input: number[], f: number, filters: number[]): Network {
  const { batchNorm, conv, relu, residual, sequential } = layers;
  // filters[2] is the input's number of channels; the convolutions have biases
  return yourCode(); // network("identity block", input, ...)
}`,
  solution: solution.identityBlock,
  tests: [
    {
      title: "identityBlock([4, 5, 6], 3, [2, 3, 6]), a small one",
      async run(identityBlock, { random }) {
        const input = [4, 5, 6];
        await expectBlock(identityBlock, input, 3, [2, 3, 6], random);
        await expectBlock(identityBlock, input, 3, [random.integer(3, 5), 4, 6], random);
      },
    },
    {
      title: "identityBlock([5, 4, 256], 3, [64, 64, 256]), the second unit of ResNet-50",
      async run(identityBlock, { random }) {
        const input = [5, random.integer(4, 6), 256];
        await expectBlock(identityBlock, input, 3, [64, 64, 256], random);
      },
    },
    {
      title: "identityBlock(input, f, filters) for three random units",
      points: 2,
      async run(identityBlock, { random }) {
        for (const f of [3, 5, 7]) {
          const channels = random.integer(8, 14);
          const input = [random.integer(4, 6), random.integer(7, 9), channels];
          const inner = [random.integer(2, 4), random.integer(5, 7)];
          await expectBlock(identityBlock, input, f, [...inner, channels], random);
        }
      },
    },
  ],
  hints: [
    "Which parts does the body repeat three times? What would a helper for one of them take?",
    "residual(body) makes a module that adds the input to what the body makes of it. Where does the last ReLU stand: in the body or after it?",
    'const convNorm = (filters: number, kernelSize: number) => sequential(conv({ filters, kernelSize, padding: "same" }), batchNorm()). Then network("identity block", input, residual(sequential(...)), relu()).',
  ],
  wrongAnswers: [
    {
      says: "Nothing is added: this is the body alone, with a ReLU after it. Where does the input come back?",
      answer: block((body) => [sequential(...body, relu())]),
    },
    {
      says: "The last ReLU stands in the body, before the sum. Then the block could only ever add, never take away: put it after the sum.",
      answer: block((body) => [residual(sequential(...body, relu()))]),
    },
    {
      says: "There is a ReLU before the sum and one after it. In the body only the first two convolutions have one.",
      answer: block((body) => [residual(sequential(...body, relu())), relu()]),
    },
    {
      says: "The last ReLU is missing, the one after the sum.",
      answer: block((body) => [residual(sequential(...body))]),
    },
    {
      says: "There is no ReLU in the body. Without one its three convolutions are a single linear map.",
      answer: block((body) => [residual(sequential(body[0], body[2], body[4])), relu()]),
    },
    {
      says: "Batch norm is missing. It stands after each of the three convolutions.",
      answer: (input, f, [a, b, c]) =>
        network(
          "block",
          input,
          residual(sequential(same(a, 1), relu(), same(b, f), relu(), same(c, 1))),
          relu(),
        ),
    },
    {
      says: "Batch norm stands after the ReLUs. Here it comes right after each convolution.",
      answer: (input, f, [a, b, c]) =>
        network(
          "block",
          input,
          residual(
            sequential(
              same(a, 1),
              relu(),
              batchNorm(),
              same(b, f),
              relu(),
              batchNorm(),
              normed(c, 1),
            ),
          ),
          relu(),
        ),
    },
    {
      says: "The input passes a convolution on the shortcut. In this block it has the right shape already: add it as it is.",
      answer: (input, f, filters) =>
        network(
          "block",
          input,
          residual(sequential(...steps(f, filters)), { shortcut: normed(filters[2], 1) }),
          relu(),
        ),
    },
    {
      says: "The middle convolution is 3x3, whatever f is.",
      answer: (input, _, filters) => solution.identityBlock(input, 3, filters),
    },
    {
      says: "Body and input are stacked side by side. They have the same shape, so that they can be added.",
      answer: (input, f, filters) =>
        network(
          "block",
          input,
          branches((x) => x, sequential(...steps(f, filters))),
          relu(),
        ),
    },
    {
      says: "The first two widths have changed places.",
      answer: (input, f, [a, b, c]) => solution.identityBlock(input, f, [b, a, c]),
    },
    {
      says: "The input comes in after the first convolution, so that what is added is no longer the input itself.",
      answer: (input, f, filters) =>
        network("block", input, (x) => {
          const [first, ...rest] = steps(f, [filters[2], filters[1], filters[2]]);
          const started = first(x);
          return relu()(add(started, sequential(...rest)(started)));
        }),
    },
  ],
});

function same(filters: number, kernelSize: number): Module {
  return conv({ filters, kernelSize, padding: "same" });
}

function normed(filters: number, kernelSize: number): Module {
  return sequential(same(filters, kernelSize), batchNorm());
}

/** Convolution, ReLU, convolution, ReLU, convolution, each convolution with its batch norm. */
function steps(f: number, [a, b, c]: number[]): Module[] {
  return [normed(a, 1), relu(), normed(b, f), relu(), normed(c, 1)];
}

function block(modules: (body: Module[]) => Module[]): typeof solution.identityBlock {
  return (input, f, filters) => network("block", input, ...modules(steps(f, filters)));
}

async function expectBlock(
  answer: (input: number[], f: number, filters: number[]) => unknown,
  input: number[],
  f: number,
  filters: number[],
  random: Random,
): Promise<void> {
  const of = `identityBlock([${input.join(", ")}], ${f}, [${filters.join(", ")}])`;
  const expected = solution.identityBlock(input, f, filters);
  expectNetwork(await answer(input, f, filters), expected, { of, random });
}
