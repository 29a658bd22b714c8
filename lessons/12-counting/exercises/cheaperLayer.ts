import {
  type AsyncAnswer,
  cost,
  engine,
  exercise,
  type ExerciseTest,
  expectNumbers,
  expectThat,
  formatInteger,
  fromFunction,
  initialWeights,
  layers,
  type Module,
  type Network,
  network,
  type Random,
  runNetwork,
  type Tensor,
} from "convbook";
import { expectRunnable } from "../../shared/expectRunnable";
import { requireNetwork } from "../../shared/requireNetwork";
import * as solution from "../solution";

type CheaperLayer = typeof solution.cheaperLayer;

const { averagePool, conv, depthwiseConv } = layers;

export const cheaperLayer = exercise({
  id: "12.cheaperLayer",
  title: "The same shape for less",
  minutes: 15,
  task: "Write `cheaperLayer(input, filters, stride)`: a network that can take the place of a 3×3 convolution with padding 1, in at most 40% of its multiply-adds (12% from 256 to 256 channels). Each output still depends on its whole 3×3 window, in all channels, and no position is squeezed into fewer than c / 4 numbers on the way.",
  example: `
cheaperLayer([8, 6, 16], 32, 2).output.shape // as of the 3×3 convolution; its cost is your part
// → [4, 3, 32]`,
  starter: `
function cheaperLayer(input: number[], filters: number, stride: number): Network {
  // Replaces layers.conv({ filters, kernelSize: 3, stride, padding: 1, bias: false }).
  // At most 40% of its multiply-adds, and from 256 to 256 channels at most 12%.
  // Each output value depends on 3x3 pixels, with weights of their own, and on all channels;
  // no pixel is squeezed into fewer than c / 4 numbers on the way.
  // c and filters are multiples of 4, and at least 8.
  return yourCode(); // network("cheaper", input, ...modules)
}`,
  solution: solution.cheaperLayer,
  manyAnswers: true,
  tests: [
    budgetTest([56, 56, 64], 64, 1, 40),
    budgetTest([28, 28, 48], 96, 2, 40),
    seesTest(8, 8, 1),
    seesTest(8, 12, 2),
    { ...budgetTest([14, 14, 256], 256, 1, 12), points: 2 },
  ],
  hints: [
    "A 3x3 convolution does two things at once: it looks around, and it mixes the channels. What does each of the two cost when it is done alone?",
    "Looking around alone is a depthwise convolution: 9 products for each value. Mixing alone is a 1x1 convolution: c · filters products for each pixel. What does the sum make of 9 · c · filters?",
    "depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false }), then conv({ filters, kernelSize: 1, bias: false }).",
  ],
  wrongAnswers: [
    {
      says: "This is the 3x3 convolution itself, at its full price.",
      answer: (input, filters, stride) => around(input, conv(full(filters, stride))),
    },
    {
      says: "A 1x1 convolution is cheap, but it looks at a single pixel. What could look around before it, or after it?",
      answer: (input, filters, stride) =>
        around(input, conv({ filters, kernelSize: 1, stride, bias: false })),
    },
    {
      says: "In groups, each filter sees a part of the channels only. What could mix the groups afterwards, at little cost?",
      answer: (input, filters, stride) =>
        around(input, conv({ ...full(filters, stride), groups: 4 })),
    },
    {
      says: "A depthwise convolution alone mixes no channels, and has as many of them as its input.",
      answer: (input, _, stride) => around(input, depthwise(stride)),
    },
    {
      says: "A 1x3 and a 3x1 convolution take 6 products where a 3x3 takes 9. That saves a third; you need more than half.",
      answer: (input, filters, stride) =>
        around(
          input,
          conv({ filters, kernelSize: [1, 3], stride: [1, stride], padding: [0, 1], bias: false }),
          conv({ filters, kernelSize: [3, 1], stride: [stride, 1], padding: [1, 0], bias: false }),
        ),
    },
    {
      says: "The narrow layer is half as wide as the input, so the 3x3 after it still takes half of all. Make it narrower, or let the 3x3 stay narrow on both sides.",
      answer: (input, filters, stride) =>
        around(
          input,
          conv({ filters: input[2] / 2, kernelSize: 1, bias: false }),
          conv(full(filters, stride)),
        ),
    },
    {
      says: "All that is known of a pixel is squeezed into a single number, and each filter has to make do with that. Cheap, but it sees one mixture of the channels only. Can each channel be looked at by itself, and mixed afterwards?",
      answer: (input, filters, stride) =>
        around(
          input,
          conv({ filters: 1, kernelSize: 1, bias: false }),
          conv(full(filters, stride)),
        ),
    },
    {
      says: "Your output is as large as the input when stride is 2. One of your layers has to take it.",
      answer: (input, filters) => separable(input, filters, 1, 1),
    },
    {
      says: "Both of your layers take the stride, so a stride of 2 becomes one of 4.",
      answer: (input, filters, stride) =>
        around(input, depthwise(stride), conv({ filters, kernelSize: 1, stride, bias: false })),
    },
    {
      says: "Without padding, the maps lose two rows and two columns.",
      answer: (input, filters, stride) => separable(input, filters, stride, 0),
    },
    {
      says: "An average looks at nine pixels, but it treats them all alike: no training could make an edge filter of it. Which layer looks around with weights of its own, at nine products a value?",
      answer: (input, filters, stride) =>
        around(
          input,
          averagePool({ size: 3, stride, padding: 1 }),
          conv({ filters, kernelSize: 1, bias: false }),
        ),
    },
  ],
});

const full = (filters: number, stride: number) => {
  return { filters, kernelSize: 3, stride, padding: 1, bias: false } as const;
};

const depthwise = (stride: number, padding = 1) =>
  depthwiseConv({ kernelSize: 3, stride, padding, bias: false });

function around(input: number[], ...modules: Module[]): Network {
  return network("answer", input, ...modules);
}

function separable(input: number[], filters: number, stride: number, padding: number): Network {
  return around(input, depthwise(stride, padding), conv({ filters, kernelSize: 1, bias: false }));
}

/** The same shape in at most so many percent of the multiply-adds. */
function budgetTest(
  input: number[],
  filters: number,
  stride: number,
  percent: number,
): ExerciseTest<CheaperLayer> {
  return {
    title: `${callOf(input, filters, stride)} takes at most ${percent}% of the multiply-adds`,
    async run(cheaperLayer, { random }) {
      const other = [2 * random.integer(4, 20), 2 * random.integer(4, 20), input[2]];
      for (const shape of [input, other])
        await expectBudget(cheaperLayer, shape, filters, stride, percent);
    },
  };
}

async function expectBudget(
  cheaperLayer: AsyncAnswer<CheaperLayer>,
  input: number[],
  filters: number,
  stride: number,
  percent: number,
): Promise<void> {
  const of = callOf(input, filters, stride);
  const answer = requireNetwork(await cheaperLayer(input, filters, stride), of, input);
  const direct = network("direct", input, conv(full(filters, stride)));
  const shape = (net: Network) => [...net.output.shape];
  expectNumbers(shape(answer), shape(direct), { of: `The output shape of ${of}` });
  const [took, takes] = [cost(answer).macs, cost(direct).macs];
  const fraction = `${((100 * took) / takes).toFixed(1)}%`;
  expectThat(
    took <= (percent / 100) * takes,
    `${of} takes ${formatInteger(took)} multiply-adds, ${fraction} of the ${formatInteger(takes)} of the 3x3 convolution. At most ${percent}% are allowed.`,
  );
}

function callOf(input: number[], filters: number, stride: number): string {
  return `cheaperLayer([${input.join(", ")}], ${filters}, ${stride})`;
}

/** On images of 5x5 pixels: what does the value in the middle of the output depend on? */
function seesTest(channels: number, filters: number, stride: number): ExerciseTest<CheaperLayer> {
  const input = [5, 5, channels];
  const of = callOf(input, filters, stride);
  return {
    title: `${of} sees 3x3 pixels of every channel`,
    async run(cheaperLayer, { random }) {
      const answer = requireNetwork(await cheaperLayer(input, filters, stride), of, input);
      const out = stride === 1 ? 5 : 3;
      expectNumbers([...answer.output.shape], [out, out, filters], {
        of: `The output shape of ${of}`,
      });
      expectRunnable(answer, network("direct", input, conv(full(filters, stride))), `${of}:`);
      const responses = responsesOf(answer, random);
      const dark = responses.findIndex((response) => response.some((value) => value === 0));
      const [pixel, channel] = [Math.floor(dark / channels), dark % channels];
      const at = `[${1 + Math.floor(pixel / 3)}, ${1 + (pixel % 3)}, ${channel}]`;
      expectThat(
        dark === -1,
        `${of}: the input at ${at} does not change every channel in the middle of the output.`,
      );
      const ways = independentRows(byChannel(responses, channels));
      expectThat(
        ways >= channels / 4,
        `${of}: the ${channels} numbers of a pixel are squeezed into ${ways}: what tells its channels apart is lost. At least ${channels / 4} must get through.`,
      );
      const first = (at: number) => responses[at * channels][0];
      const alike = Array.from({ length: 9 }, (_, at) => first(at)).every(
        (value) => Math.abs(value - first(0)) <= 1e-5 * Math.abs(first(0)),
      );
      expectThat(
        !alike,
        `${of} answers in the same way to all nine pixels, whatever its weights are. It must be able to learn what is where.`,
      );
    },
  };
}

/**
 * By how much each channel of the middle of the output changes when one value among the 3x3 pixels around
 * the middle is raised: one row for each pixel and channel. All weights are positive, and none so small that
 * its part is lost in rounding: nothing cancels out, and ReLU lets everything pass.
 */
function responsesOf(net: Network, random: Random): number[][] {
  const weights = Object.fromEntries(
    Object.entries(initialWeights(net, random)).map(([path, ofLayer]) => [
      path,
      Object.fromEntries(
        Object.entries(ofLayer).map(([name, w]) => [name, w.map((value) => 0.1 + Math.abs(value))]),
      ),
    ]),
  );
  const [, , channels] = net.input.shape;
  const count = 9 * channels;
  const images = fromFunction([count + 1, 5, 5, channels], (i, row, column, c) => {
    const pixel = Math.floor(i / channels);
    const raised =
      row === 1 + Math.floor(pixel / 3) && column === 1 + (pixel % 3) && c === i % channels;
    return i < count && raised ? 2 : 1; // the last image has nothing raised
  });
  const y = runNetwork(net, weights, images, { operations: engine }); // [9 · c + 1, out, out, filters]
  return Array.from({ length: count }, (_, i) =>
    middleOf(y, i).map((value, c) => value - middleOf(y, count)[c]),
  );
}

/** What each channel does to the outputs, wherever it stands: one row a channel, of 9 · filters numbers. */
function byChannel(responses: readonly number[][], channels: number): number[][] {
  return Array.from({ length: channels }, (_, c) =>
    responses.filter((_, at) => at % channels === c).flat(),
  );
}

/** How many rows are no mixture of those before them, up to rounding in float32: the rank, by elimination. */
function independentRows(rows: readonly number[][]): number {
  const left = rows.map((row) => [...row]);
  const largest = Math.max(...left.flat().map(Math.abs));
  let rank = 0;
  for (;;) {
    const flat = left.flatMap((row, r) => row.map((value, at) => ({ r, at, value })));
    const pivot = flat.reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a));
    if (Math.abs(pivot.value) <= 1e-3 * largest) return rank;
    rank += 1;
    const by = [...left[pivot.r]];
    for (const row of left) {
      const times = row[pivot.at] / pivot.value;
      for (let at = 0; at < row.length; at++) row[at] -= times * by[at];
    }
  }
}

function middleOf(y: Tensor, i: number): number[] {
  const [, height, width, channels] = y.shape;
  const [row, column] = [(height - 1) / 2, (width - 1) / 2];
  return Array.from({ length: channels }, (_, c) => y.get(i, row, column, c));
}
