import {
  cost,
  exercise,
  expectNumber,
  expectNumbers,
  layers,
  type Module,
  type Network,
  network,
  type Random,
} from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import { requireNetwork } from "../../shared/requireNetwork";
import * as solution from "../solution";

type Resnet = typeof solution.resnet50;

const { averagePool, batchNorm, conv, dense, flatten, globalAveragePool } = layers;
const { maxPool, relu, residual, sequential, softmax } = layers;

export const resnet50 = exercise({
  id: "14.resnet50",
  title: "The whole of ResNet-50",
  minutes: 20,
  task:
    "Write `resnet50(input, widths, classes)`: after the layers in front, four stages of 3, 4, 6 and 3 " +
    "units. A unit of width w is a bottleneck of w, w and 4w filters; the first of a stage is a " +
    "convolutional block, with stride 1 in the first stage and 2 in the others, the rest are identity " +
    "blocks. A 2×2 average pool, flatten and a dense layer end it.",
  example: `
// The widths of the true ResNet-50 are [64, 128, 256, 512].
const net = resnet50([64, 64, 3], [2, 3, 4, 5], 7);
net.output.shape // → [7]
cost(net).params // → 5928`,
  starter: `
function resnet50(input: number[], widths: number[], classes: number): Network {
  const { averagePool, batchNorm, conv, dense, flatten } = layers;
  const { maxPool, relu, repeat, residual, sequential } = layers;
  // In front: a 7x7 convolution of widths[0] filters, stride 2, with a ring of 3 zeros, batch norm
  // and ReLU; a 3x3 max pool of stride 2, without padding. At the end: scores, no softmax.
  return yourCode(); // network("ResNet-50", input, ...)
}`,
  solution: solution.resnet50,
  tests: [
    {
      title: "resnet50([64, 64, 3], [4, 6, 8, 10], 6), a thin one, computes what ours does",
      points: 2,
      async run(resnet50, { random }) {
        // Several draws of weights: behind fifty layers, one alone may hide a ReLU that is missing in front.
        for (let draw = 0; draw < 3; draw++) {
          const widths = [4, 6, 8, 10].map((width) => width + random.integer(0, 2));
          await expectResnet(resnet50, [64, 64, 3], widths, random.integer(5, 8), random);
        }
      },
    },
    {
      title: "resnet50([70, 90, 1], widths, classes), for images that are not square",
      async run(resnet50, { random }) {
        const widths = [3, 4, 5, 6].map((width) => width + random.integer(0, 2));
        await expectResnet(resnet50, [70, 90, 1], widths, random.integer(3, 9), random);
      },
    },
    {
      title: "resnet50([64, 64, 3], [64, 128, 256, 512], 6) has 23,546,886 parameters",
      points: 2,
      async run(resnet50, { random }) {
        const widths = [64, 128, 256, 512];
        await expectCounts(resnet50, [64, 64, 3], widths, 6);
        await expectCounts(resnet50, [64, 96, 3], widths, random.integer(7, 20));
      },
    },
  ],
  hints: [
    "You have written both blocks. Can one helper make either, given a width, a stride, and whether something stands on the shortcut?",
    "A stage is one convolutional block and units - 1 identity blocks: repeat(units - 1, () => unit(width, 1)) makes a module of them.",
    "const stage = (width: number, units: number, stride: number) => sequential(unit(width, stride, convNorm(4 * width, 1, stride)), repeat(units - 1, () => unit(width, 1))). The four are stage(widths[0], 3, 1), stage(widths[1], 4, 2), stage(widths[2], 6, 2), stage(widths[3], 3, 2).",
  ],
  wrongAnswers: [
    {
      says: "The first stage halves the maps as well. The max pool has done that already: its stride is 1.",
      answer: build({ strides: [2, 2, 2, 2] }),
    },
    {
      says: "These are the units of ResNet-101: its third stage has 23.",
      answer: build({ units: [3, 4, 23, 3] }),
    },
    {
      says: "Each stage has one identity block too few: the convolutional block counts as the first of 3, 4, 6 and 3.",
      answer: build({ units: [2, 3, 5, 2] }),
    },
    {
      says: "Each stage has one identity block too many: the convolutional block counts as the first of 3, 4, 6 and 3.",
      answer: build({ units: [4, 5, 7, 4] }),
    },
    {
      says: "Your units have the stride in the 3x3, as torchvision's. This one has it in the first 1x1.",
      answer: build({ strideIn3x3: true }),
    },
    {
      says: "Your units put out as many channels as they are wide inside. The last 1x1 has four times as many filters.",
      answer: build({ expansion: 1 }),
    },
    {
      says: "All units have a projection on the shortcut. Only the first of a stage needs one.",
      answer: build({ projectAll: true }),
    },
    {
      says: "Nothing goes around your units: this is the plain network of the same depth.",
      answer: build({ plain: true }),
    },
    {
      says: "Your max pool has a ring of padding, as the paper's has for 224 pixels. Here it has none.",
      answer: build({ pool: maxPool({ size: 3, stride: 2, padding: 1 }) }),
    },
    {
      says: "You average each map to one number. That is the same for 64 pixels, where the last maps are 2x2, and not for others: pool in windows of 2x2, then flatten.",
      answer: build({ end: globalAveragePool() }),
    },
    {
      says: "There is a softmax at the end. This one ends in scores.",
      answer: build({ last: [softmax()] }),
    },
    {
      says: "Your convolutions have no biases. (They need none before batch norm. The notes' have them, and they are in the count that is asked for.)",
      answer: build({ bias: false }),
    },
  ],
});

interface Choices {
  units?: number[];
  strides?: number[];
  strideIn3x3?: boolean;
  expansion?: number;
  projectAll?: boolean;
  plain?: boolean;
  pool?: Module;
  end?: Module;
  last?: Module[];
  bias?: boolean;
}

/** An answer that makes these choices, and ours otherwise. */
function build({
  units = [3, 4, 6, 3],
  strides = [1, 2, 2, 2],
  strideIn3x3 = false,
  expansion = 4,
  projectAll = false,
  plain = false,
  pool = maxPool({ size: 3, stride: 2 }),
  end = sequential(averagePool({ size: 2 }), flatten()),
  last = [],
  bias = true,
}: Choices): Resnet {
  const convNorm = (filters: number, kernelSize: number, stride = 1): Module =>
    sequential(conv({ filters, kernelSize, stride, padding: "same", bias }), batchNorm());
  const unit = (width: number, stride: number, projects: boolean): Module => {
    const [first, second] = strideIn3x3 ? [1, stride] : [stride, 1];
    const body = sequential(
      convNorm(width, 1, first),
      relu(),
      convNorm(width, 3, second),
      relu(),
      convNorm(expansion * width, 1),
    );
    if (plain) return sequential(body, relu());
    const shortcut = projects ? convNorm(expansion * width, 1, stride) : undefined;
    return sequential(residual(body, { shortcut }), relu());
  };
  return (input, widths, classes) =>
    network(
      "answer",
      input,
      conv({ filters: widths[0], kernelSize: 7, stride: 2, padding: 3, bias }),
      batchNorm(),
      relu(),
      pool,
      ...widths.flatMap((width, stage) =>
        Array.from({ length: units[stage] }, (_, i) =>
          unit(width, i === 0 ? strides[stage] : 1, i === 0 || projectAll),
        ),
      ),
      end,
      dense({ units: classes }),
      ...last,
    );
}

type Answer = (...arguments_: Parameters<Resnet>) => Network | Promise<Network>;

function called(input: number[], widths: number[], classes: number): string {
  return `resnet50([${input.join(", ")}], [${widths.join(", ")}], ${classes})`;
}

async function expectResnet(
  answer: Answer,
  input: number[],
  widths: number[],
  classes: number,
  random: Random,
): Promise<void> {
  const of = called(input, widths, classes);
  const expected = solution.resnet50(input, widths, classes);
  expectNetwork(await answer(input, widths, classes), expected, { of, random });
}

/** Twenty million weights are counted, and not run. */
async function expectCounts(
  answer: Answer,
  input: number[],
  widths: number[],
  classes: number,
): Promise<void> {
  const of = called(input, widths, classes);
  const expected = solution.resnet50(input, widths, classes);
  const actual = requireNetwork(await answer(input, widths, classes), of, input);
  expectNumbers([...actual.output.shape], [...expected.output.shape], { of: `The shape of ${of}` });
  const [got, want] = [cost(actual), cost(expected)];
  expectNumber(got.params, want.params, { of: `The parameters of ${of}` });
  expectNumber(got.macs, want.macs, { of: `The multiply-adds of ${of}` });
}
