import {
  type ComputedFrom,
  exercise,
  type ExerciseTest,
  expectTensor,
  flipFilter,
  fromFunction,
  randomIntegers,
  type Tensor,
  zeros,
} from "convbook";
import { only } from "../../shared/only";
import { orZero } from "../../shared/orZero";
import { sideBySide } from "../../shared/sideBySide";
import * as solution from "../solution";

type ConvForward = typeof solution.convForward;
type ConvOptions = Parameters<ConvForward>[3];

/** What goes into a convolution layer, so that one thing at a time can be got wrong. */
interface Steps {
  /** How many outputs there are along an axis of length n, the other one being `across` long. */
  positions(n: number, f: number, stride: number, pad: number, across: number): number;
  /** Where the window of an output starts on the padded axis. */
  start(position: number, stride: number): number;
  /** How many zeros stand before the image. */
  before(pad: number): number;
  channels(cin: number): number;
  /** Which filter makes map c. */
  filter(c: number): number;
  /** Which weight meets the cell (down, right) of channel k. */
  weight(w: Tensor, down: number, right: number, k: number, c: number): number;
  /** Whether a row, or a column, is taken for one of the image. */
  isInside(at: number, n: number): boolean;
  /** What the sum of output (row, column) starts with. */
  first(bias: number, before: number): number;
  image(i: number): number;
  /** What is read outside of the image. */
  outside(aPrev: Tensor, i: number, y: number, x: number, k: number): number;
}

const RIGHT: Steps = {
  positions: (n, f, stride, pad) => Math.floor((n + 2 * pad - f) / stride) + 1,
  start: (position, stride) => position * stride,
  before: (pad) => pad,
  channels: (cin) => cin,
  filter: (c) => c,
  weight: (w, down, right, k, c) => w.get(down, right, k, c),
  isInside: (at, n) => at >= 0 && at < n,
  first: (bias) => bias,
  image: (i) => i,
  outside: () => 0,
};

export const convForward = exercise({
  id: "04.convForward",
  title: "A convolution layer",
  minutes: 18,
  task: "Write `convForward(aPrev, w, b, { stride, pad })`: slide each filter of w, [f, f, cin, cout], over each image of aPrev, [m, h, w, cin], with `pad` zeros around it, and add the filter's bias from b, [cout], at every position. The result is [m, oh, ow, cout].",
  example: `
const aPrev = tensor([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
const w = tensor([1, 10, 100, 1000], [2, 2, 1, 1]);
convForward(aPrev, w, tensor([7]), { stride: 2, pad: 1 })
// → [[1007, 3207],
//    [47, 72]]`,
  starter: `
function convForward(
  aPrev: Tensor, // [m, h, w, cin]
  w: Tensor, // [f, f, cin, cout]
  b: Tensor, // [cout]
  { stride, pad }: { stride: number; pad: number },
): Tensor {
  const [m, height, width, channels] = aPrev.shape;
  const [f, , , filters] = w.shape;
  // useful: zeros([...]), z.set(value, i, row, column, c); a pixel outside the image counts as 0
  return yourCode();
}`,
  solution: solution.convForward,
  tests: [
    layerTest("on a 4 x 4 image gives 3 x 3 values", {
      image: [1, 4, 4, 1],
      filter: [2, 2, 1, 1],
      options: { stride: 1, pad: 0 },
    }),
    layerTest("on a 6 x 7 image gives 2 x 3 values", {
      image: [1, 6, 7, 1],
      filter: [3, 3, 1, 1],
      options: { stride: 2, pad: 0 },
    }),
    layerTest("on a 3 x 4 image keeps its size", {
      image: [1, 3, 4, 1],
      filter: [3, 3, 1, 1],
      options: { stride: 1, pad: 1 },
    }),
    layerTest("with four filters on three channels gives four maps", {
      image: [1, 5, 4, 3],
      filter: [2, 2, 3, 4],
      options: { stride: 2, pad: 1 },
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
      says: "The stride is missing in the size: n + 2·pad - f + 1 positions are those of stride 1. After them your windows leave the image.",
      answer: convolveWith({ positions: (n, f, _, pad) => n + 2 * pad - f + 1 }),
    },
    {
      says: "The padding is missing in the size: the padded axis is n + 2·pad long. The windows are right, but the last ones are left out.",
      answer: convolveWith({
        positions: (n, f, stride) => Math.floor((n - f) / stride) + 1,
      }),
    },
    {
      says: "You take the height for both axes: your maps have as many columns as rows. The number of columns comes from the width.",
      answer: heightForBoth,
    },
    {
      says: "Height and width have changed places in the size of your maps.",
      answer: convolveWith({
        positions: (_, f, stride, pad, across) => RIGHT.positions(across, f, stride, pad, across),
      }),
    },
    {
      says: "All your maps come from the first image of the batch: aPrev.get(i, ...), with the output's own i.",
      answer: convolveWith({ image: () => 0 }),
    },
    {
      says: "Rows and columns of the filter have changed places: the cell (down, right) of the window meets the weight w.get(down, right, k, c).",
      answer: convolveWith({ weight: (w, down, right, k, c) => w.get(right, down, k, c) }),
    },
    {
      says: "The last two axes of w have changed places: w is [f, f, cin, cout], so that the weight is w.get(down, right, k, c).",
      answer: convolveWith({ weight: (w, down, right, k, c) => w.get(down, right, c, k) }),
    },
    {
      says: "The first row and the first column of each image count as padding: 0 is inside. A `>` where `>=` should be.",
      answer: convolveWith({ isInside: (at, n) => at > 0 && at < n }),
    },
    {
      says: "The last row and the last column of each image count as padding: n - 1 is inside.",
      answer: convolveWith({ isInside: (at, n) => at >= 0 && at < n - 1 }),
    },
    {
      says: "The sum is never set back: each output adds to all those before it. Where must `let sum = ...` stand?",
      answer: convolveWith({ first: (bias, before) => before + bias }),
    },
    {
      says: "The sum is never set back, and starts from the first bias: each output adds its products to all those before it. Where must `let sum = b.get(c)` stand?",
      answer: convolveWith({ first: (bias, before) => before || bias }),
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
      answer: (aPrev, w, b, options) => only(solution.convForward(aPrev, w, b, options), 0, 0),
    },
    {
      says: "Your filters are turned by 180 degrees, as in the convolution of mathematics. A layer of a network does not flip them.",
      answer: (aPrev, w, b, options) => solution.convForward(aPrev, flipFilter(w), b, options),
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
  const [f, , channels] = w.shape;
  const layout = channels > 1 ? `${channels} channels side by side, ` : "";
  return {
    patch: sideBySide(f, channels, (down, right, k) =>
      orZero(aPrev, i, row * stride + down - pad, column * stride + right - pad, k),
    ),
    filter: sideBySide(f, channels, (down, right, k) => w.get(down, right, k, c)),
    caption: `${layout}the products added up, plus bias ${b.get(c)}`,
  };
}

/** As many columns as there are rows. */
function heightForBoth(...[aPrev, w, b, options]: Parameters<ConvForward>): Tensor {
  const [, height, width] = aPrev.shape;
  return convolveWith({
    positions: (n, f, stride, pad, across) =>
      RIGHT.positions(n === width && across === height ? height : n, f, stride, pad, across),
  })(aPrev, w, b, options);
}

function convolveWith(mistake: Partial<Steps>): ConvForward {
  const steps: Steps = { ...RIGHT, ...mistake };
  return (aPrev, w, b, { stride, pad }) => {
    const [m, height, width, cin] = aPrev.shape; // [m, h, w, cin]
    const [f, , , cout] = w.shape; // [f, f, cin, cout]
    const rows = steps.positions(height, f, stride, pad, width);
    const columns = steps.positions(width, f, stride, pad, height);
    let before = 0;
    return fromFunction([m, rows, columns, cout], (i, row, column, c) => {
      const top = steps.start(row, stride) - steps.before(pad);
      const left = steps.start(column, stride) - steps.before(pad);
      let sum = steps.first(b.get(steps.filter(c)), before);
      for (let y = top; y < top + f; y++)
        for (let x = left; x < left + f; x++)
          for (let k = 0; k < steps.channels(cin); k++) {
            const inside = steps.isInside(y, height) && steps.isInside(x, width);
            const value = inside
              ? orZero(aPrev, steps.image(i), y, x, k)
              : steps.outside(aPrev, i, y, x, k);
            sum += value * steps.weight(w, y - top, x - left, k, steps.filter(c));
          }
      before = sum;
      return sum;
    });
  };
}
