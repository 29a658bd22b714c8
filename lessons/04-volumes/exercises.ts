import {
  type ComputedFrom,
  exercise,
  type ExerciseTest,
  expectNumber,
  expectNumbers,
  expectTensor,
  fromFunction,
  type Random,
  randomIntegers,
  type Tensor,
  tensor,
  zeros,
} from "convbook";
import * as solution from "./solution";

type ConvForward = typeof solution.convForward;
type ConvOptions = Parameters<ConvForward>[3];

/** What goes into a convolution layer, so that one thing at a time can be got wrong. */
interface Steps {
  /** How many outputs there are along an axis of length n. */
  positions(n: number, f: number, stride: number, pad: number): number;
  /** Where the window of an output starts on the padded axis. */
  start(position: number, stride: number): number;
  /** How many zeros stand before the image. */
  before(pad: number): number;
  channels(cin: number): number;
  /** Which filter makes map c. */
  filter(c: number): number;
  /** What is read outside of the image. */
  outside(aPrev: Tensor, i: number, y: number, x: number, k: number): number;
}

const RIGHT: Steps = {
  positions: (n, f, stride, pad) => Math.floor((n + 2 * pad - f) / stride) + 1,
  start: (position, stride) => position * stride,
  before: (pad) => pad,
  channels: (cin) => cin,
  filter: (c) => c,
  outside: () => 0,
};

export const convSingleStep = exercise({
  id: "04.convSingleStep",
  title: "One filter on one window",
  minutes: 4,
  starter: `
function convSingleStep(window: Tensor, w: Tensor, b: number): number {
  // window and w have the same shape, [f, f, cin]: rows, columns, channels.
  // Multiply cell by cell, add everything up, and add the bias b.
  return yourCode();
}`,
  solution: solution.convSingleStep,
  tests: [
    {
      title: "convSingleStep(window, w, 2) on a 2 x 2 x 1 window is 1·1 - 4·1 + 2 = -1",
      async run(convSingleStep) {
        const window = tensor([1, 2, 3, 4], [2, 2, 1]); // [f, f, cin]
        const w = tensor([1, 0, 0, -1], [2, 2, 1]);
        expectNumber(await convSingleStep(window, w, 2), -1, {
          of: "convSingleStep(window, w, 2)",
        });
      },
    },
    {
      title: "convSingleStep(window, w, b) on a 3 x 3 x 3 window adds up 27 products",
      async run(convSingleStep, { random }) {
        const window = randomIntegers([3, 3, 3], 1, 9, random);
        const w = randomIntegers([3, 3, 3], 1, 4, random);
        expectNumber(await convSingleStep(window, w, 5), solution.convSingleStep(window, w, 5), {
          of: "convSingleStep(window, w, 5)",
        });
      },
    },
    {
      title: "convSingleStep(window, w, b) on a 5 x 5 x 2 window with weights of both signs",
      async run(convSingleStep, { random }) {
        const window = randomIntegers([5, 5, 2], 1, 9, random);
        const w = randomIntegers([5, 5, 2], -4, 4, random);
        expectNumber(await convSingleStep(window, w, -7), solution.convSingleStep(window, w, -7), {
          of: "convSingleStep(window, w, -7)",
        });
      },
    },
  ],
  hints: [
    "How many products are there for a window of shape [3, 3, 3]? And how many numbers come out?",
    "Three loops, over row, column and channel, and one sum that all of them add to. The bias belongs to the filter: how often is it added?",
    "let sum = b; then, in the loops, sum += window.get(row, column, k) * w.get(row, column, k).",
  ],
  wrongAnswers: [
    {
      says: "The bias is missing: this is the sum of the products alone.",
      answer: (window, w) => solution.convSingleStep(window, w, 0),
    },
    {
      says: "The bias is added once for every cell of the window. It stands outside the sum: one filter, one bias, added once.",
      answer: (window, w, b) => solution.convSingleStep(window, w, b * window.size),
    },
    {
      says: "The sum is multiplied by the bias. A bias shifts the result: it is added.",
      answer: (window, w, b) => solution.convSingleStep(window, w, 0) * b,
    },
    {
      says: "Only the first channel was counted. The window is a box: its third axis has weights of its own. Which loop goes along it?",
      answer: (window, w, b) => {
        let sum = b;
        for (let row = 0; row < window.shape[0]; row++)
          for (let column = 0; column < window.shape[1]; column++)
            sum += window.get(row, column, 0) * w.get(row, column, 0);
        return sum;
      },
    },
    {
      says: "All channels are multiplied by the weights of the first one. Here the filter has weights for each channel: w.get(row, column, k).",
      answer: (window, w, b) =>
        solution.convSingleStep(
          window,
          fromFunction(w.shape, (row, column) => w.get(row, column, 0)),
          b,
        ),
    },
    {
      says: "Your filter is turned by 180 degrees, as in the convolution of mathematics. A layer of a network does not flip it: the first weight meets the first cell.",
      answer: (window, w, b) => {
        const f = w.shape[0];
        const flipped = fromFunction(w.shape, (row, column, k) =>
          w.get(f - 1 - row, f - 1 - column, k),
        );
        return solution.convSingleStep(window, flipped, b);
      },
    },
    {
      says: "Rows and columns of the filter have changed places: the window's cell (row, column) meets the weight (column, row).",
      answer: (window, w, b) => solution.convSingleStep(window, w.transpose([1, 0, 2]), b),
    },
    {
      says: "You add up the window and the filter each for itself and multiply the two sums. First multiply cell by cell, then add.",
      answer: (window, w, b) => window.sum() * w.sum() + b,
    },
    {
      says: "This is the mean of the products. A convolution sums; only a filter with weights of 1/9, say, makes a mean of it.",
      answer: (window, w, b) => solution.convSingleStep(window, w, 0) / window.size + b,
    },
  ],
});

export const convForward = exercise({
  id: "04.convForward",
  title: "A convolution layer",
  minutes: 18,
  starter: `
function convForward(
  aPrev: Tensor, // [m, h, w, cin]
  w: Tensor, // [f, f, cin, cout]
  b: Tensor, // [cout]
  { stride, pad }: { stride: number; pad: number },
): Tensor {
  const [m, height, width, channels] = aPrev.shape;
  const [f, , , filters] = w.shape;
  // Work out the size of the output and make z = zeros([...]). Then set each of its values with
  // z.set(value, i, row, column, c). A pixel outside the image counts as 0.
  return yourCode();
}`,
  solution: solution.convForward,
  tests: [
    layerTest("on a 4 x 4 image gives 3 x 3 values", {
      image: [1, 4, 4, 1],
      filter: [2, 2, 1, 1],
      options: { stride: 1, pad: 0 },
    }),
    layerTest("on a 5 x 7 image gives 2 x 3 values", {
      image: [1, 5, 7, 1],
      filter: [3, 3, 1, 1],
      options: { stride: 2, pad: 0 },
    }),
    layerTest("on a 3 x 4 image keeps its size", {
      image: [1, 3, 4, 1],
      filter: [3, 3, 1, 1],
      options: { stride: 1, pad: 1 },
    }),
    layerTest("with four filters on three channels gives four maps", {
      image: [1, 5, 5, 3],
      filter: [2, 2, 3, 4],
      options: { stride: 1, pad: 0 },
    }),
    layerTest("on a batch of two, with everything at once", {
      image: [2, 6, 7, 2],
      filter: [3, 3, 2, 3],
      options: { stride: 2, pad: 1 },
    }),
  ],
  hints: [
    "How large is the output? n + 2·pad is the length of the padded axis, and the last position counts too. Test it by hand: n = 5, f = 3, stride 2, no padding, gives 2.",
    "Four loops fill the output, over i, row, column and c. What is one value? The sum that you wrote for a single step. Where does the window of output (row, column) start in the image?",
    "The window of output (row, column) starts at row · stride - pad and column · stride - pad, which may be negative: a cell outside the image has the value 0, so that its product can be left out.",
    "Inside the four loops: sum = b.get(c), then three more, over down, right and k. With y = row * stride + down - pad and x = column * stride + right - pad, where both are inside: sum += aPrev.get(i, y, x, k) * w.get(down, right, k, c).",
  ],
  wrongAnswers: [
    {
      says: "The windows start at row and column, not at row · stride and column · stride. The size is right, but all the windows crowd in the top left corner.",
      answer: convolveWith({ start: (position) => position }),
    },
    {
      says: "The stride is left out: you compute every position. With a stride of 2 only every second one is wanted.",
      answer: (aPrev, w, b, { pad }) => solution.convForward(aPrev, w, b, { stride: 1, pad }),
    },
    {
      says: "The padding is left out: with pad = 1 there is a ring of zeros around each image, and the output is larger.",
      answer: (aPrev, w, b, { stride }) => solution.convForward(aPrev, w, b, { stride, pad: 0 }),
    },
    {
      says: "The size counts the padding, but the windows start inside the image: the zeros are all below and to the right. The first window starts at row -pad.",
      answer: convolveWith({ before: () => 0 }),
    },
    {
      says: "The padding is counted once along each axis. There are zeros on both sides: n + 2 · pad.",
      answer: convolveWith({
        positions: (n, f, stride, pad) => Math.floor((n + pad - f) / stride) + 1,
      }),
    },
    {
      says: "There is one position too few along each axis. (n + 2·pad - f) / stride is the number of steps; the position before the first step counts too.",
      answer: convolveWith({
        positions: (n, f, stride, pad) => Math.floor((n + 2 * pad - f) / stride),
      }),
    },
    {
      says: "The output size is rounded up, so that a last window hangs over the end. A convolution rounds down: only whole windows count.",
      answer: convolveWith({
        positions: (n, f, stride, pad) => Math.ceil((n + 2 * pad - f) / stride) + 1,
      }),
    },
    {
      says: "Only the first channel of the input is used. Each filter goes through all of them: one more loop, over k, inside the sum.",
      answer: convolveWith({ channels: () => 1 }),
    },
    {
      says: "Only the first filter is at work, all maps are alike. The last axis of w, [f, f, cin, cout], counts the filters.",
      answer: convolveWith({ filter: () => 0 }),
    },
    {
      says: "The bias is missing. b holds one number for each filter, and it is added to the filter's whole map.",
      answer: (aPrev, w, b, options) => solution.convForward(aPrev, w, zeros(b.shape), options),
    },
    {
      says: "The bias of the first filter is added to all maps. Each filter has its own: b.get(c).",
      answer: (aPrev, w, b, options) =>
        solution.convForward(
          aPrev,
          w,
          fromFunction(b.shape, () => b.get(0)),
          options,
        ),
    },
    {
      says: "The bias is added for every cell of the window: it stands inside the inner loops. One output value gets it once.",
      answer: (aPrev, w, b, options) => {
        const [f, , channels] = w.shape;
        return solution.convForward(
          aPrev,
          w,
          b.map((value) => value * f * f * channels),
          options,
        );
      },
    },
    {
      says: "The bias is added once for each input channel. The products of all channels belong to one sum, and that sum gets the bias once.",
      answer: (aPrev, w, b, options) =>
        solution.convForward(
          aPrev,
          w,
          b.map((value) => value * w.shape[2]),
          options,
        ),
    },
    {
      says: "Only the first image of the batch was convolved, the others are zero. What does the first axis of [m, h, w, c] count?",
      answer: (aPrev, w, b, options) => {
        const z = solution.convForward(aPrev, w, b, options);
        return fromFunction(z.shape, (i, row, column, c) =>
          i === 0 ? z.get(i, row, column, c) : 0,
        );
      },
    },
    {
      says: "Your filters are turned by 180 degrees, as in the convolution of mathematics. A layer of a network does not flip them.",
      answer: (aPrev, w, b, options) => {
        const f = w.shape[0];
        const flipped = fromFunction(w.shape, (down, right, k, c) =>
          w.get(f - 1 - down, f - 1 - right, k, c),
        );
        return solution.convForward(aPrev, flipped, b, options);
      },
    },
    {
      says: "Rows and columns have changed places in the output. Its shape is [m, rows, columns, cout], in the order of the input.",
      answer: (aPrev, w, b, options) =>
        solution.convForward(aPrev, w, b, options).transpose([0, 2, 1, 3]),
    },
    {
      says: "Your window reaches over the edge of the image, and `aPrev.get` refuses. There is padding: what stands outside is 0. Ask whether the cell is inside before you read it.",
      answer: convolveWith({ outside: (aPrev, i, y, x, k) => aPrev.get(i, y, x, k) }),
    },
  ],
});

export const parameterCounts = exercise({
  id: "04.parameterCounts",
  title: "What is there to learn?",
  minutes: 5,
  starter: `
function parameterCounts(input: [number, number, number], f: number, filters: number): [number, number] {
  const [height, width, channels] = input;
  // A convolution layer with f x f filters (stride 1, no padding) turns this volume into another.
  // Return [its weights and biases, those of a dense layer from the same input to the same output].
  return yourCode();
}`,
  solution: solution.parameterCounts,
  tests: [
    {
      title: "parameterCounts([32, 32, 1], 5, 6), LeNet-5's first layer, is [156, 4821600]",
      async run(parameterCounts) {
        expectNumbers(await parameterCounts([32, 32, 1], 5, 6), [156, 4_821_600], {
          of: "parameterCounts([32, 32, 1], 5, 6)",
        });
      },
    },
    {
      title: "parameterCounts([32, 32, 3], 5, 6), the same in colour",
      async run(parameterCounts) {
        expectNumbers(
          await parameterCounts([32, 32, 3], 5, 6),
          solution.parameterCounts([32, 32, 3], 5, 6),
          { of: "parameterCounts([32, 32, 3], 5, 6)" },
        );
      },
    },
    {
      title: "parameterCounts([h, w, c], f, filters) for ten random layers",
      async run(parameterCounts, { random }) {
        for (let trial = 0; trial < 10; trial++) {
          const input = [0, 0, 0].map(() => random.integer(4, 30)) as [number, number, number];
          const [f, filters] = [random.integer(1, 4), random.integer(2, 20)];
          expectNumbers(
            await parameterCounts(input, f, filters),
            solution.parameterCounts(input, f, filters),
            { of: `parameterCounts([${input.join(", ")}], ${f}, ${filters})` },
          );
        }
      },
    },
  ],
  hints: [
    "How many weights has a single filter? It is a box: f by f by what? And how many biases has it?",
    "In a dense layer each output has a weight for every input, and a bias. How many inputs are there, and how many outputs? The output of the convolution is a volume: what is its height?",
    "The output has (height - f + 1) · (width - f + 1) · filters values. So the dense layer has (height · width · channels + 1) times that many; the convolution (f · f · channels + 1) · filters.",
  ],
  wrongAnswers: [
    {
      says: "The convolution is counted as if there were one input channel. A filter is as deep as its input: f · f · channels weights, and a bias.",
      answer: (input, f, filters) => [
        (f * f + 1) * filters,
        solution.parameterCounts(input, f, filters)[1],
      ],
    },
    {
      says: "The biases are missing in both layers: one for each filter in the convolution, one for each output in the dense layer.",
      answer: ([height, width, channels], f, filters) => [
        f * f * channels * filters,
        height * width * channels * (height - f + 1) * (width - f + 1) * filters,
      ],
    },
    {
      says: "The biases of the convolution are missing: one for each filter.",
      answer: (input, f, filters) => [
        f * f * input[2] * filters,
        solution.parameterCounts(input, f, filters)[1],
      ],
    },
    {
      says: "The biases of the dense layer are missing: it has one for each output value.",
      answer: ([height, width, channels], f, filters) => [
        (f * f * channels + 1) * filters,
        height * width * channels * (height - f + 1) * (width - f + 1) * filters,
      ],
    },
    {
      says: "You give the convolution a bias for each input channel of each filter. The channels end in one sum: one filter, one bias.",
      answer: (input, f, filters) => [
        (f * f + 1) * input[2] * filters,
        solution.parameterCounts(input, f, filters)[1],
      ],
    },
    {
      says: "You count the weights of a filter anew at every position. They are the same ones everywhere: that is what makes it a convolution.",
      answer: ([height, width, channels], f, filters) => {
        const outputs = (height - f + 1) * (width - f + 1) * filters;
        return [(f * f * channels + 1) * outputs, (height * width * channels + 1) * outputs];
      },
    },
    {
      says: "Your dense layer has one output for each filter. To take the place of the convolution it must give all the values of the output volume.",
      answer: ([height, width, channels], f, filters) => [
        (f * f * channels + 1) * filters,
        (height * width * channels + 1) * filters,
      ],
    },
    {
      says: "Your dense layer gives maps as large as the input. Without padding, how high is the output of an f x f filter?",
      answer: ([height, width, channels], f, filters) => [
        (f * f * channels + 1) * filters,
        (height * width * channels + 1) * height * width * filters,
      ],
    },
    {
      says: "Both numbers are right, in the wrong order: the convolution comes first.",
      answer: (input, f, filters) => {
        const [convolution, dense] = solution.parameterCounts(input, f, filters);
        return [dense, convolution];
      },
    },
  ],
});

export const equivarianceError = exercise({
  id: "04.equivarianceError",
  title: "Does the map move with the picture?",
  minutes: 8,
  starter: `
function equivarianceError(map: Tensor, movedMap: Tensor, rows: number): number {
  const [m, height, width, channels] = map.shape; // [m, h, w, c], as movedMap
  // map is what a layer made of a picture, movedMap what it made of the picture moved down.
  // If map had moved down by \`rows\` (0 or more), the two would agree. Return the largest absolute
  // difference, over all places where both the map that moved down and movedMap have a value.
  return yourCode();
}`,
  solution: solution.equivarianceError,
  tests: [
    {
      title: "equivarianceError(map, movedMap, 1) is 0 when the map has moved down by one row",
      async run(equivarianceError) {
        const map = tensor([1, 2, 3, 4, 5, 6], [1, 3, 2, 1]); // [m, h, w, c]
        const movedMap = tensor([9, 9, 1, 2, 3, 4], [1, 3, 2, 1]);
        expectNumber(await equivarianceError(map, movedMap, 1), 0, {
          of: "equivarianceError([[1, 2], [3, 4], [5, 6]], [[9, 9], [1, 2], [3, 4]], 1)",
        });
      },
    },
    {
      title: "equivarianceError(map, movedMap, 1) is 5 when one value has become smaller by 5",
      async run(equivarianceError) {
        const map = tensor([1, 2, 3, 4, 5, 6], [1, 3, 2, 1]);
        const movedMap = tensor([9, 9, 1, 2, -2, 4], [1, 3, 2, 1]);
        expectNumber(await equivarianceError(map, movedMap, 1), 5, {
          of: "equivarianceError([[1, 2], [3, 4], [5, 6]], [[9, 9], [1, 2], [-2, 4]], 1)",
        });
      },
    },
    {
      title: "equivarianceError(map, movedMap, 2) of a convolution is 0",
      async run(equivarianceError, { random }) {
        const picture = randomIntegers([1, 9, 6, 1], 1, 9, random); // [m, h, w, c]
        const moved = movedDown(picture, 2, random);
        const w = randomIntegers([3, 3, 1, 2], -3, 3, random);
        const layer = (x: Tensor): Tensor =>
          solution.convForward(x, w, zeros([2]), { stride: 1, pad: 0 });
        expectNumber(await equivarianceError(layer(picture), layer(moved), 2), 0, {
          of: "equivarianceError(layer(picture), layer(moved), 2)",
        });
      },
    },
    {
      title: "equivarianceError(map, movedMap, rows) of two unrelated batches, for rows 0 to 3",
      async run(equivarianceError, { random }) {
        const map = randomIntegers([2, 5, 3, 4], -99, 99, random);
        const movedMap = randomIntegers([2, 5, 3, 4], -99, 99, random);
        for (const rows of [0, 1, 2, 3]) {
          expectNumber(
            await equivarianceError(map, movedMap, rows),
            solution.equivarianceError(map, movedMap, rows),
            { of: `equivarianceError(map, movedMap, ${rows})` },
          );
        }
      },
    },
  ],
  hints: [
    "The picture moved down by one row. What stood in row 0 of the map: in which row of movedMap is it to be found?",
    "Compare movedMap at row + rows with map at row. For which rows do both exist? What has come in at the top of movedMap has nothing to be compared with.",
    "Start with worst = 0. In four loops, with row + rows < height: worst = Math.max(worst, Math.abs(movedMap.get(i, row + rows, column, c) - map.get(i, row, column, c))).",
  ],
  wrongAnswers: [
    {
      says: "You compare the two maps in place, as if nothing had moved. That would measure invariance; here the map is expected to move by `rows`.",
      answer: (map, movedMap) => solution.equivarianceError(map, movedMap, 0),
    },
    {
      says: "You look in the wrong direction: the picture moved down, so what was at row 0 is now at row `rows`.",
      answer: (map, movedMap, rows) => solution.equivarianceError(movedMap, map, rows),
    },
    {
      says: "What falls out at the bottom comes in again at the top in your code. The new rows at the top show something that was not in the picture before: leave them out.",
      answer: (map, movedMap, rows) => {
        const height = map.shape[1];
        const rolled = fromFunction(map.shape, (i, row, column, c) =>
          map.get(i, (row - rows + height) % height, column, c),
        );
        return differences(rolled, movedMap, 0).map(Math.abs).max();
      },
    },
    {
      says: "The rows that came in at the top are compared with 0. They show something that the first map knows nothing of: leave them out.",
      answer: (map, movedMap, rows) => {
        const filled = fromFunction(map.shape, (i, row, column, c) =>
          row < rows ? 0 : map.get(i, row - rows, column, c),
        );
        return differences(filled, movedMap, 0).map(Math.abs).max();
      },
    },
    {
      says: "You take the largest difference without its sign: a value that is too small by 5 counts as better than one that is right. Math.abs makes both count.",
      answer: (map, movedMap, rows) => differences(map, movedMap, rows).max(),
    },
    {
      says: "Only the first channel is compared. Every map of the layer has to move.",
      answer: (map, movedMap, rows) =>
        solution.equivarianceError(firstOf(map, 3), firstOf(movedMap, 3), rows),
    },
    {
      says: "Only the first image of the batch is compared.",
      answer: (map, movedMap, rows) =>
        solution.equivarianceError(firstOf(map, 0), firstOf(movedMap, 0), rows),
    },
    {
      says: "You move the map to the right. `rows` is a number of rows: the second axis of [m, h, w, c].",
      answer: (map, movedMap, rows) =>
        solution.equivarianceError(
          map.transpose([0, 2, 1, 3]),
          movedMap.transpose([0, 2, 1, 3]),
          rows,
        ),
    },
    {
      says: "This is the mean of the differences. One wrong value among many hides in a mean; the question is for the largest.",
      answer: (map, movedMap, rows) => differences(map, movedMap, rows).map(Math.abs).mean(),
    },
  ],
});

/** A test of convForward on small random integers; its card shows the window behind a wrong value. */
function layerTest(
  what: string,
  { image, filter, options }: { image: number[]; filter: number[]; options: ConvOptions },
): ExerciseTest<ConvForward> {
  const call = `convForward(x, w, b, {stride: ${options.stride}, pad: ${options.pad}})`;
  return {
    title: `${call} ${what}`,
    async run(convForward, { random }) {
      const x = randomIntegers(image, 1, 9, random); // [m, h, w, cin]
      const w = randomIntegers(filter, -3, 3, random); // [f, f, cin, cout]
      const b = fromFunction([filter[3]], (c) => 10 * (c + 1)); // [cout]
      expectTensor(await convForward(x, w, b, options), solution.convForward(x, w, b, options), {
        of: call,
        window: (index) => windowBehind(x, w, b, options, index),
      });
    },
  };
}

/** The patch and the filter behind one output value, their channels laid side by side. */
function windowBehind(
  aPrev: Tensor,
  w: Tensor,
  b: Tensor,
  { stride, pad }: ConvOptions,
  [i, row, column, c]: readonly number[],
): ComputedFrom {
  const [, height, width] = aPrev.shape;
  const [f, , channels] = w.shape;
  const sideBySide = (value: (down: number, right: number, k: number) => number): Tensor =>
    fromFunction([f, f * channels], (down, at) => value(down, at % f, Math.floor(at / f)));
  const patch = sideBySide((down, right, k) => {
    const [y, x] = [row * stride + down - pad, column * stride + right - pad];
    return y < 0 || y >= height || x < 0 || x >= width ? 0 : aPrev.get(i, y, x, k);
  });
  const layout = channels > 1 ? `${channels} channels side by side, ` : "";
  return {
    patch,
    filter: sideBySide((down, right, k) => w.get(down, right, k, c)),
    caption: `${layout}the products added up, plus bias ${b.get(c)}`,
  };
}

function convolveWith(mistake: Partial<Steps>): ConvForward {
  const steps: Steps = { ...RIGHT, ...mistake };
  return (aPrev, w, b, { stride, pad }) => {
    const [m, height, width, cin] = aPrev.shape; // [m, h, w, cin]
    const [f, , , cout] = w.shape; // [f, f, cin, cout]
    const rows = steps.positions(height, f, stride, pad);
    const columns = steps.positions(width, f, stride, pad);
    return fromFunction([m, rows, columns, cout], (i, row, column, c) => {
      const top = steps.start(row, stride) - steps.before(pad);
      const left = steps.start(column, stride) - steps.before(pad);
      let sum = b.get(steps.filter(c));
      for (let y = top; y < top + f; y++)
        for (let x = left; x < left + f; x++)
          for (let k = 0; k < steps.channels(cin); k++) {
            const inside = y >= 0 && y < height && x >= 0 && x < width;
            const value = inside ? aPrev.get(i, y, x, k) : steps.outside(aPrev, i, y, x, k);
            sum += value * w.get(y - top, x - left, k, steps.filter(c));
          }
      return sum;
    });
  };
}

/** The picture moved down; what comes in at the top is new. */
function movedDown(x: Tensor, rows: number, random: Random): Tensor {
  return fromFunction(x.shape, (i, row, column, c) =>
    row < rows ? random.integer(1, 9) : x.get(i, row - rows, column, c),
  );
}

/** Each value of movedMap less the value of map that stood `rows` above it. */
function differences(map: Tensor, movedMap: Tensor, rows: number): Tensor {
  const [m, height, width, channels] = map.shape;
  return fromFunction(
    [m, height - rows, width, channels],
    (i, row, column, c) => movedMap.get(i, row + rows, column, c) - map.get(i, row, column, c),
  );
}

/** The first entry along one axis, which stays. */
function firstOf(x: Tensor, axis: number): Tensor {
  return fromFunction(
    x.shape.map((n, i) => (i === axis ? 1 : n)),
    (...index) => x.get(...index),
  );
}
