import { exercise, type ExerciseTest, layers, type Module, network, type Network } from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

type SeModule = typeof solution.seModule;

const {
  activation,
  add,
  conv,
  globalAveragePool,
  globalMaxPool,
  multiply,
  relu,
  sequential,
  sigmoid,
} = layers;

export const seModule = exercise({
  id: "20.seModule",
  title: "The block as a module",
  minutes: 10,
  task:
    "Write `seModule(input, r)`: squeeze and excitation with the reduction r as a network on maps [h, w, " +
    "c], which gives maps of the same shape. The two dense layers are written as 1×1 convolutions, with " +
    "biases, on the [1, 1, c] that the squeeze leaves.",
  example: `
const block = seModule([6, 5, 8], 2);
block.output.shape // → [6, 5, 8]
cost(block).params // → 76`,
  starter: `
function seModule(input: number[], r: number): Network {
  // At hand: layers.globalAveragePool({ keepDims: true }), layers.multiply(x, gate).
  return yourCode(); // network("squeeze and excitation", input, (x) => ...)
}`,
  solution: solution.seModule,
  tests: [moduleTest([6, 6, 8], 2), moduleTest([5, 7, 32], 16), moduleTest([4, 4, 12], 4)],
  hints: [
    "A module is a function from a symbolic tensor to another. x is needed twice here: on the way through the gate, and where it is multiplied. How do you write a function that uses its argument twice?",
    "Make the gate first: const gate = layers.sequential(pool, conv, relu, conv, sigmoid), with c / r and then c filters.",
    'return network("squeeze and excitation", input, (x) => layers.multiply(x, gate(x)));',
  ],
  wrongAnswers: [
    {
      says: "You return the gate, [1, 1, c]. The block gives back the maps, multiplied by it.",
      answer: (input, r) => network("answer", input, gateOf(input[2], { r })),
    },
    {
      says: "You add the gates to the maps. They weigh the maps: layers.multiply(x, gate), the very point of the block.",
      answer: (input, r) => {
        const gate = gateOf(input[2], { r });
        return network("answer", input, (x) => add(x, gate(x)));
      },
    },
    {
      says: "Your dense layers stand where the shape is still [1, 1, c]. There a 1x1 convolution is the same layer, and keeps the shape that multiply wants.",
      answer: (input, r) => {
        const gate = denseGate(input[2], r, globalAveragePool({ keepDims: true }));
        return network("answer", input, (x) => multiply(x, gate(x)));
      },
    },
    {
      says: "Your gate is a row of c numbers, made by dense layers. multiply wants [1, 1, c]: keep the dimensions when you squeeze, and write the dense layers as 1x1 convolutions.",
      answer: (input, r) => {
        const gate = denseGate(input[2], r, globalAveragePool());
        return network("answer", input, (x) => multiply(x, gate(x)));
      },
    },
    {
      says: "Your gate is a row of c numbers, and you add it to the maps. Make it [1, 1, c], by 1x1 convolutions on what globalAveragePool({ keepDims: true }) leaves, and multiply the maps by it.",
      answer: (input, r) => {
        const gate = denseGate(input[2], r, globalAveragePool());
        return network("answer", input, (x) => add(x, gate(x)));
      },
    },
    {
      says: "You add the input to the weighted maps. The block weighs, and that is all; the sum belongs to the unit around it.",
      answer: (input, r) => {
        const gate = gateOf(input[2], { r });
        return network("answer", input, (x) => add(x, multiply(x, gate(x))));
      },
    },
    {
      says: "The narrow layer is as wide as the input: where is r?",
      answer: gated(() => ({ r: 1 })),
    },
    {
      says: "Your narrow layer has r filters. The reduction divides: c / r.",
      answer: gated((channels, r) => ({ r: channels / r })),
    },
    {
      says: "There is no ReLU between the two layers. Without it, they are one layer.",
      answer: gated((_, r) => ({ r, between: layers.identity })),
    },
    {
      says: "The sigmoid at the end is missing: the gates are not between 0 and 1.",
      answer: gated((_, r) => ({ r, end: layers.identity })),
    },
    {
      says: "The gates end in a ReLU. They would be 0 or without bound; a sigmoid keeps them between 0 and 1.",
      answer: gated((_, r) => ({ r, end: relu() })),
    },
    {
      says: "The gates end in a hard sigmoid. That is MobileNet v3; SENet has the smooth one.",
      answer: gated((_, r) => ({ r, end: activation("hardSigmoid") })),
    },
    {
      says: "Your two layers have no biases. SENet's have.",
      answer: gated((_, r) => ({ r, bias: false })),
    },
    {
      says: "You squeeze to the largest value of each map. Take the mean.",
      answer: gated((_, r) => ({ r, squeeze: globalMaxPool({ keepDims: true }) })),
    },
    {
      says: "Nothing is squeezed: your gate is a map, with a number for every pixel, made of that pixel alone. Which layer makes one number of a whole map?",
      answer: gated((_, r) => ({ r, squeeze: layers.identity })),
    },
  ],
});

function moduleTest(input: number[], r: number): ExerciseTest<SeModule> {
  const of = `seModule([${input.join(", ")}], ${r})`;
  return {
    title: `${of} has our shape, parameters and multiply-adds, and computes the same`,
    async run(seModule, { random }) {
      expectNetwork(await seModule(input, r), solution.seModule(input, r), { of, random });
      const other = [random.integer(3, 5), random.integer(6, 8), r * random.integer(2, 4)];
      expectNetwork(await seModule(other, r), solution.seModule(other, r), {
        of: `seModule([${other.join(", ")}], ${r})`,
        random,
      });
    },
  };
}

interface Gate {
  r: number;
  squeeze?: Module;
  between?: Module;
  end?: Module;
  bias?: boolean;
}

function gateOf(channels: number, gate: Gate): Module {
  const { r, squeeze = globalAveragePool({ keepDims: true }), bias } = gate;
  const { between = relu(), end = sigmoid() } = gate;
  const narrow = conv({ filters: channels / r, kernelSize: 1, bias });
  return sequential(
    squeeze,
    narrow,
    between,
    conv({ filters: channels, kernelSize: 1, bias }),
    end,
  );
}

function denseGate(channels: number, r: number, squeeze: Module): Module {
  const [narrow, wide] = [channels / r, channels].map((units) => layers.dense({ units }));
  return sequential(squeeze, narrow, relu(), wide, sigmoid());
}

function gated(choose: (channels: number, r: number) => Gate): SeModule {
  return (input, r): Network => {
    const gate = gateOf(input[2], choose(input[2], r));
    return network("answer", input, (x) => multiply(x, gate(x)));
  };
}
