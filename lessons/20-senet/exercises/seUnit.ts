import {
  exercise,
  type ExerciseTest,
  layers,
  type Module,
  network,
  subnetwork,
  zoo,
} from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

type SeUnit = typeof solution.seUnit;

const { batchNorm, conv, globalAveragePool, multiply, relu, residual, sequential, sigmoid } =
  layers;

export const seUnit = exercise({
  id: "20.seUnit",
  title: "SE in ResNet's bottleneck",
  minutes: 15,
  task:
    "Write `seUnit(input, filters, r)`: a unit of SE-ResNet-50 that keeps the shape [h, w, c] of its " +
    "input. 1×1 to `filters` channels, 3×3 to `filters`, 1×1 back to c, each without bias and with batch " +
    "norm after it, and a ReLU after the first two; then squeeze and excitation with the reduction r; " +
    "then the input is added, and a ReLU ends the unit.",
  example: `
const unit = seUnit([6, 5, 8], 3, 4);
unit.output.shape // → [6, 5, 8]
cost(unit).params // → 199`,
  starter: `
function seUnit(input: number[], filters: number, r: number): Network {
  // the gate's convolutions have biases; at hand: layers.residual(body)
  return yourCode();
}`,
  solution: solution.seUnit,
  tests: [
    {
      title: "seUnit([16, 16, 256], 64, 16) is the zoo's conv2_2 of SE-ResNet-50",
      points: 2,
      async run(seUnit, { random }) {
        const ofZoo = subnetwork(zoo.seResnet({ depth: 50, inputSize: 64 }), "conv2_2");
        expectNetwork(await seUnit([16, 16, 256], 64, 16), ofZoo, {
          of: "seUnit([16, 16, 256], 64, 16)",
          random,
        });
      },
    },
    {
      title: "seUnit([2, 2, 1024], 256, 8) is the zoo's conv4_3, with r = 8",
      async run(seUnit, { random }) {
        const net = zoo.seResnet({ depth: 50, inputSize: 32, reduction: 8 });
        expectNetwork(await seUnit([2, 2, 1024], 256, 8), subnetwork(net, "conv4_3"), {
          of: "seUnit([2, 2, 1024], 256, 8)",
          random,
        });
      },
    },
    unitTest([6, 5, 16], 4, 4),
  ],
  hints: [
    "Write the body as one sequential: three convolutions with their norms, then the gate on what the third puts out. Where does the addition stand, before or after the gate?",
    "Inside the body, the gate is a module like any other: (y) => layers.multiply(y, gate(y)). No ReLU between the third norm and the gate.",
    'return network("SE bottleneck", input, layers.residual(body), layers.relu());',
  ],
  wrongAnswers: [
    {
      says: "You gate the sum. The unit asked for gates the body, before the addition; after it, the authors measured half a point more error.",
      answer: unit((body, gate) => [residual(body), gate, relu()]),
    },
    {
      says: "You gate what the last ReLU puts out. The unit asked for gates the body, before the addition; the authors measured half a point more error with yours (SE-POST).",
      answer: unit((body, gate) => [residual(body), relu(), gate]),
    },
    {
      says: "The gate stands on the shortcut. The authors found that as good (SE-Identity), but in the unit asked for the body's maps are weighed, and the input passes unchanged.",
      answer: unit((body, gate) => [residual(body, { shortcut: gate }), relu()]),
    },
    {
      says: "The input is gated before the body sees it. The authors found that as good (SE-PRE), but in the unit asked for the gate stands at the body's end.",
      answer: unit((body, gate) => [residual(sequential(gate, body)), relu()]),
    },
    {
      says: "Your gates are made from the unit's input, and multiply what the body puts out. They are to be made from what they multiply: the body's own maps.",
      answer: unit((body, _, excitation) => [
        residual((x) => multiply(body(x), excitation(x))),
        relu(),
      ]),
    },
    {
      says: "This is the bottleneck without squeeze and excitation.",
      answer: unit((body) => [residual(body), relu()]),
    },
    {
      says: "The ReLU after the addition is missing.",
      answer: unit((body, gate) => [residual(sequential(body, gate))]),
    },
    {
      says: "There is a ReLU between the third norm and the gate. In this unit, what is added may be negative.",
      answer: unit((body, gate) => [residual(sequential(body, relu(), gate)), relu()]),
    },
    {
      says: "Nothing is added: the shortcut is missing.",
      answer: unit((body, gate) => [sequential(body, gate), relu()]),
    },
    {
      says: "Your convolutions have biases. Before a batch norm they do nothing, and the zoo's have none.",
      answer: unit((body, gate) => [residual(sequential(body, gate)), relu()], { bias: true }),
    },
    {
      says: "The batch norms are missing.",
      answer: unit((body, gate) => [residual(sequential(body, gate)), relu()], { norms: false }),
    },
  ],
});

function unitTest(input: number[], filters: number, r: number): ExerciseTest<SeUnit> {
  const of = `seUnit([${input.join(", ")}], ${filters}, ${r})`;
  return {
    title: `${of} on other widths`,
    async run(seUnit, { random }) {
      expectNetwork(await seUnit(input, filters, r), solution.seUnit(input, filters, r), {
        of,
        random,
      });
      const other = [random.integer(3, 5), random.integer(6, 8), r * random.integer(2, 5)];
      const narrow = random.integer(2, 6);
      expectNetwork(await seUnit(other, narrow, r), solution.seUnit(other, narrow, r), {
        of: `seUnit([${other.join(", ")}], ${narrow}, ${r})`,
        random,
      });
    },
  };
}

/** A unit whose parts are put together in another way. */
function unit(
  assemble: (body: Module, gate: Module, excitation: Module) => Module[],
  { bias = false, norms = true } = {},
): SeUnit {
  return (input, filters, r) => {
    const channels = input[2];
    const convNorm = (width: number, kernelSize: number): Module =>
      sequential(
        conv({ filters: width, kernelSize, padding: (kernelSize - 1) / 2, bias }),
        norms ? batchNorm() : layers.identity,
      );
    const body = sequential(
      convNorm(filters, 1),
      relu(),
      convNorm(filters, 3),
      relu(),
      convNorm(channels, 1),
    );
    const excitation = sequential(
      globalAveragePool({ keepDims: true }),
      conv({ filters: channels / r, kernelSize: 1 }),
      relu(),
      conv({ filters: channels, kernelSize: 1 }),
      sigmoid(),
    );
    const gate: Module = (y) => multiply(y, excitation(y));
    return network("answer", input, ...assemble(body, gate, excitation));
  };
}
