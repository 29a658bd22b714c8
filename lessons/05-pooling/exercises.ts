import {
  type ComputedFrom,
  exercise,
  type ExerciseTest,
  expectNumber,
  expectNumbers,
  expectTensor,
  expectThat,
  fromFunction,
  full,
  randomIntegers,
  Tensor,
  tensor,
} from "convbook";
import * as solution from "./solution";

type PoolForward = typeof solution.poolForward;
type Mode = Parameters<PoolForward>[2];
type ShapesThrough = typeof solution.shapesThrough;
type Layer = Parameters<ShapesThrough>[1][number];

const LENET: Layer[] = [
  { f: 5, stride: 1, pad: 0, filters: 6 },
  { f: 2, stride: 2, pad: 0 },
  { f: 5, stride: 1, pad: 0, filters: 16 },
  { f: 2, stride: 2, pad: 0 },
  { f: 5, stride: 1, pad: 0, filters: 120 },
];

const ALEXNET: Layer[] = [
  { f: 11, stride: 4, pad: 0, filters: 96 },
  { f: 3, stride: 2, pad: 0 },
  { f: 5, stride: 1, pad: 2, filters: 256 },
  { f: 3, stride: 2, pad: 0 },
  { f: 3, stride: 1, pad: 1, filters: 384 },
  { f: 3, stride: 1, pad: 1, filters: 384 },
  { f: 3, stride: 1, pad: 1, filters: 256 },
  { f: 3, stride: 2, pad: 0 },
];

export const poolForward = exercise({
  id: "05.poolForward",
  title: "Pooling, in both modes",
  minutes: 15,
  starter: `
function poolForward(
  aPrev: Tensor,
  { f, stride }: { f: number; stride: number },
  mode: "max" | "average",
): Tensor {
  const [m, height, width, channels] = aPrev.shape; // [m, h, w, c]
  // Each channel of each f x f window becomes one number: its largest value, or its average.
  // No padding. Make a = zeros([...]) and set its values with a.set(value, i, row, column, c).
  return yourCode();
}`,
  solution: solution.poolForward,
  tests: [
    poolTest("keeps the largest of four", { shape: [1, 4, 4, 1], f: 2, stride: 2, mode: "max" }),
    poolTest("averages four", { shape: [1, 4, 4, 1], f: 2, stride: 2, mode: "average" }),
    poolTest("has windows that overlap", { shape: [1, 7, 5, 1], f: 3, stride: 2, mode: "max" }),
    poolTest("on negative values, in batches and channels", {
      shape: [2, 5, 6, 3],
      f: 2,
      stride: 2,
      mode: "max",
      values: [-9, -1],
    }),
    poolTest("on a batch, with windows at every pixel", {
      shape: [2, 6, 5, 2],
      f: 3,
      stride: 1,
      mode: "average",
    }),
  ],
  hints: [
    "This slides as a convolution does: the size is floor((n - f) / stride) + 1 along both axes. And how many channels come out?",
    "Five things index a value of the output and its window: i, row, column, c, and the place in the window. Where in the image does the window of output (row, column) start?",
    "For the maximum, which value is below every pixel, also where all of them are negative? For the average, how many values has a window?",
    "Inside loops over i, row, column and c: start with largest = -Infinity and sum = 0, go over down and right from 0 to f - 1, and take aPrev.get(i, row * stride + down, column * stride + right, c) into both.",
  ],
  wrongAnswers: [
    {
      says: "Your search for the largest value starts at 0. Where all values of a window are negative, 0 wins though it is not among them. Start at -Infinity.",
      answer: (aPrev, options, mode) => {
        const pooled = solution.poolForward(aPrev, options, mode);
        return mode === "max" ? pooled.map((value) => Math.max(0, value)) : pooled;
      },
    },
    {
      says: "The average is not divided: this is the sum of the window.",
      answer: (aPrev, options, mode) => {
        const pooled = solution.poolForward(aPrev, options, mode);
        return mode === "average" ? pooled.map((value) => value * options.f ** 2) : pooled;
      },
    },
    {
      says: "The sum is divided by f. How many values are there in an f x f window?",
      answer: (aPrev, options, mode) => {
        const pooled = solution.poolForward(aPrev, options, mode);
        return mode === "average" ? pooled.map((value) => value * options.f) : pooled;
      },
    },
    {
      says: 'This is the maximum in both modes. `mode` may be "average" as well.',
      answer: (aPrev, options) => solution.poolForward(aPrev, options, "max"),
    },
    {
      says: 'This is the average in both modes. `mode` may be "max" as well.',
      answer: (aPrev, options) => solution.poolForward(aPrev, options, "average"),
    },
    {
      says: "The windows start at row and column, not at row · stride and column · stride: the size is right, but only the top left corner is looked at.",
      answer: (aPrev, { f, stride }, mode) => {
        const everywhere = solution.poolForward(aPrev, { f, stride: 1 }, mode);
        return cropped(everywhere, solution.poolForward(aPrev, { f, stride }, mode).shape);
      },
    },
    {
      says: "The windows lie side by side, whatever the stride is. When the stride is smaller than f, they overlap.",
      answer: (aPrev, { f }, mode) => solution.poolForward(aPrev, { f, stride: f }, mode),
    },
    {
      says: "There is a window at every pixel: the stride is left out.",
      answer: (aPrev, { f }, mode) => solution.poolForward(aPrev, { f, stride: 1 }, mode),
    },
    {
      says: "The last window of each row and column is missing. (n - f) / stride is the number of steps; the position before the first step counts too.",
      answer: (aPrev, options, mode) => {
        const [m, rows, columns, channels] = solution.poolForward(aPrev, options, mode).shape;
        const shape = [m, rows - 1, columns - 1, channels];
        return cropped(solution.poolForward(aPrev, options, mode), shape);
      },
    },
    {
      says: "The channels are pooled together. Each is a map of its own, of another feature: as many come out as go in.",
      answer: (aPrev, options, mode) => {
        const pooled = solution.poolForward(aPrev, options, mode);
        return overChannels(pooled, mode, 1);
      },
    },
    {
      says: "Every channel of your output holds what all channels give together. Look at channel c only for channel c of the output.",
      answer: (aPrev, options, mode) => {
        const pooled = solution.poolForward(aPrev, options, mode);
        return overChannels(pooled, mode, pooled.shape[3]);
      },
    },
    {
      says: "Only the first image of the batch is pooled, the others are zero. What does the first axis of [m, h, w, c] count?",
      answer: (aPrev, options, mode) => {
        const pooled = solution.poolForward(aPrev, options, mode);
        return fromFunction(pooled.shape, (i, row, column, c) =>
          i === 0 ? pooled.get(i, row, column, c) : 0,
        );
      },
    },
    {
      says: "Only the first channel is pooled, the others are zero. What does the last axis of [m, h, w, c] count?",
      answer: (aPrev, options, mode) => {
        const pooled = solution.poolForward(aPrev, options, mode);
        return fromFunction(pooled.shape, (i, row, column, c) =>
          c === 0 ? pooled.get(i, row, column, c) : 0,
        );
      },
    },
    {
      says: "Rows and columns have changed places in the output. Its shape is [m, rows, columns, c], in the order of the input.",
      answer: (aPrev, options, mode) =>
        solution.poolForward(aPrev, options, mode).transpose([0, 2, 1, 3]),
    },
  ],
});

export const shapesThrough = exercise({
  id: "05.shapesThrough",
  title: "The shape after each layer",
  minutes: 8,
  starter: `
function shapesThrough(
  input: number[],
  layers: { f: number; stride: number; pad: number; filters?: number }[],
): number[][] {
  // input is [h, w, c]. A layer with \`filters\` is a convolution, one without is a pooling.
  // Return the shape [h, w, c] after each layer, one shape a layer.
  return yourCode();
}`,
  solution: solution.shapesThrough,
  tests: [
    {
      title: "shapesThrough([28, 28, 6], [{f: 2, stride: 2, pad: 0}]) is [[14, 14, 6]]",
      async run(shapesThrough) {
        const layers = [{ f: 2, stride: 2, pad: 0 }];
        const shapes = await shapesThrough([28, 28, 6], layers);
        expectShapes(shapes, [28, 28, 6], layers);
      },
    },
    {
      title: "shapesThrough([32, 32, 1], layers) of LeNet-5 ends at [1, 1, 120]",
      async run(shapesThrough) {
        expectShapes(await shapesThrough([32, 32, 1], LENET), [32, 32, 1], LENET);
      },
    },
    {
      title: "shapesThrough([227, 227, 3], layers) of AlexNet ends at [6, 6, 256]",
      async run(shapesThrough) {
        expectShapes(await shapesThrough([227, 227, 3], ALEXNET), [227, 227, 3], ALEXNET);
      },
    },
    {
      title: "shapesThrough([224, 161, 3], layers) when the windows do not come out even",
      async run(shapesThrough) {
        const layers = [
          { f: 11, stride: 4, pad: 0, filters: 8 },
          { f: 3, stride: 2, pad: 1 },
          { f: 4, stride: 3, pad: 0, filters: 12 },
          { f: 2, stride: 2, pad: 0 },
        ];
        expectShapes(await shapesThrough([224, 161, 3], layers), [224, 161, 3], layers);
      },
    },
  ],
  hints: [
    "Take one layer. Height and width follow the formula of lesson 03; it is the same for a convolution and a pooling. What is different is the number of channels.",
    "The next layer starts from the shape that the last one left. Keep it in a variable that each turn of the loop replaces.",
    "height = Math.floor((height + 2 * pad - f) / stride) + 1, the width likewise, and channels = filters ?? channels. Push [height, width, channels].",
  ],
  wrongAnswers: [
    {
      says: "A pooling has one channel in your answer. It treats each channel for itself, and so leaves their number as it is.",
      answer: shapesWith({ channels: (_, filters) => filters ?? 1 }),
    },
    {
      says: "The channels of a pooling are undefined: it has no `filters`. How many channels does it hand on?",
      answer: shapesWith({ channels: (_, filters) => filters as number }),
    },
    {
      says: "The channels of a convolution are multiplied by its filters. Each filter goes through all channels and makes one map: as many channels as filters.",
      answer: shapesWith({ channels: (channels, filters) => channels * (filters ?? 1) }),
    },
    {
      says: "The channels of the input stay in your answer. After a convolution there are as many channels as it has filters.",
      answer: shapesWith({ channels: (channels) => channels }),
    },
    {
      says: "The size is rounded up, so that a last window hangs over the end. There are poolings that do so (ceil mode), but here only whole windows count.",
      answer: shapesWith({
        size: (n, { f, stride, pad }) => Math.ceil((n + 2 * pad - f) / stride) + 1,
      }),
    },
    {
      says: "The size is rounded to the nearest number. A window that does not fit whole is left out, however much of it would fit: round down.",
      answer: shapesWith({
        size: (n, { f, stride, pad }) => Math.round((n + 2 * pad - f) / stride) + 1,
      }),
    },
    {
      says: "There are fractions in your shapes: half a window does not count. Round down with Math.floor.",
      answer: shapesWith({
        size: (n, { f, stride, pad }) => (n + 2 * pad - f) / stride + 1,
      }),
    },
    {
      says: "There is one position too few: (n + 2·pad - f) / stride counts the steps, and the position before the first step is missing.",
      answer: shapesWith({
        size: (n, { f, stride, pad }) => Math.floor((n + 2 * pad - f) / stride),
      }),
    },
    {
      says: "The padding is counted once. It stands on both sides: n + 2 · pad.",
      answer: shapesWith({
        size: (n, { f, stride, pad }) => Math.floor((n + pad - f) / stride) + 1,
      }),
    },
    {
      says: "A pooling divides the size by f in your answer. That holds only when the windows lie side by side; AlexNet's poolings are 3 x 3 with a stride of 2.",
      answer: shapesWith({
        size: (n, { f, stride, pad, filters }) =>
          filters === undefined ? Math.floor(n / f) : Math.floor((n + 2 * pad - f) / stride) + 1,
      }),
    },
    {
      says: "Every layer starts from the input in your answer. A layer starts from the shape that the one before it left.",
      answer: (input, layers) => layers.map((layer) => solution.shapesThrough(input, [layer])[0]),
    },
    {
      says: "The input's own shape is in the list. Return only the shapes after the layers, one for each.",
      answer: (input, layers) => [input, ...solution.shapesThrough(input, layers)],
    },
    {
      says: "The width follows the height in your answer. This image is not square.",
      answer: (input, layers) =>
        solution
          .shapesThrough(input, layers)
          .map(([height, , channels]) => [height, height, channels]),
    },
  ],
});

export const twin = exercise({
  id: "05.twin",
  title: "Two pictures that pooling cannot tell apart",
  minutes: 10,
  starter: `
function twin(x: Tensor, f: number): Tensor {
  const [m, height, width, channels] = x.shape; // [m, h, w, c]; f divides h and w
  // Return another batch of the same shape that f x f pooling (stride f) cannot tell from x: the same
  // maxima and the same averages. Something must change in each window whose values are not all equal.
  return yourCode();
}`,
  solution: solution.twin,
  tests: [
    twinTest("on one window of four different values", [1, 2, 2, 1], 2),
    twinTest("on nine windows", [1, 6, 6, 1], 2),
    twinTest("on a batch with channels, and windows of nine", [2, 6, 9, 3], 3),
    {
      title: "twin(x, 2) may leave windows of equal values as they are",
      async run(twin) {
        const x = full([1, 4, 4, 1], 7);
        expectIndistinguishable(await twin(x, 2), x, 2);
      },
    },
  ],
  hints: [
    "What does the maximum of a window not depend on? What does its average not depend on? Is there something that neither depends on?",
    "Neither sees the order of the values within a window. Which reordering of four different values leaves none of them where it was?",
    "Number the places of a window 0 to f² - 1 and let every value move on by one: the value at place k comes from place (k + 1) % (f * f). The window of a pixel starts at row - row % f and column - column % f.",
  ],
  wrongAnswers: [
    {
      says: "This is x itself. Pooling cannot tell it from x, true; but find another picture.",
      answer: (x) => x.clone(),
    },
    {
      says: "You turned the whole picture: the values have left their windows, and the pooled maps are turned as well. Reorder within each window.",
      answer: (x) => {
        const [, height, width] = x.shape;
        return fromFunction(x.shape, (i, row, column, c) =>
          x.get(i, height - 1 - row, width - 1 - column, c),
        );
      },
    },
    {
      says: "You mirrored the whole picture: left windows are now on the right. Mirror each window in its own place, or reorder it otherwise.",
      answer: (x) =>
        fromFunction(x.shape, (i, row, column, c) => x.get(i, row, x.shape[2] - 1 - column, c)),
    },
    {
      says: "The whole picture has moved by a pixel, so that values cross from one window into the next. Move them within their windows.",
      answer: (x) =>
        fromFunction(x.shape, (i, row, column, c) => x.get(i, row, (column + 1) % x.shape[2], c)),
    },
    {
      says: "Every window is filled with its largest value. The maxima are right, the averages are not.",
      answer: (x, f) => spread(solution.poolForward(x, { f, stride: f }, "max"), f),
    },
    {
      says: "Every window is filled with its average. The averages are right, the maxima are not.",
      answer: (x, f) => spread(solution.poolForward(x, { f, stride: f }, "average"), f),
    },
    {
      says: "You kept the largest value of each window and set the others to 0. The maxima are right, the averages are not.",
      answer: (x, f) => {
        const largest = spread(solution.poolForward(x, { f, stride: f }, "max"), f);
        return x.map((value, at) => (value === largest.data[at] ? value : 0));
      },
    },
    {
      says: "Something was added everywhere: both pooled maps show it.",
      answer: (x) => x.map((value) => value + 1),
    },
    {
      says: "Only the first window changed. The others must change too.",
      answer: (x, f) => {
        const changed = solution.twin(x, f);
        return fromFunction(x.shape, (i, row, column, c) =>
          (row < f && column < f ? changed : x).get(i, row, column, c),
        );
      },
    },
    {
      says: "Only the first channel changed. Each channel is pooled for itself, and has windows of its own.",
      answer: (x, f) => {
        const changed = solution.twin(x, f);
        return fromFunction(x.shape, (i, row, column, c) =>
          (c === 0 ? changed : x).get(i, row, column, c),
        );
      },
    },
    {
      says: "The channels have changed places. Pooling treats each for itself, so the pooled maps change places with them.",
      answer: (x) =>
        fromFunction(x.shape, (i, row, column, c) => x.get(i, row, column, x.shape[3] - 1 - c)),
    },
  ],
});

export const unmovedShare = exercise({
  id: "05.unmovedShare",
  title: "How much movement goes unnoticed?",
  minutes: 6,
  starter: `
function unmovedShare(f: number, down: number, right: number): number {
  // One bright pixel on black, in a place of its f x f window that is as likely as any other.
  // It moves by \`down\` rows and \`right\` columns (negative: up and to the left).
  // In what share of cases, 0 to 1, is the f x f max-pooled map (stride f) the same as before?
  return yourCode();
}`,
  solution: solution.unmovedShare,
  tests: [
    shareTest("when nothing has moved", [[2, 0, 0]]),
    shareTest("when the pixel moves one to the right", [[2, 0, 1]]),
    shareTest("when it moves one down and one to the right", [[2, 1, 1]]),
    shareTest("in larger windows", [
      [4, 1, 2],
      [7, 2, 2],
      [3, 1, 0],
    ]),
    shareTest("when it moves upwards or to the left", [
      [3, -1, 0],
      [5, 2, -3],
    ]),
    shareTest("when it moves as far as a window, or farther", [
      [2, 2, 0],
      [2, 3, 3],
      [3, 0, -4],
    ]),
  ],
  hints: [
    "Take f = 4 and one axis. The pixel stands at place 0, 1, 2 or 3 of its window and moves right by 1. From which of these places does it stay in the window?",
    "It stays from f - d of the f places, for d up to f. Rows and columns are independent of each other: what becomes of the two shares?",
    "Math.max(0, 1 - Math.abs(down) / f) times the same for `right`.",
  ],
  wrongAnswers: [
    {
      says: "You count every movement smaller than the window as unnoticed. That depends on where in its window the pixel stands: from the last column, one step is enough to leave it.",
      answer: (f, down, right) => (Math.abs(down) < f && Math.abs(right) < f ? 1 : 0),
    },
    {
      says: "This is the share of cases in which the map changes. You want the share in which it stays the same.",
      answer: (f, down, right) => 1 - solution.unmovedShare(f, down, right),
    },
    {
      says: "The share becomes negative, or two negative ones make a positive, when the pixel moves farther than the window is wide. Then it never stays: Math.max(0, ...).",
      answer: (f, down, right) => (1 - Math.abs(down) / f) * (1 - Math.abs(right) / f),
    },
    {
      says: "A movement upwards or to the left makes your share larger than 1. Only how far it goes counts: Math.abs.",
      answer: (f, down, right) => Math.max(0, 1 - down / f) * Math.max(0, 1 - right / f),
    },
    {
      says: "You take the smaller of the two shares. The pixel must stay in its row of windows and in its column of windows: the shares multiply.",
      answer: (f, down, right) =>
        Math.min(solution.unmovedShare(f, down, 0), solution.unmovedShare(f, 0, right)),
    },
    {
      says: "You take the two losses away from 1, and so count the cases twice in which both axes leave the window. The shares multiply.",
      answer: (f, down, right) => Math.max(0, 1 - (Math.abs(down) + Math.abs(right)) / f),
    },
    {
      says: "You measure the distance as the crow flies. Windows are squares: rows and columns each for itself.",
      answer: (f, down, right) => Math.max(0, 1 - Math.hypot(down, right) / f),
    },
    {
      says: "You divide by the f · f places of the window. Take the axes one by one: along each there are f places.",
      answer: (f, down, right) =>
        Math.max(0, 1 - Math.abs(down) / f ** 2) * Math.max(0, 1 - Math.abs(right) / f ** 2),
    },
  ],
});

export const globalAverage = exercise({
  id: "05.globalAverage",
  title: "Global average pooling",
  minutes: 4,
  starter: `
function globalAverage(x: Tensor): Tensor {
  const [m, height, width, channels] = x.shape; // [m, h, w, c]
  // The average of each channel over the whole image: [m, c].
  return yourCode();
}`,
  solution: solution.globalAverage,
  tests: [
    {
      title: "globalAverage(x) of a 2 x 2 image with two channels",
      async run(globalAverage) {
        const x = tensor([1, 10, 2, 20, 3, 30, 6, 60], [1, 2, 2, 2]); // [m, h, w, c]
        expectTensor(await globalAverage(x), tensor([[3, 30]]), { of: "globalAverage(x)" });
      },
    },
    {
      title: "globalAverage(x) of a 3 x 4 x 5 x 2 batch is [3, 2]",
      async run(globalAverage, { random }) {
        const x = randomIntegers([3, 4, 5, 2], -9, 99, random);
        expectTensor(await globalAverage(x), solution.globalAverage(x), { of: "globalAverage(x)" });
      },
    },
  ],
  hints: [
    "Which two of the four axes disappear? How many numbers go into one average?",
    "For each i and c, add x.get(i, row, column, c) over all rows and columns and divide by height * width.",
  ],
  wrongAnswers: [
    {
      says: "This is the sum of each channel. Divide by the number of its pixels.",
      answer: (x) => solution.globalAverage(x).map((mean) => mean * x.shape[1] * x.shape[2]),
    },
    {
      says: "Divided by the height alone. How many pixels has a channel?",
      answer: (x) => solution.globalAverage(x).map((mean) => mean * x.shape[2]),
    },
    {
      says: "You divide by the number of all values of an image, channels included. One average is made from one channel: height · width values.",
      answer: (x) => solution.globalAverage(x).map((mean) => mean / x.shape[3]),
    },
    {
      says: "This is the largest value of each channel: global max pooling. Here it is the average.",
      answer: (x) => {
        const [m, height, width, channels] = x.shape;
        return fromFunction([m, channels], (i, c) => {
          let largest = -Infinity;
          for (let row = 0; row < height; row++)
            for (let column = 0; column < width; column++)
              largest = Math.max(largest, x.get(i, row, column, c));
          return largest;
        });
      },
    },
    {
      says: "The channels are averaged, the places stay: [m, h, w]. It is the places that disappear, [m, c].",
      answer: (x) => {
        const [m, height, width, channels] = x.shape;
        return fromFunction([m, height, width], (i, row, column) => {
          let sum = 0;
          for (let c = 0; c < channels; c++) sum += x.get(i, row, column, c);
          return sum / channels;
        });
      },
    },
    {
      says: "The batch is averaged as well. Each image keeps its own averages: [m, c].",
      answer: (x) => {
        const averages = solution.globalAverage(x);
        const [m, channels] = averages.shape;
        return fromFunction([channels], (c) => {
          let sum = 0;
          for (let i = 0; i < m; i++) sum += averages.get(i, c);
          return sum / m;
        });
      },
    },
    {
      says: "The numbers are right, in a tensor of shape [m, 1, 1, c]. A dense layer wants [m, c].",
      answer: (x) => solution.globalAverage(x).reshape([x.shape[0], 1, 1, x.shape[3]]),
    },
  ],
});

/** A test of poolForward on small random integers; its card shows the window behind a wrong value. */
function poolTest(
  what: string,
  given: { shape: number[]; f: number; stride: number; mode: Mode; values?: [number, number] },
): ExerciseTest<PoolForward> {
  const { shape, f, stride, mode, values = [1, 9] } = given;
  const call = `poolForward(x, {f: ${f}, stride: ${stride}}, "${mode}")`;
  return {
    title: `${call} ${what}`,
    async run(poolForward, { random }) {
      const x = randomIntegers(shape, ...values, random); // [m, h, w, c]
      const expected = solution.poolForward(x, { f, stride }, mode);
      expectTensor(await poolForward(x, { f, stride }, mode), expected, {
        of: call,
        window: windowsOf(x, f, stride, mode),
      });
    },
  };
}

/** The window behind each value of a pooled map. */
function windowsOf(x: Tensor, f: number, stride: number, mode: Mode) {
  return ([i, row, column, c]: readonly number[]): ComputedFrom => ({
    patch: fromFunction([f, f], (down, right) =>
      x.get(i, row * stride + down, column * stride + right, c),
    ),
    caption: mode === "max" ? "the largest of the window" : "the average of the window",
  });
}

/** The part of x from its first corner on. */
function cropped(x: Tensor, shape: readonly number[]): Tensor {
  return fromFunction(shape, (...index) => x.get(...index));
}

/** All channels of each place pooled into one value, which fills `copies` channels. */
function overChannels(x: Tensor, mode: Mode, copies: number): Tensor {
  const [m, height, width, channels] = x.shape;
  return fromFunction([m, height, width, copies], (i, row, column) => {
    const values = Array.from({ length: channels }, (_, c) => x.get(i, row, column, c));
    return mode === "max"
      ? Math.max(...values)
      : values.reduce((sum, value) => sum + value, 0) / channels;
  });
}

function expectShapes(actual: unknown, input: number[], layers: Layer[]): void {
  const expected = solution.shapesThrough(input, layers);
  const call = `shapesThrough([${input.join(", ")}], layers)`;
  expectThat(Array.isArray(actual), `${call} must be a list of shapes, one for each layer.`);
  const lengths = `${call} must have one shape for each layer, ${expected.length} in all, got ${actual.length}.`;
  expectThat(actual.length === expected.length, lengths);
  for (const [i, { f, stride, filters }] of layers.entries()) {
    const kind = filters === undefined ? "pooling" : `convolution, ${filters} filters`;
    const of = `The shape after layer ${i + 1} (${f} x ${f} ${kind}, stride ${stride})`;
    expectNumbers(actual[i], expected[i], { of });
  }
}

/** What a layer does to a shape, so that one thing at a time can be got wrong. */
function shapesWith(mistake: {
  size?: (n: number, layer: Layer) => number;
  channels?: (channels: number, filters: number | undefined) => number;
}): ShapesThrough {
  const size = mistake.size ?? ((n, layer) => solution.shapesThrough([n, n, 1], [layer])[0][0]);
  const after = mistake.channels ?? ((channels, filters) => filters ?? channels);
  return (input, layers) => {
    let [height, width, channels] = input;
    return layers.map((layer) => {
      [height, width] = [size(height, layer), size(width, layer)];
      channels = after(channels, layer.filters);
      return [height, width, channels];
    });
  };
}

function twinTest(what: string, shape: number[], f: number): ExerciseTest<typeof solution.twin> {
  return {
    title: `twin(x, ${f}) ${what}`,
    async run(twin, { random }) {
      const x = randomIntegers(shape, 1, 99, random); // [m, h, w, c]
      const answer = await twin(x, f);
      expectIndistinguishable(answer, x, f);
      expectChangedWindows(answer, x, f);
    },
  };
}

function expectIndistinguishable(answer: unknown, x: Tensor, f: number): asserts answer is Tensor {
  const shape = `twin(x, ${f}) must be a tensor of the shape of x, [${x.shape.join(", ")}].`;
  expectThat(answer instanceof Tensor && answer.shape.join() === x.shape.join(), shape);
  for (const mode of ["max", "average"] as const) {
    const [yours, expected] = [answer, x].map((image) =>
      solution.poolForward(image, { f, stride: f }, mode),
    );
    const of = `The ${mode}-pooled map of twin(x, ${f})`;
    expectTensor(yours, expected, { of, window: windowsOf(x, f, f, mode) });
  }
}

function expectChangedWindows(answer: Tensor, x: Tensor, f: number): void {
  const changed = fromFunction(x.shape, (...index) =>
    answer.get(...index) === x.get(...index) ? 0 : 1,
  );
  const changes = solution.poolForward(changed, { f, stride: f }, "max");
  const largest = solution.poolForward(x, { f, stride: f }, "max");
  const average = solution.poolForward(x, { f, stride: f }, "average");
  const [m, rows, columns, channels] = changes.shape;
  for (let i = 0; i < m; i++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let c = 0; c < channels; c++) {
          const at = [i, row, column, c];
          const allEqual = largest.get(...at) === average.get(...at);
          expectThat(
            changes.get(...at) === 1 || allEqual,
            `Nothing has changed in the window that starts at [${[i, row * f, column * f, c].join(", ")}].`,
          );
        }
}

/** Each value of a pooled map in all places of its window. */
function spread(pooled: Tensor, f: number): Tensor {
  const [m, rows, columns, channels] = pooled.shape;
  return fromFunction([m, rows * f, columns * f, channels], (i, row, column, c) =>
    pooled.get(i, Math.floor(row / f), Math.floor(column / f), c),
  );
}

function shareTest(
  what: string,
  cases: [number, number, number][],
): ExerciseTest<typeof solution.unmovedShare> {
  return {
    title: `unmovedShare(${cases[0].join(", ")}) ${what}`,
    async run(unmovedShare) {
      for (const [f, down, right] of cases) {
        expectNumber(await unmovedShare(f, down, right), solution.unmovedShare(f, down, right), {
          of: `unmovedShare(${f}, ${down}, ${right})`,
        });
      }
    },
  };
}
