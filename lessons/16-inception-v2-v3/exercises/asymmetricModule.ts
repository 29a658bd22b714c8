import {
  cost,
  exercise,
  expectNumbers,
  layers,
  type Module,
  type Network,
  network,
  type Random,
  subnetwork,
  zoo,
} from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import { requireNetwork } from "../../shared/requireNetwork";
import * as solution from "../solution";

const { averagePool, batchNorm, branches, conv, maxPool, relu, sequential } = layers;

type Input = [inputShape: number[], narrow: number, wide: number];
type Ask = (...input: Input) => Promise<Network>;

export const asymmetricModule = exercise({
  id: "16.asymmetricModule",
  title: "The module of Inception v3 on 17×17 maps",
  minutes: 20,
  task:
    "Write `asymmetricModule(inputShape, narrow, wide)`: four branches side by side, each ending with " +
    "`wide` filters: (1) a 1×1; (2) a 1×1, then a 7×7 taken apart, first 1×7, then 7×1; (3) a 1×1, then " +
    "twice a 7×7 taken apart, each time first 7×1, then 1×7; (4) a 3×3 average pool with stride 1 that " +
    "keeps the size, then a 1×1. All layers before the last of a branch have `narrow` filters.",
  example: `
const net = asymmetricModule([9, 8, 10], 3, 4);
net.output.shape // → [9, 8, 16]
cost(net).params // → 628`,
  starter: `
function asymmetricModule(inputShape: number[], narrow: number, wide: number): Network {
  const { averagePool, batchNorm, branches, conv, relu, sequential } = layers;
  const brick = (filters: number, kernelSize: number | [number, number]) =>
    sequential(
      conv({ filters, kernelSize, padding: "same", bias: false }),
      batchNorm({ epsilon: 1e-3 }),
      relu(),
    );
  // along the rows, 1x7: kernelSize [1, 7]; along the columns, 7x1: [7, 1]
  return yourCode();
}`,
  solution: solution.asymmetricModule,
  tests: [
    {
      title: "asymmetricModule([5, 5, 4], 2, 3) gives [5, 5, 12]",
      async run(asymmetricModule, { random }) {
        const other: Input = [[random.integer(5, 9), 6, 4], 2, random.integer(4, 9)];
        for (const input of [[[5, 5, 4], 2, 3] as Input, other]) {
          const [shape, , wide] = input;
          const { output } = requireNetwork(await asymmetricModule(...input), callOf(input), shape);
          expectNumbers([...output.shape], [shape[0], shape[1], 4 * wide], {
            of: `The output shape of ${callOf(input)}`,
          });
        }
      },
    },
    {
      title:
        "asymmetricModule([17, 17, 768], 128, 192) costs what mixed17_1 of zoo.inceptionV3() costs",
      async run(asymmetricModule, { random }) {
        const input: Input = [[17, 17, 768], 128, 192];
        const net = requireNetwork(await asymmetricModule(...input), callOf(input), input[0]);
        const other: Input = [[17, 17, 768], random.integer(100, 200), random.integer(100, 200)];
        const of = callOf(other);
        expectNumbers(
          bill(requireNetwork(await asymmetricModule(...other), of, other[0])),
          bill(solution.asymmetricModule(...other)),
          { of: `Parameters and multiply-adds of ${of}` },
        );
        expectNumbers(bill(net), bill(subnetwork(zoo.inceptionV3(), "mixed17_1")), {
          of: `Parameters and multiply-adds of ${callOf(input)}`,
        });
      },
    },
    {
      title: "asymmetricModule([5, 6, 4], 2, 3) computes what ours does, with the same weights",
      points: 2,
      async run(asymmetricModule, { random }) {
        await expectSame(asymmetricModule, [[5, 6, 4], 2, 3], random);
        await expectSame(asymmetricModule, [[4, 4, 3], 3, 2], random);
        const [narrow, wide] = [random.integer(2, 4), random.integer(5, 7)];
        await expectSame(asymmetricModule, [[5, 4, random.integer(2, 6)], narrow, wide], random);
      },
    },
  ],
  hints: [
    'Begin with one branch: network("module", inputShape, branches(brick(wide, 1))). What shape comes out? Then add the others one by one.',
    "In brick, a kernel size of [1, 7] is one row of seven. Which of the convolutions of a branch has `narrow` filters, and which `wide`?",
    "Third branch: brick(narrow, 1), brick(narrow, [7, 1]), brick(narrow, [1, 7]), brick(narrow, [7, 1]), brick(wide, [1, 7]), in one sequential(...).",
  ],
  wrongAnswers: [
    {
      says: "The 7x7 convolutions are not taken apart: shape and view are right, but each costs 49 products where 1x7 and 7x1 together cost 14.",
      answer: moduleOf(({ narrow, wide }) => ({
        single: [b(narrow, 1), b(wide, 7)],
        double: [b(narrow, 1), b(narrow, 7), b(wide, 7)],
      })),
    },
    {
      says: "Rows follow rows: 1x7 after 1x7 sees thirteen pixels of one row and nothing above or below. The second of each pair is turned.",
      answer: moduleOf(({ narrow, wide }) => ({
        single: [b(narrow, 1), b(narrow, [1, 7]), b(wide, [1, 7])],
        double: [
          b(narrow, 1),
          b(narrow, [1, 7]),
          b(narrow, [1, 7]),
          b(narrow, [1, 7]),
          b(wide, [1, 7]),
        ],
      })),
    },
    {
      says: "The third branch has one pair of 7x1 and 1x7. It takes two 7x7 apart, so there are four convolutions after the 1x1.",
      answer: moduleOf(({ narrow, wide }) => ({
        double: [b(narrow, 1), b(narrow, [7, 1]), b(wide, [1, 7])],
      })),
    },
    {
      says: "The branches widen too early: only the last convolution of a branch has `wide` filters, so that the long ones before it work on few channels.",
      answer: moduleOf(({ narrow, wide }) => ({
        single: [b(narrow, 1), b(wide, [1, 7]), b(wide, [7, 1])],
        double: [b(narrow, 1), b(wide, [7, 1]), b(wide, [1, 7]), b(wide, [7, 1]), b(wide, [1, 7])],
      })),
    },
    {
      says: "1x7 and 7x1 have changed places, in both branches: the second begins with 1x7, the third with 7x1. (In kernelSize the height comes first: [1, 7] is a row.)",
      answer: moduleOf(({ narrow, wide }) => ({
        single: [b(narrow, 1), b(narrow, [7, 1]), b(wide, [1, 7])],
        double: [
          b(narrow, 1),
          b(narrow, [1, 7]),
          b(narrow, [7, 1]),
          b(narrow, [1, 7]),
          b(wide, [7, 1]),
        ],
      })),
    },
    {
      says: "In the third branch 1x7 and 7x1 have changed places: it begins with 7x1. (In kernelSize the height comes first.)",
      answer: moduleOf(({ narrow, wide }) => ({
        double: [
          b(narrow, 1),
          b(narrow, [1, 7]),
          b(narrow, [7, 1]),
          b(narrow, [1, 7]),
          b(wide, [7, 1]),
        ],
      })),
    },
    {
      says: "The second branch goes along the columns first. In Inception v3 it begins with 1x7; the third branch begins with 7x1.",
      answer: moduleOf(({ narrow, wide }) => ({
        single: [b(narrow, 1), b(narrow, [7, 1]), b(wide, [1, 7])],
      })),
    },
    {
      says: "The pool branch takes the largest value. From v2 on these modules average.",
      answer: moduleOf(({ wide }) => ({
        pool: [maxPool({ size: 3, stride: 1, padding: "same" }), b(wide, 1)],
      })),
    },
    {
      says: "Nothing follows the pool: it hands on all the channels of the input. A 1x1 to `wide` filters comes after it.",
      answer: moduleOf(() => ({ pool: [averagePool({ size: 3, stride: 1, padding: "same" })] })),
    },
    {
      says: "The 1x1 stands before the pool. Here it stands after it: pool, then 1x1. (The shape, the weights and the multiply-adds are the same; the result is not, because of the ReLU.)",
      answer: moduleOf(({ wide }) => ({
        pool: [b(wide, 1), averagePool({ size: 3, stride: 1, padding: "same" })],
      })),
    },
    {
      says: "The branches stand one after the other. Each of them gets the module's input: branches(...), not sequential(...).",
      answer: (inputShape, narrow, wide) =>
        network("module", inputShape, ...Object.values(bodies({ narrow, wide })).flat()),
    },
  ],
});

function b(filters: number, kernelSize: number | [number, number]): Module {
  return sequential(
    conv({ filters, kernelSize, padding: "same", bias: false }),
    batchNorm({ epsilon: 1e-3 }),
    relu(),
  );
}

interface Widths {
  narrow: number;
  wide: number;
}

type Bodies = Record<"one" | "single" | "double" | "pool", Module[]>;

function bodies({ narrow, wide }: Widths): Bodies {
  return {
    one: [b(wide, 1)],
    single: [b(narrow, 1), b(narrow, [1, 7]), b(wide, [7, 1])],
    double: [
      b(narrow, 1),
      b(narrow, [7, 1]),
      b(narrow, [1, 7]),
      b(narrow, [7, 1]),
      b(wide, [1, 7]),
    ],
    pool: [averagePool({ size: 3, stride: 1, padding: "same" }), b(wide, 1)],
  };
}

/** The module with some branches got wrong. */
function moduleOf(wrong: (widths: Widths) => Partial<Bodies>) {
  return (inputShape: number[], narrow: number, wide: number): Network => {
    const modules = { ...bodies({ narrow, wide }), ...wrong({ narrow, wide }) };
    const branch = (body: Module[]) => sequential(...body);
    return network("module", inputShape, branches(...Object.values(modules).map(branch)));
  };
}

function bill(net: Network): [params: number, macs: number] {
  const { params, macs } = cost(net);
  return [params, macs];
}

function callOf([inputShape, narrow, wide]: Input): string {
  return `asymmetricModule([${inputShape.join(", ")}], ${narrow}, ${wide})`;
}

async function expectSame(answer: Ask, input: Input, random: Random): Promise<void> {
  const [actual, expected] = [await answer(...input), solution.asymmetricModule(...input)];
  expectNetwork(actual, expected, { of: callOf(input), random });
}
