import {
  type ComputedFrom,
  conv2d,
  conv2dBackward,
  convBackward as libraryConvBackward,
  type ConvCache,
  describe,
  exercise,
  type ExerciseTest,
  expectNumber,
  expectTensor,
  expectThat,
  flipFilter,
  fromFunction,
  outputSize,
  permutation,
  poolBackward as libraryPoolBackward,
  type PoolCache,
  type PoolMode,
  type Random,
  randomIntegers,
  randomNormal,
  Tensor,
  tensor,
  zeroPad,
  zeros,
} from "convbook";
import * as solution from "./solution";

type ConvBackward = typeof solution.convBackward;
type ConvGradients = ReturnType<ConvBackward>;
type GradientCheck = typeof solution.gradientCheck;
type Mask = typeof solution.createMaskFromWindow;
type PoolBackward = typeof solution.poolBackward;

/** The steps of poolBackward, so that one thing at a time can be got wrong. */
interface PoolSteps {
  /** Where the window of an output starts. */
  start(position: number, parameters: PoolCache["parameters"]): number;
  maximum(window: Tensor, slope: number): Tensor;
  average(slope: number, f: number): Tensor;
  /** What stands at a pixel once a window has sent its share. */
  put(before: number, share: number, mode: PoolMode): number;
}

const RIGHT: PoolSteps = {
  start: (position, { stride }) => position * stride,
  maximum: (window, slope) => solution.createMaskFromWindow(window).map((one) => one * slope),
  average: (slope, f) => solution.distributeValue(slope, [f, f]),
  put: (before, share) => before + share,
};

export const convBackward = exercise({
  id: "06.convBackward",
  title: "A convolution layer backward",
  minutes: 18,
  starter: `
function convBackward(dz: Tensor, cache: ConvCache): { daPrev: Tensor; dw: Tensor; db: Tensor } {
  const { aPrev, w, b, parameters } = cache; // [m, h, w, cin], [f, f, cin, cout], [1, 1, 1, cout]
  const { stride, pad } = parameters;
  const [m, outHeight, outWidth, filters] = dz.shape; // [m, oh, ow, cout]
  const daPrev = zeros(aPrev.shape);
  const dw = zeros(w.shape);
  const db = zeros(b.shape);
  // Go through the outputs as the forward pass does. Each sends its slope, dz.get(i, row, column, c),
  // to the pixels it saw, to the weights it used and to its bias. Add to what is there already:
  // sum.set(sum.get(...index) + more, ...index).
  return yourCode();
}`,
  solution: solution.convBackward,
  tests: [
    convTest("on a 3 x 3 image, where four windows overlap", {
      image: [1, 3, 3, 1],
      filter: [2, 2, 1, 1],
      parameters: { stride: 1, pad: 0 },
    }),
    convTest("on a 5 x 7 image", {
      image: [1, 5, 7, 1],
      filter: [3, 3, 1, 1],
      parameters: { stride: 2, pad: 0 },
    }),
    convTest("on a 4 x 5 image in a frame of zeros", {
      image: [1, 4, 5, 1],
      filter: [3, 3, 1, 1],
      parameters: { stride: 1, pad: 1 },
    }),
    convTest("with four filters on three channels", {
      image: [1, 4, 4, 3],
      filter: [2, 2, 3, 4],
      parameters: { stride: 1, pad: 0 },
    }),
    convTest("on a batch of two, with everything at once", {
      image: [2, 6, 7, 2],
      filter: [3, 3, 2, 3],
      parameters: { stride: 2, pad: 1 },
    }),
  ],
  hints: [
    "Write the forward pass down first: which pixel meets which weight in output (i, row, column, c)? Each such product has two factors. What is the slope of a product with respect to one of them?",
    "z = ... + a · w + ... + b. So the output's slope dz goes to the pixel times w, to the weight times a, and to the bias as it is. One pixel and one weight take part in many outputs: what happens to all these contributions?",
    "The pixel under weight (down, right) stands at row · stride + down - pad and column · stride + right - pad. Where this is outside the image, a zero of the padding took part: no weight gains by it, and nobody asks for its own gradient.",
    "Loops over i, row, column, c: slope = dz.get(i, row, column, c), added to db at (0, 0, 0, c). Inside, loops over down, right and k: daPrev at (i, y, x, k) gains w.get(down, right, k, c) · slope, and dw at (down, right, k, c) gains aPrev.get(i, y, x, k) · slope.",
  ],
  wrongAnswers: [
    {
      says: "Nothing is left of daPrev when pad is 0: you cut the frame off from pad to -pad, and -0 is 0, where the image begins. Cut from pad on, as many rows and columns as the image has.",
      answer: instead((_, dz, cache) => {
        const { pad } = cache.parameters;
        const images = framed(dz, cache).toArray() as number[][][][];
        const cut = images.map((rows) =>
          rows.slice(pad, -pad).map((pixels) => pixels.slice(pad, -pad)),
        );
        return { daPrev: tensor(cut) };
      }),
    },
    {
      says: "You cut the frame off with slice(pad, -pad), as in NumPy. Our slice takes where to begin and how many: a size of -1 means all the rest, and one of -0 means none. The size is that of the image.",
      answer: instead((_, dz, cache) => {
        const { pad } = cache.parameters;
        return { daPrev: framed(dz, cache).slice([0, pad, pad, 0], [-1, -pad, -pad, -1]) };
      }),
    },
    {
      says: "daPrev still has its frame: it is the gradient of the padded image. A gradient has the shape of what it belongs to.",
      answer: instead((_, dz, cache) => ({ daPrev: framed(dz, cache) })),
    },
    {
      says: "daPrev has the right size, but you cut off all the rows below and all the columns on the right. The frame has `pad` rows above, too: the image begins at (pad, pad).",
      answer: instead((_, dz, cache) => {
        const { shape } = cache.aPrev;
        return { daPrev: framed(dz, cache).slice([0, 0, 0, 0], shape) };
      }),
    },
    {
      says: "Your windows start at row and column, not at row · stride and column · stride. Go back the way you came: the window of an output starts where it started in the forward pass.",
      answer: (dz, cache) =>
        solution.convBackward(dz, {
          ...cache,
          parameters: { ...cache.parameters, stride: 1 },
        }),
    },
    {
      says: "The padding is left out: the window of output (0, 0) starts at (-pad, -pad) of the image. Yours starts inside, so everything is shifted.",
      answer: (dz, cache) => {
        const { aPrev, parameters } = cache;
        const below = grown(aPrev, 2 * parameters.pad); // the zeros that are missing above stand below
        const gradients = solution.convBackward(dz, unpadded({ ...cache, aPrev: below }));
        return { ...gradients, daPrev: gradients.daPrev.slice([0, 0, 0, 0], aPrev.shape) };
      },
    },
    {
      says: "Your window reaches over the edge of the image, and the tensor refuses. There is padding: ask whether a pixel is inside before you read or write it, or work on zeroPad(aPrev, pad) and cut the frame off at the end.",
      answer: (dz, cache) => {
        const { aPrev, w, parameters } = cache;
        const { stride, pad } = parameters;
        forEachTerm(dz, w, (i, row, column, _, down, right, k) =>
          aPrev.get(i, row * stride + down - pad, column * stride + right - pad, k),
        );
        return solution.convBackward(dz, cache);
      },
    },
    {
      says: "Each output writes over what the others had sent, so only the last one counts. A pixel, a weight, a bias takes part in many outputs: add up with sum.set(sum.get(...) + ...).",
      answer: overwrite,
    },
    {
      says: "daPrev keeps only what the last window sent to each pixel. Where windows overlap, or several filters see the pixel, their contributions add up.",
      answer: instead((_, dz, cache) => ({ daPrev: overwrite(dz, cache).daPrev })),
    },
    {
      says: "dw keeps only what the last window sent. Every window uses the same weights: that is what makes it a convolution, and so their contributions add up.",
      answer: instead((_, dz, cache) => ({ dw: overwrite(dz, cache).dw })),
    },
    {
      says: "db holds the dz of the last output only. The bias is added to every value of its filter's map: add up all their slopes.",
      answer: instead((_, dz, cache) => ({ db: overwrite(dz, cache).db })),
    },
    {
      says: "db is still zero. The bias is added to every value of the map, with a slope of 1: what does each output send to it?",
      answer: instead(({ db }) => ({ db: zeros(db.shape) })),
    },
    {
      says: "The slope is added to db once for each cell of the window. An output has its bias once: move the line out of the loops over the window.",
      answer: instead(({ db }, _, { w }) => ({ db: db.map((v) => v * w.shape[0] * w.shape[1]) })),
    },
    {
      says: "The slope is added to db for each product of the window. An output has f · f · cin products and one bias: move the line out of the inner loops.",
      answer: instead(({ db }, _, { w }) => ({
        db: db.map((v) => v * w.shape[0] * w.shape[1] * w.shape[2]),
      })),
    },
    {
      says: "The values of db are right, its shape is not: b is [1, 1, 1, cout], and a gradient has the shape of what it belongs to.",
      answer: instead(({ db }) => ({ db: db.reshape([-1]) })),
    },
    {
      says: "You divide by the number of images. Whether the loss is a sum or a mean over the batch was decided where dz was made: a layer only adds up.",
      answer: instead(({ dw, db }, dz) => ({
        dw: dw.map((value) => value / dz.shape[0]),
        db: db.map((value) => value / dz.shape[0]),
      })),
    },
    {
      says: "The two factors have changed places: the pixel gets the window's values and the weight gets the filter's. The slope of a · w with respect to a is w.",
      answer: crossOver,
    },
    {
      says: "The filter is turned by 180 degrees in daPrev. It does look turned when you stand at a pixel and collect; but you stand at an output and send, to each pixel times the very weight that it met.",
      answer: instead((_, dz, cache) => ({
        daPrev: solution.convBackward(dz, { ...cache, w: flipFilter(cache.w) }).daPrev,
      })),
    },
    {
      says: "Rows and columns of the window have changed places: the weight (down, right) met the pixel (row + down, column + right).",
      answer: instead(({ dw }, dz, cache) => ({
        dw: dw.transpose([1, 0, 2, 3]),
        daPrev: solution.convBackward(dz, { ...cache, w: cache.w.transpose([1, 0, 2, 3]) }).daPrev,
      })),
    },
    {
      says: "Rows and columns have changed places in dw: its shape is that of w, [down, right, k, c].",
      answer: instead(({ dw }) => ({ dw: dw.transpose([1, 0, 2, 3]) })),
    },
    {
      says: "Only the last filter has sent anything to daPrev. Every filter saw the pixel, so every filter answers for it: add up over c.",
      answer: instead((_, dz, cache) => {
        const last = dz.shape[3] - 1;
        return { daPrev: solution.convBackward(only(dz, 3, last), cache).daPrev };
      }),
    },
    {
      says: "Only the first filter has sent anything. What does the last axis of dz, [m, oh, ow, cout], count?",
      answer: (dz, cache) => solution.convBackward(only(dz, 3, 0), cache),
    },
    {
      says: "Only the first channel of the input is reached. Each filter goes through all of them: one more loop, over k.",
      answer: instead((gradients, _, { aPrev, w }) => ({
        daPrev: only(gradients.daPrev, 3, 0, aPrev.shape),
        dw: only(gradients.dw, 2, 0, w.shape),
      })),
    },
    {
      says: "Only the first image of the batch has sent anything. dw and db add up over all the images, and each image has its own daPrev.",
      answer: (dz, cache) => solution.convBackward(only(dz, 0, 0), cache),
    },
  ],
});

export const gradientCheck = exercise({
  id: "06.gradientCheck",
  title: "A gradient without calculus",
  minutes: 10,
  starter: `
function gradientCheck(x: Tensor, w: Tensor, dw: Tensor, step: number): { numeric: Tensor; relativeError: number } {
  // x [1, h, w, cin] and w [f, f, cin, cout] are float64. Somebody claims that dw is the gradient of
  const loss = (filter: Tensor): number => conv2d(x, filter).map((z) => z ** 2 / 2).sum();
  // numeric, shaped as w: for each weight, the central difference of the loss with this step.
  // relativeError: the length of (dw - numeric) over the sum of the lengths of dw and numeric,
  // where the length of a tensor is the square root of the sum of its squares.
  return yourCode();
}`,
  solution: solution.gradientCheck,
  tests: [
    checkTest("finds the gradient of four weights", [1, 3, 3, 1], [2, 2, 1, 1], 1e-3, ["right"]),
    checkTest("is exact with a large step too, on a parabola", [1, 4, 3, 1], [2, 2, 1, 1], 0.5, [
      "right",
    ]),
    checkTest(
      "has an error of 1/3 for twice the gradient, and of 1 for its opposite",
      [1, 4, 4, 2],
      [2, 2, 2, 1],
      1e-2,
      ["doubled", "reversed"],
    ),
    checkTest(
      "on filters with a gradient that is wrong in one place",
      [1, 5, 4, 2],
      [3, 3, 2, 2],
      1e-2,
      ["wrong in one place", "noisy"],
    ),
  ],
  hints: [
    "Forget the chain rule. Move one single weight up by `step`: how much does the loss change? And if you move it down instead?",
    "The central difference is (loss with the weight a step higher - loss with the weight a step lower) / (2 · step). All other weights stay where they were, so each weight needs a fresh copy of w, or has to be put back.",
    "`w.map((weight, j) => (j === i ? weight + step : weight))` is w with weight i moved; with w.map over i outside, you have numeric in one go. w.data[i] is weight i, whatever the shape.",
    "length = (g) => Math.sqrt(g.map((value) => value ** 2).sum()). Then relativeError = length(numeric.map((value, i) => value - dw.data[i])) / (length(dw) + length(numeric)).",
  ],
  wrongAnswers: [
    {
      says: "This is the one-sided difference, (loss(w + step) - loss(w)) / step. On a curve it gives the slope of a chord that lies to one side. Go as far to the left as to the right.",
      answer: (x, w, dw, step) => {
        const loss = squaredLoss(x);
        return checked(
          w.map((_, i) => (loss(moved(w, i, step)) - loss(w)) / step),
          dw,
        );
      },
    },
    {
      says: "You divide by `step`. How far apart are the two points, one step up and one step down?",
      answer: (x, w, dw, step) =>
        checked(
          centralDifferences(x, w, step).map((g) => 2 * g),
          dw,
        ),
    },
    {
      says: "You do not divide by the distance of the two points: this is the change of the loss, not its slope.",
      answer: (x, w, dw, step) =>
        checked(
          centralDifferences(x, w, step).map((g) => 2 * step * g),
          dw,
        ),
    },
    {
      says: "The sign is turned round: loss with the weight a step higher, minus loss with the weight a step lower.",
      answer: (x, w, dw, step) =>
        checked(
          centralDifferences(x, w, step).map((g) => -g),
          dw,
        ),
    },
    {
      says: "You do not put the weights back: each one stays a step lower, and the next is measured somewhere else. Start each time from a fresh w.clone(), or set the old value again.",
      answer: (x, w, dw, step) => {
        const loss = squaredLoss(x);
        let left = w;
        const numeric = w.map((_, i) => {
          const slope = (loss(moved(left, i, step)) - loss(moved(left, i, -step))) / (2 * step);
          left = moved(left, i, -step);
          return slope;
        });
        return checked(numeric, dw);
      },
    },
    {
      says: "You move all weights together, so you get the same number for each: the slope along the diagonal. One weight at a time.",
      answer: (x, w, dw, step) => {
        const loss = squaredLoss(x);
        const all = (by: number): Tensor => w.map((weight) => weight + by);
        return checked(
          w.map(() => (loss(all(step)) - loss(all(-step))) / (2 * step)),
          dw,
        );
      },
    },
    {
      says: "Only the first filter is measured. w has the shape [f, f, cin, cout]; w.data holds all of its values.",
      answer: (x, w, dw, step) => checked(only(centralDifferences(x, w, step), 3, 0), dw),
    },
    {
      says: "This is the absolute error. Is 0.01 much? That depends on the size of the gradient: divide by the two lengths.",
      answer: (x, w, dw, step) => {
        const { numeric } = solution.gradientCheck(x, w, dw, step);
        return { numeric, relativeError: lengthOf(minus(dw, numeric)) };
      },
    },
    {
      says: "You compare the squares of the lengths: an error of 1/100 becomes one of 1/10,000 and looks harmless. Take the square roots.",
      answer: (x, w, dw, step) => {
        const { numeric } = solution.gradientCheck(x, w, dw, step);
        const error =
          lengthOf(minus(dw, numeric)) ** 2 / (lengthOf(dw) ** 2 + lengthOf(numeric) ** 2);
        return { numeric, relativeError: error };
      },
    },
    {
      says: "You divide by the length of one of the two. That works too, but here the error is to lie between 0 and 1: divide by the sum of both lengths.",
      answer: (x, w, dw, step) => {
        const { numeric } = solution.gradientCheck(x, w, dw, step);
        return { numeric, relativeError: lengthOf(minus(dw, numeric)) / lengthOf(numeric) };
      },
    },
    {
      says: "You subtract the lengths. Two arrows of the same length may point in opposite directions: take the length of the difference.",
      answer: (x, w, dw, step) => {
        const { numeric } = solution.gradientCheck(x, w, dw, step);
        const [a, b] = [lengthOf(dw), lengthOf(numeric)];
        return { numeric, relativeError: Math.abs(a - b) / (a + b) };
      },
    },
    {
      says: "You add up the differences with their signs, so that an error upwards hides one downwards. Square them first.",
      answer: (x, w, dw, step) => {
        const { numeric } = solution.gradientCheck(x, w, dw, step);
        const error = Math.abs(minus(dw, numeric).sum()) / (lengthOf(dw) + lengthOf(numeric));
        return { numeric, relativeError: error };
      },
    },
    {
      says: "This is the largest of the errors of the single weights. It cries wolf where a weight's gradient is almost zero; asked for is one error of the whole gradient, by the lengths.",
      answer: (x, w, dw, step) => {
        const { numeric } = solution.gradientCheck(x, w, dw, step);
        const errors = numeric.map(
          (n, i) => Math.abs(n - dw.data[i]) / (Math.abs(n) + Math.abs(dw.data[i]) || 1),
        );
        return { numeric, relativeError: errors.max() };
      },
    },
  ],
});

export const createMaskFromWindow = exercise({
  id: "06.createMaskFromWindow",
  title: "Where the maximum is",
  minutes: 4,
  starter: `
function createMaskFromWindow(x: Tensor): Tensor {
  const [height, width] = x.shape; // [f, f]
  // A tensor of the same shape: 1 where the maximum of x stands, 0 everywhere else. Where several
  // values are equally large, the first one has the 1, reading row by row.
  return yourCode();
}`,
  solution: solution.createMaskFromWindow,
  tests: [
    {
      title: "createMaskFromWindow([[3, 8], [5, 1]]) is [[0, 1], [0, 0]]",
      async run(createMaskFromWindow) {
        const x = tensor([
          [3, 8],
          [5, 1],
        ]);
        await expectMask(createMaskFromWindow, x, "createMaskFromWindow([[3, 8], [5, 1]])");
      },
    },
    {
      title: "createMaskFromWindow(x) of nine different numbers, all below zero",
      async run(createMaskFromWindow, { random }) {
        const x = distinct([3, 3], random).map((value) => value - 20);
        await expectMask(createMaskFromWindow, x, "createMaskFromWindow(x)");
      },
    },
    {
      title: "createMaskFromWindow([[2, 7, 1], [4, 0, 3], [7, 5, 7]]) has one 1 for three maxima",
      async run(createMaskFromWindow) {
        const x = tensor([
          [2, 7, 1],
          [4, 0, 3],
          [7, 5, 7],
        ]);
        const of = "createMaskFromWindow([[2, 7, 1], [4, 0, 3], [7, 5, 7]])";
        await expectMask(createMaskFromWindow, x, of);
      },
    },
    {
      title: "createMaskFromWindow([[1, 1], [9, 9]]) and other windows with ties",
      async run(createMaskFromWindow, { random }) {
        const rows = tensor([
          [1, 1],
          [9, 9],
        ]);
        await expectMask(createMaskFromWindow, rows, "createMaskFromWindow([[1, 1], [9, 9]])");
        await expectMask(
          createMaskFromWindow,
          zeros([2, 2]),
          "createMaskFromWindow(zeros([2, 2]))",
        );
        for (let trial = 0; trial < 10; trial++) {
          const x = randomIntegers([3, 3], -9, 2, random).map((value) => Math.min(value, 0));
          const of = `createMaskFromWindow(${JSON.stringify(x.toArray())})`;
          await expectMask(createMaskFromWindow, x, of);
        }
      },
    },
  ],
  hints: [
    "You want a place, not a value. What do you have to remember while you look through the window?",
    "Remember the place of the largest value so far, and replace it when you meet a larger one. Is that `>` or `>=`, if the first of two equals is to stay? And which value can you safely start from when all of them may be negative?",
    "Start at [0, 0]. In two loops: if x.get(row, column) > x.get(...best), then best = [row, column]. At the end mask.set(1, ...best) on zeros(x.shape).",
  ],
  wrongAnswers: [
    {
      says: "Every value that equals the maximum has a 1. Two equal maxima would both get the whole gradient: one unit comes in and two go out. The first one alone has the 1.",
      answer: (x) => x.map((value) => (value === x.max() ? 1 : 0)),
    },
    {
      says: "Equal maxima share the 1. That is a fair rule, and some functions follow it; here, as in PyTorch's max pooling, the first one has it all.",
      answer: (x) => {
        const all = x.map((value) => (value === x.max() ? 1 : 0));
        return all.map((one) => one / all.sum());
      },
    },
    {
      says: "Of several equal maxima you take the last one: a `>=` where `>` would keep the first.",
      answer: lastMask,
    },
    {
      says: "Of several equal maxima you take the first one column by column. Row by row: the loop over rows is the outer one.",
      answer: (x) => solution.createMaskFromWindow(x.transpose([1, 0])).transpose([1, 0]),
    },
    {
      says: "The maximum itself stands in your mask. A mask says where: 1 there, 0 elsewhere.",
      answer: (x) => solution.createMaskFromWindow(x).map((one) => one * x.max()),
    },
    {
      says: "The 1 stands at the smallest value.",
      answer: (x) => solution.createMaskFromWindow(x.map((value) => -value)),
    },
    {
      says: "The 1 stands at the value that is farthest from zero. Without the absolute value, -9 is smaller than -1.",
      answer: (x) => solution.createMaskFromWindow(x.map(Math.abs)),
    },
    {
      says: "Your search starts from 0, and below zero nothing is larger than that: the 1 stays in the corner. Start from the first value, or from -Infinity.",
      answer: (x) => {
        const best = x.max() > 0 ? x.argmax() : [0, 0];
        const mask = zeros(x.shape);
        mask.set(1, ...best);
        return mask;
      },
    },
    {
      says: "Your search starts from 0, and where all values are zero or less it finds none: the mask is empty. Start from the first value, or from -Infinity.",
      answer: (x) => (x.max() > 0 ? solution.createMaskFromWindow(x) : zeros(x.shape)),
    },
    {
      says: "0 and 1 have changed places: the maximum has the only 0.",
      answer: (x) => solution.createMaskFromWindow(x).map((one) => 1 - one),
    },
  ],
});

export const distributeValue = exercise({
  id: "06.distributeValue",
  title: "Equal parts",
  minutes: 2,
  starter: `
function distributeValue(dz: number, shape: [number, number]): Tensor {
  // A tensor of this shape over which dz is shared out in equal parts.
  return yourCode();
}`,
  solution: solution.distributeValue,
  tests: [
    {
      title: "distributeValue(8, [2, 2]) is 2 everywhere",
      async run(distributeValue) {
        const expected = tensor([
          [2, 2],
          [2, 2],
        ]);
        expectTensor(await distributeValue(8, [2, 2]), expected, {
          of: "distributeValue(8, [2, 2])",
        });
      },
    },
    {
      title: "distributeValue(-3, [2, 3]) is -0.5 everywhere",
      async run(distributeValue) {
        const expected = zeros([2, 3]).map(() => -0.5);
        expectTensor(await distributeValue(-3, [2, 3]), expected, {
          of: "distributeValue(-3, [2, 3])",
        });
      },
    },
    {
      title: "distributeValue(dz, shape) adds up to dz, for five random shapes",
      async run(distributeValue, { random }) {
        for (let trial = 0; trial < 5; trial++) {
          const shape: [number, number] = [random.integer(1, 5), random.integer(1, 5)];
          const dz = random.integer(-50, 50);
          expectTensor(await distributeValue(dz, shape), solution.distributeValue(dz, shape), {
            of: `distributeValue(${dz}, [${shape.join(", ")}])`,
          });
        }
      },
    },
  ],
  hints: [
    "Into how many parts is dz cut for a shape of [2, 3]?",
    "zeros(shape) and full(shape, value) make a tensor of a shape; which value is it here?",
  ],
  wrongAnswers: [
    {
      says: "The whole of dz stands in every cell: added up, there is more than came in. Divide it by the number of cells.",
      answer: (dz, shape) => zeros(shape).map(() => dz),
    },
    {
      says: "You divide by the number of rows. How many cells has the window?",
      answer: (dz, shape) => zeros(shape).map(() => dz / shape[0]),
    },
    {
      says: "You divide by the number of columns. How many cells has the window?",
      answer: (dz, shape) => zeros(shape).map(() => dz / shape[1]),
    },
    {
      says: "You divide by height + width. A window of 2 by 3 has 2 · 3 cells.",
      answer: (dz, shape) => zeros(shape).map(() => dz / (shape[0] + shape[1])),
    },
    {
      says: "The parts are rounded to whole numbers, and so do not add up to dz any more.",
      answer: (dz, shape) => zeros(shape).map(() => Math.round(dz / (shape[0] * shape[1]))),
    },
    {
      says: "The parts are rounded down to whole numbers, and so do not add up to dz any more.",
      answer: (dz, shape) => zeros(shape).map(() => Math.floor(dz / (shape[0] * shape[1]))),
    },
    {
      says: "Rows and columns have changed places: shape is [height, width].",
      answer: (dz, shape) => solution.distributeValue(dz, [shape[1], shape[0]]),
    },
    {
      says: "The parts stand in one row. The tensor has the shape that is given: [height, width].",
      answer: (dz, shape) => solution.distributeValue(dz, shape).reshape([-1]),
    },
  ],
});

export const poolBackward = exercise({
  id: "06.poolBackward",
  title: "A pooling layer backward",
  minutes: 12,
  starter: `
function poolBackward(da: Tensor, cache: PoolCache, mode: PoolMode): Tensor {
  const { aPrev, parameters } = cache; // [m, h, w, c]
  const { f, stride } = parameters;
  const [m, outHeight, outWidth, channels] = da.shape; // [m, oh, ow, c]
  const daPrev = zeros(aPrev.shape);
  // Each value of da goes back to the f x f window it came from: with mode "max" to the maximum alone
  // (createMaskFromWindow), with mode "average" to all in equal parts (distributeValue).
  // The window is aPrev.slice([i, top, left, c], [1, f, f, 1]).reshape([f, f]).
  return yourCode();
}`,
  solution: solution.poolBackward,
  tests: [
    poolTest("sends each value to the largest of four", {
      shape: [1, 4, 4, 1],
      f: 2,
      stride: 2,
      mode: "max",
    }),
    poolTest("gives each of four a quarter", {
      shape: [1, 4, 4, 1],
      f: 2,
      stride: 2,
      mode: "average",
    }),
    poolTest("has windows that overlap, in batches and channels", {
      shape: [2, 10, 8, 2],
      f: 3,
      stride: 2,
      mode: "max",
    }),
    poolTest("has windows with a gap between them", {
      shape: [2, 8, 5, 3],
      f: 2,
      stride: 3,
      mode: "max",
    }),
    poolTest("on a batch, with windows at every pixel", {
      shape: [2, 5, 6, 2],
      f: 3,
      stride: 1,
      mode: "average",
    }),
    poolTest("where values tie", {
      shape: [1, 6, 6, 2],
      f: 2,
      stride: 2,
      mode: "max",
      ties: true,
    }),
  ],
  hints: [
    "A pooled value came from a window. Where in aPrev did the window of (row, column) start? It is the same place as in poolForward.",
    "Make the window's share first, an f x f tensor: the mask times the slope, or distributeValue(slope, [f, f]). Then add it to daPrev, cell by cell. Why add, and not set?",
    "In loops over i, row, column and c: top = row * stride, left = column * stride, slope = da.get(i, row, column, c). Then over down and right: daPrev at (i, top + down, left + right, c) gains share.get(down, right).",
  ],
  wrongAnswers: [
    {
      says: "Your windows start at row and column, as if the stride were 1. The gradient crowds in the top left corner; the window of (row, column) starts at row · stride and column · stride.",
      answer: poolBackwardWith({ start: (position) => position }),
    },
    {
      says: "Your windows lie side by side: they start at row · f and column · f. They stand `stride` apart, with overlaps or gaps between them.",
      answer: poolBackwardWith({ start: (position, { f }) => position * f }),
    },
    {
      says: "Each window writes over what the one before it had sent to their common pixels. Where windows overlap, their shares add up.",
      answer: poolBackwardWith({ put: (_, share) => share }),
    },
    {
      says: "A pixel that is the maximum of two windows keeps only what the second one sent. Their shares add up.",
      answer: poolBackwardWith({
        put: (before, share, mode) =>
          mode === "average" ? before + share : share === 0 ? before : share,
      }),
    },
    {
      says: "Where windows overlap, the average of the last one stands in daPrev. A pixel has a share in the average of every window that contains it: add them up.",
      answer: poolBackwardWith({
        put: (before, share, mode) => (mode === "average" ? share : before + share),
      }),
    },
    {
      says: "Every value that equals the maximum gets the whole slope, so that a window with two equal maxima hands on twice what came in. The first one alone gets it.",
      answer: poolBackwardWith({
        maximum: (window, slope) => window.map((v) => (v === window.max() ? slope : 0)),
      }),
    },
    {
      says: "Equal maxima share the slope. A fair rule; but here, as in PyTorch's max pooling, the first one gets it all.",
      answer: poolBackwardWith({
        maximum: (window, slope) => {
          const equals = window.map((v) => (v === window.max() ? 1 : 0));
          return equals.map((one) => (one * slope) / equals.sum());
        },
      }),
    },
    {
      says: "Of several equal maxima you take the last one: a `>=` where `>` would keep the first.",
      answer: poolBackwardWith({
        maximum: (window, slope) => lastMask(window).map((one) => one * slope),
      }),
    },
    {
      says: "The slope is multiplied by the maximum as well. The maximum passes its pixel through unchanged, with a slope of 1: only da goes back.",
      answer: poolBackwardWith({
        maximum: (window, slope) =>
          solution.createMaskFromWindow(window).map((one) => one * slope * window.max()),
      }),
    },
    {
      says: 'This is the way back of the maximum in both modes. `mode` may be "average" as well.',
      answer: (da, cache) => solution.poolBackward(da, cache, "max"),
    },
    {
      says: 'This is the way back of the average in both modes. `mode` may be "max" as well.',
      answer: (da, cache) => solution.poolBackward(da, cache, "average"),
    },
    {
      says: "In the average, every pixel of the window gets the whole slope. It had a share of 1/f² in it.",
      answer: poolBackwardWith({ average: (slope, f) => zeros([f, f]).map(() => slope) }),
    },
    {
      says: "In the average, the slope is divided by f. How many values has an f x f window?",
      answer: poolBackwardWith({ average: (slope, f) => zeros([f, f]).map(() => slope / f) }),
    },
    {
      says: "daPrev ends where the last window ends. Rows and columns that no window reaches belong to aPrev too, with a gradient of 0.",
      answer: (da, cache, mode) => {
        const { f, stride } = cache.parameters;
        const [m, rows, columns, channels] = da.shape;
        const shape = [m, (rows - 1) * stride + f, (columns - 1) * stride + f, channels];
        return solution.poolBackward(da, cache, mode).slice([0, 0, 0, 0], shape);
      },
    },
    {
      says: "Rows and columns have changed places: the window's cell (down, right) is the pixel (top + down, left + right).",
      answer: poolBackwardWith({
        maximum: (window, slope) =>
          solution
            .createMaskFromWindow(window)
            .transpose([1, 0])
            .map((one) => one * slope),
      }),
    },
    {
      says: "Only the first image of the batch has sent anything. What does the first axis of da count?",
      answer: (da, cache, mode) => solution.poolBackward(only(da, 0, 0), cache, mode),
    },
    {
      says: "Only the first channel has sent anything. What does the last axis of da count?",
      answer: (da, cache, mode) => solution.poolBackward(only(da, 3, 0), cache, mode),
    },
  ],
});

/** A test of convBackward on small random integers; its card shows the sum behind a wrong value. */
function convTest(
  what: string,
  given: { image: number[]; filter: number[]; parameters: ConvCache["parameters"] },
): ExerciseTest<ConvBackward> {
  const { image, filter, parameters } = given;
  const [m, height, width] = image;
  const [f, , , filters] = filter;
  const { stride, pad: padding } = parameters;
  return {
    title: `convBackward(dz, cache), {stride: ${stride}, pad: ${padding}}, ${what}`,
    async run(convBackward, { random }) {
      const cache: ConvCache = {
        aPrev: randomIntegers(image, 1, 9, random), // [m, h, w, cin]
        w: randomIntegers(filter, -3, 3, random), // [f, f, cin, cout]
        b: randomIntegers([1, 1, 1, filters], -9, 9, random),
        parameters,
      };
      const rows = outputSize(height, f, { stride, padding });
      const columns = outputSize(width, f, { stride, padding });
      const dz = randomIntegers([m, rows, columns, filters], -5, 5, random); // [m, oh, ow, cout]
      expectGradients(await convBackward(dz, cache), dz, cache);
    },
  };
}

function expectGradients(actual: unknown, dz: Tensor, cache: ConvCache): void {
  const call = "convBackward(dz, cache)";
  requireObject<ConvGradients>(actual, call, "{ daPrev, dw, db }");
  const expected = libraryConvBackward(dz, cache);
  const sums = { db: sumsOfBias(dz), dw: sumsOfWeight(dz, cache), daPrev: sumsOfPixel(dz, cache) };
  for (const name of ["db", "dw", "daPrev"] as const)
    expectTensor(actual[name], expected[name], { of: `${call}.${name}`, window: sums[name] });
}

type Sums = (index: readonly number[]) => ComputedFrom;

/** The slopes of all the outputs that a bias is part of. */
function sumsOfBias(dz: Tensor): Sums {
  return ([, , , c]) => ({
    patch: below(dz, (i, row, column) => dz.get(i, row, column, c)),
    caption: `all values of dz[:, :, :, ${c}] added up`,
  });
}

/** The pixels that a weight has met, and the slopes of the outputs it met them in. */
function sumsOfWeight(dz: Tensor, { aPrev, parameters }: ConvCache): Sums {
  const { stride, pad } = parameters;
  return ([down, right, k, c]) => ({
    patch: below(dz, (i, row, column) =>
      orZero(aPrev, i, row * stride + down - pad, column * stride + right - pad, k),
    ),
    filter: below(dz, (i, row, column) => dz.get(i, row, column, c)),
    caption: "the pixels that this weight met, times dz, added up",
  });
}

/** The slopes of the outputs that saw a pixel, and the weights it had there: the filter, turned by 180 degrees. */
function sumsOfPixel(dz: Tensor, { w, parameters }: ConvCache): Sums {
  const { stride, pad } = parameters;
  const [f, , , filters] = w.shape;
  const sideBySide = (value: (down: number, right: number, c: number) => number): Tensor =>
    fromFunction([f, f * filters], (row, at) =>
      value(f - 1 - row, f - 1 - (at % f), Math.floor(at / f)),
    );
  return ([i, y, x, k]) => ({
    patch: sideBySide((down, right, c) =>
      orZero(dz, i, (y + pad - down) / stride, (x + pad - right) / stride, c),
    ),
    filter: sideBySide((down, right, c) => w.get(down, right, k, c)),
    caption: `${filters > 1 ? `${filters} filters side by side, ` : ""}the dz that this pixel took part in, times the weight it had there, added up`,
  });
}

/** One number for each place of a map, the images of the batch below each other. */
function below(dz: Tensor, value: (i: number, row: number, column: number) => number): Tensor {
  const [m, rows, columns] = dz.shape;
  return fromFunction([m * rows, columns], (at, column) =>
    value(Math.floor(at / rows), at % rows, column),
  );
}

/** The value at an index, and 0 where there is none. */
function orZero(x: Tensor, ...index: number[]): number {
  const inside = index.every((n, axis) => Number.isInteger(n) && n >= 0 && n < x.shape[axis]);
  return inside ? x.get(...index) : 0;
}

function requireObject<T>(actual: unknown, call: string, parts: string): asserts actual is T {
  const nothing = `${call} returned nothing, expected ${parts}. Is there a return at the end?`;
  expectThat(actual !== undefined, nothing);
  const isObject = typeof actual === "object" && actual !== null && !(actual instanceof Tensor);
  expectThat(isObject, `${call} must be ${parts}, got ${describe(actual)}.`);
}

/** The right gradients with some of them made wrong. */
function instead(
  wrong: (right: ConvGradients, dz: Tensor, cache: ConvCache) => Partial<ConvGradients>,
): ConvBackward {
  return (dz, cache) => {
    const right = solution.convBackward(dz, cache);
    return { ...right, ...wrong(right, dz, cache) };
  };
}

/** The same layer on images that have their zeros around them already. */
function unpadded(cache: ConvCache): ConvCache {
  return { ...cache, parameters: { ...cache.parameters, pad: 0 } };
}

/** daPrev with its frame. */
function framed(dz: Tensor, cache: ConvCache): Tensor {
  const aPrev = zeroPad(cache.aPrev, cache.parameters.pad);
  return solution.convBackward(dz, unpadded({ ...cache, aPrev })).daPrev;
}

/** x with rows and columns of zeros below and on the right. */
function grown(x: Tensor, more: number): Tensor {
  const [m, height, width, channels] = x.shape;
  return fromFunction([m, height + more, width + more, channels], (...index) =>
    orZero(x, ...index),
  );
}

/** Visits every product of a convolution layer, output by output. */
function forEachTerm(
  dz: Tensor,
  w: Tensor,
  visit: (i: number, row: number, column: number, c: number, ...cell: number[]) => void,
): void {
  const [m, rows, columns, filters] = dz.shape;
  const [f, , channels] = w.shape;
  for (let i = 0; i < m; i++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let c = 0; c < filters; c++)
          for (let down = 0; down < f; down++)
            for (let right = 0; right < f; right++)
              for (let k = 0; k < channels; k++) visit(i, row, column, c, down, right, k);
}

/** `=` in place of `+=`, on padded images. */
function overwrite(dz: Tensor, { aPrev, w, b, parameters }: ConvCache): ConvGradients {
  const { stride, pad } = parameters;
  const padded = zeroPad(aPrev, pad);
  const [daPadded, dw, db] = [padded, w, b].map(({ shape }) => zeros(shape));
  forEachTerm(dz, w, (i, row, column, c, down, right, k) => {
    const slope = dz.get(i, row, column, c);
    const pixel = [i, row * stride + down, column * stride + right, k];
    daPadded.set(w.get(down, right, k, c) * slope, ...pixel);
    dw.set(padded.get(...pixel) * slope, down, right, k, c);
    db.set(slope, 0, 0, 0, c);
  });
  return { daPrev: daPadded.slice([0, pad, pad, 0], aPrev.shape), dw, db };
}

/** Pixels where the weights belong, and weights where the pixels belong. */
function crossOver(dz: Tensor, cache: ConvCache): ConvGradients {
  const { aPrev, w, parameters } = cache;
  const { stride, pad } = parameters;
  const { db } = solution.convBackward(dz, cache);
  const [daPrev, dw] = [aPrev, w].map(({ shape }) => zeros(shape));
  const add = (sum: Tensor, value: number, ...index: number[]): void =>
    sum.set(sum.get(...index) + value, ...index);
  forEachTerm(dz, w, (i, row, column, c, down, right, k) => {
    const slope = dz.get(i, row, column, c);
    const pixel = [i, row * stride + down - pad, column * stride + right - pad, k];
    const [, y, x] = pixel;
    if (y < 0 || y >= aPrev.shape[1] || x < 0 || x >= aPrev.shape[2]) return;
    add(daPrev, aPrev.get(...pixel) * slope, ...pixel);
    add(dw, w.get(down, right, k, c) * slope, down, right, k, c);
  });
  return { daPrev, dw, db };
}

/** x with zeros everywhere but at one place of an axis. */
function only(x: Tensor, axis: number, place: number, shape: readonly number[] = x.shape): Tensor {
  return fromFunction(shape, (...index) => (index[axis] === place ? x.get(...index) : 0), x.dtype);
}

type Claim = "right" | "doubled" | "reversed" | "wrong in one place" | "noisy";

/** A test of gradientCheck with right and wrong claims. */
function checkTest(
  what: string,
  image: number[],
  filter: number[],
  step: number,
  claims: Claim[],
): ExerciseTest<GradientCheck> {
  return {
    title: `gradientCheck(x, w, dw, ${step}) ${what}`,
    async run(gradientCheck, { random }) {
      const x = randomIntegers(image, 1, 9, random).as("float64"); // [1, h, w, cin]
      const w = randomIntegers(filter, -3, 3, random).as("float64"); // [f, f, cin, cout]
      w.set(2, 0, 0, 0, 0); // a filter of nothing but zeros would have no gradient
      const exact = conv2dBackward(conv2d(x, w), x, w).dFilter; // the slope of z²/2 is z
      for (const claim of claims) {
        const dw = claimed(exact, claim, random);
        const answer: unknown = await gradientCheck(x, w, dw, step);
        const call = `gradientCheck(x, w, dw, ${step})`;
        requireObject<ReturnType<GradientCheck>>(answer, call, "{ numeric, relativeError }");
        expectTensor(answer.numeric, exact, { of: `${call}.numeric` });
        expectNumber(answer.relativeError, checked(exact, dw).relativeError, {
          of: `${call}.relativeError, for a dw that is ${claim}`,
        });
      }
    },
  };
}

function claimed(exact: Tensor, claim: Claim, random: Random): Tensor {
  const largest = exact.map(Math.abs).max();
  switch (claim) {
    case "right":
      return exact;
    case "doubled":
      return exact.map((value) => 2 * value);
    case "reversed":
      return exact.map((value) => -value);
    case "wrong in one place":
      return exact.map((value, i) => (i === 1 ? value + largest / 2 : value));
    case "noisy": {
      const noise = randomNormal(exact.shape, random, "float64");
      return exact.map((value, i) => value + noise.data[i] * largest * 0.1);
    }
  }
}

function squaredLoss(x: Tensor): (w: Tensor) => number {
  return (w) =>
    conv2d(x, w)
      .map((z) => z ** 2 / 2)
      .sum();
}

function moved(w: Tensor, i: number, by: number): Tensor {
  return w.map((weight, j) => (j === i ? weight + by : weight));
}

function centralDifferences(x: Tensor, w: Tensor, step: number): Tensor {
  const loss = squaredLoss(x);
  return w.map((_, i) => (loss(moved(w, i, step)) - loss(moved(w, i, -step))) / (2 * step));
}

function checked(numeric: Tensor, dw: Tensor): ReturnType<GradientCheck> {
  const relativeError = lengthOf(minus(dw, numeric)) / (lengthOf(dw) + lengthOf(numeric));
  return { numeric, relativeError };
}

function minus(a: Tensor, b: Tensor): Tensor {
  return a.map((value, i) => value - b.data[i]);
}

function lengthOf(g: Tensor): number {
  return Math.sqrt(g.map((value) => value ** 2).sum());
}

async function expectMask(
  answer: (...input: Parameters<Mask>) => Promise<Tensor>,
  x: Tensor,
  of: string,
): Promise<void> {
  const expected = zeros(x.shape);
  expected.set(1, ...x.argmax());
  expectTensor(await answer(x), expected, {
    of,
    window: () => ({ patch: x, caption: "1 at the first of the largest values" }),
  });
}

function lastMask(x: Tensor): Tensor {
  const turned = flipFilter(x);
  return flipFilter(solution.createMaskFromWindow(turned));
}

/** Different integers in a random order: a window of them has one maximum. */
function distinct(shape: readonly number[], random: Random): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  return tensor(Array.from(permutation(size, random)), shape);
}

/** A test of poolBackward; its card shows the shares behind a wrong value. */
function poolTest(
  what: string,
  given: { shape: number[]; f: number; stride: number; mode: PoolMode; ties?: boolean },
): ExerciseTest<PoolBackward> {
  const { shape, f, stride, mode, ties } = given;
  const [m, height, width, channels] = shape;
  return {
    title: `poolBackward(da, cache, "${mode}"), {f: ${f}, stride: ${stride}}, ${what}`,
    async run(poolBackward, { random }) {
      const aPrev = ties ? randomIntegers(shape, 1, 2, random) : distinct(shape, random); // [m, h, w, c]
      const cache: PoolCache = { aPrev, parameters: { f, stride } };
      const rows = outputSize(height, f, { stride });
      const columns = outputSize(width, f, { stride });
      const da = randomIntegers([m, rows, columns, channels], 1, 9, random); // [m, oh, ow, c]
      expectTensor(await poolBackward(da, cache, mode), libraryPoolBackward(da, cache, mode), {
        of: `poolBackward(da, cache, "${mode}")`,
        window: (index) => sharesOfPixel(da, cache, mode, index),
      });
    },
  };
}

/** The windows that contain a pixel: what each has to hand on, and which share of it the pixel gets. */
function sharesOfPixel(
  da: Tensor,
  { aPrev, parameters }: PoolCache,
  mode: PoolMode,
  [i, y, x, c]: readonly number[],
): ComputedFrom {
  const { f, stride } = parameters;
  const covering = (at: number, windows: number): number[] =>
    Array.from({ length: windows }, (_, position) => position).filter(
      (position) => position * stride <= at && at < position * stride + f,
    );
  const [rows, columns] = [covering(y, da.shape[1]), covering(x, da.shape[2])];
  if (rows.length === 0 || columns.length === 0)
    return { patch: zeros([1, 1]), caption: "no window contains this pixel" };
  const windowAt = (row: number, column: number): Tensor =>
    aPrev.slice([i, row * stride, column * stride, c], [1, f, f, 1]).reshape([f, f]);
  const share = (row: number, column: number): number =>
    mode === "average"
      ? 1 / (f * f)
      : solution
          .createMaskFromWindow(windowAt(row, column))
          .get(y - row * stride, x - column * stride);
  if (mode === "max" && rows.length === 1 && columns.length === 1) {
    const patch = windowAt(rows[0], columns[0]);
    const [slope, first] = [da.get(i, rows[0], columns[0], c), patch.argmax().join(", ")];
    const caption = `da = ${slope} goes to the first maximum, at [${first}]; this pixel gets`;
    return { patch, caption };
  }
  const cells = (value: (row: number, column: number) => number): Tensor =>
    fromFunction([rows.length, columns.length], (row, column) => value(rows[row], columns[column]));
  return {
    patch: cells((row, column) => da.get(i, row, column, c)),
    filter: cells(share),
    caption: "da of the windows that contain this pixel, times its share in each, added up",
  };
}

function poolBackwardWith(mistake: Partial<PoolSteps>): PoolBackward {
  const steps: PoolSteps = { ...RIGHT, ...mistake };
  return (da, { aPrev, parameters }, mode) => {
    const { f } = parameters;
    const [m, rows, columns, channels] = da.shape; // [m, oh, ow, c]
    const daPrev = zeros(aPrev.shape); // [m, h, w, c]
    for (let i = 0; i < m; i++)
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++)
          for (let c = 0; c < channels; c++) {
            const [top, left] = [steps.start(row, parameters), steps.start(column, parameters)];
            const window = aPrev.slice([i, top, left, c], [1, f, f, 1]).reshape([f, f]);
            const slope = da.get(i, row, column, c);
            const share = mode === "max" ? steps.maximum(window, slope) : steps.average(slope, f); // [f, f]
            for (let down = 0; down < f; down++)
              for (let right = 0; right < f; right++) {
                const at = [i, top + down, left + right, c];
                daPrev.set(steps.put(daPrev.get(...at), share.get(down, right), mode), ...at);
              }
          }
    return daPrev;
  };
}
