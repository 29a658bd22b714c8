import { exercise, type ExerciseTest, layers, type Module, network, type Random } from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

type ResidualModule = typeof solution.residualModule;

const { batchNorm, branches, conv, relu, residual, sequential } = layers;

export const residualModule = exercise({
  id: "17.residualModule",
  title: "Module B of Inception-ResNet",
  minutes: 12,
  task:
    "Write `residualModule(input, width, scale)`: two branches whose convolutions have `width` filters, " +
    "batch norm and ReLU after each, and keep the size: a 1×1; and a 1×1, a 1×7 and a 7×1 in a row. Then " +
    "a 1×1 convolution, with a bias and nothing after it, to as many channels as the input has. The " +
    "result, times `scale`, is added to the input, and a ReLU follows the sum.",
  example: `
const net = residualModule([9, 8, 10], 3, 0.2);
net.output.shape // → [9, 8, 10]
cost(net).params // → 280`,
  starter: `
function residualModule(input: number[], width: number, scale: number): Network {
  const { batchNorm, branches, conv, relu, residual, sequential } = layers;
  // in the branches no biases, and batchNorm({ epsilon: 1e-3 }); 1x7 is kernelSize [1, 7]
  return yourCode(); // network("residual module", input, ...)
}`,
  solution: solution.residualModule,
  tests: [
    buildsTest([8, 9, 6], 3, 0.1, "a small one"),
    buildsTest([5, 5, 896], 128, 0.1, "that of Inception-ResNet v1 on small maps"),
    {
      title: "residualModule(input, width, scale) for two random ones",
      async run(residualModule, { random }) {
        for (let trial = 0; trial < 2; trial++) {
          const input = [random.integer(7, 9), random.integer(10, 12), random.integer(4, 8)];
          const [width, scale] = [random.integer(9, 12), random.uniform(0.2, 0.5)];
          expectModule(await residualModule(input, width, scale), input, width, scale, random);
        }
      },
    },
  ],
  hints: [
    "What is added must have the shape of the input. Which layer sees to that, and why has it no ReLU?",
    "residual(body, { scale }) gives x + scale · body(x). The body is a sequence of the two branches and the last 1x1 convolution.",
    "sequential(branches(brick(1), sequential(brick(1), brick([1, 7]), brick([7, 1]))), conv({ filters: input[2], kernelSize: 1 })) is the body; relu() follows residual(...).",
  ],
  wrongAnswers: [
    {
      says: "The sum is taken at full scale: `scale` is not used.",
      answer: answer((width, channels) => [residual(bodyOf(width, channels)), relu()]),
    },
    {
      says: "There is no ReLU after the sum.",
      answer: answer((width, channels, scale) => [residual(bodyOf(width, channels), { scale })]),
    },
    {
      says: "The 1x1 convolution before the sum has a ReLU (and a batch norm). What is added could then never make a value smaller: leave it linear.",
      answer: answer((width, channels, scale) => [
        residual(sequential(mixed(width), brick(channels, 1)), { scale }),
        relu(),
      ]),
    },
    {
      says: "The 1x1 convolution before the sum has a ReLU. What is added could then never make a value smaller: leave it linear.",
      answer: answer((width, channels, scale) => [
        residual(sequential(bodyOf(width, channels), relu()), { scale }),
        relu(),
      ]),
    },
    {
      says: "The 1x1 convolution before the sum has a batch norm and no bias. It stands alone: with bias, and nothing after it but the scale and the sum.",
      answer: answer((width, channels, scale) => [
        residual(
          sequential(
            mixed(width),
            conv({ filters: channels, kernelSize: 1, bias: false }),
            batchNorm({ epsilon: 1e-3 }),
          ),
          { scale },
        ),
        relu(),
      ]),
    },
    {
      says: "The 1x1 convolution before the sum has no bias, and a ReLU after it. What is added could then never make a value smaller: linear, with bias.",
      answer: answer((width, channels, scale) => [
        residual(
          sequential(mixed(width), conv({ filters: channels, kernelSize: 1, bias: false }), relu()),
          { scale },
        ),
        relu(),
      ]),
    },
    {
      says: "The 1x1 convolution before the sum has no bias. With no batch norm after it, it needs one.",
      answer: answer((width, channels, scale) => [
        residual(
          sequential(mixed(width), conv({ filters: channels, kernelSize: 1, bias: false })),
          {
            scale,
          },
        ),
        relu(),
      ]),
    },
    {
      says: "The input is not added: these are the branches and the 1x1 convolution alone, as in Inception v4.",
      answer: answer((width, channels) => [bodyOf(width, channels), relu()]),
    },
    {
      says: "The 7x1 comes before the 1x7. The cost is the same, the order is not: rows first.",
      answer: answer((width, channels, scale) => {
        const long = sequential(brick(width, 1), brick(width, [7, 1]), brick(width, [1, 7]));
        const ends = conv({ filters: channels, kernelSize: 1 });
        return [residual(sequential(branches(brick(width, 1), long), ends), { scale }), relu()];
      }),
    },
    {
      says: "A whole 7x7 stands where a 1x7 and a 7x1 should: 49 products for each channel in place of 14.",
      answer: answer((width, channels, scale) => {
        const long = sequential(brick(width, 1), brick(width, 7));
        const ends = conv({ filters: channels, kernelSize: 1 });
        return [residual(sequential(branches(brick(width, 1), long), ends), { scale }), relu()];
      }),
    },
    {
      says: "The 1x1 in front of the long branch is missing: the 1x7 reads all channels of the input.",
      answer: answer((width, channels, scale) => {
        const long = sequential(brick(width, [1, 7]), brick(width, [7, 1]));
        const ends = conv({ filters: channels, kernelSize: 1 });
        return [residual(sequential(branches(brick(width, 1), long), ends), { scale }), relu()];
      }),
    },
    {
      says: "The input is scaled, and not what the branches found. x + scale · body(x): the input passes as it is.",
      answer: (input, width, scale) => {
        const body = bodyOf(width, input[2]);
        return network("residual module", input, (x) =>
          relu()(layers.scaledAdd(body(x), x, { scale })),
        );
      },
    },
  ],
});

function brick(filters: number, kernelSize: number | [number, number]): Module {
  return sequential(
    conv({ filters, kernelSize, padding: "same", bias: false }),
    batchNorm({ epsilon: 1e-3 }),
    relu(),
  );
}

function mixed(width: number): Module {
  const long = sequential(brick(width, 1), brick(width, [1, 7]), brick(width, [7, 1]));
  return branches(brick(width, 1), long);
}

function bodyOf(width: number, channels: number): Module {
  return sequential(mixed(width), conv({ filters: channels, kernelSize: 1 }));
}

function answer(
  modulesOf: (width: number, channels: number, scale: number) => Module[],
): ResidualModule {
  return (input, width, scale) =>
    network("residual module", input, ...modulesOf(width, input[2], scale));
}

function buildsTest(
  input: number[],
  width: number,
  scale: number,
  what: string,
): ExerciseTest<ResidualModule> {
  return {
    title: `residualModule([${input.join(", ")}], ${width}, ${scale}), ${what}`,
    async run(residualModule, { random }) {
      expectModule(await residualModule(input, width, scale), input, width, scale, random);
      const [small, other] = [[6, 7, random.integer(3, 6)], random.uniform(0.2, 0.5)];
      expectModule(await residualModule(small, 7, other), small, 7, other, random);
    },
  };
}

function expectModule(
  actual: unknown,
  input: number[],
  width: number,
  scale: number,
  random: Random,
): void {
  const of = `residualModule([${input.join(", ")}], ${width}, ${Number(scale.toFixed(3))})`;
  expectNetwork(actual, solution.residualModule(input, width, scale), { of, random });
}
