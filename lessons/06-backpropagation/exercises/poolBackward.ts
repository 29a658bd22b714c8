import {
  type ComputedFrom,
  exercise,
  type ExerciseTest,
  expectTensor,
  fromFunction,
  outputSize,
  poolBackward as libraryPoolBackward,
  type PoolCache,
  type PoolMode,
  randomIntegers,
  type Tensor,
  zeros,
} from "convbook";
import { only } from "../../shared/only";
import { windowAt } from "../../shared/windowAt";
import * as solution from "../solution";
import { distinct } from "./distinct";
import { lastMask } from "./lastMask";

type PoolBackward = typeof solution.poolBackward;

/** The steps of poolBackward, so that one thing at a time can be got wrong. */
interface PoolSteps {
  /** Where the window of an output starts. */
  start(position: number, parameters: PoolCache["parameters"]): number;
  maximum(window: Tensor, slope: number): Tensor;
  average(slope: number, f: number): Tensor;
  /** What stands at a pixel once a window has sent its share. */
  put(before: number, part: number, mode: PoolMode): number;
}

const RIGHT: PoolSteps = {
  start: (position, { stride }) => position * stride,
  maximum: (window, slope) => solution.createMaskFromWindow(window).map((one) => one * slope),
  average: (slope, f) => solution.distributeValue(slope, [f, f]),
  put: (before, part) => before + part,
};

export const poolBackward = exercise({
  id: "06.poolBackward",
  title: "A pooling layer backward",
  minutes: 12,
  task:
    "Write `poolBackward(da, cache, mode)`: each value of `da`, [m, oh, ow, c], goes back to the f×f " +
    'window from which it was pooled: with mode "max" to the first maximum alone, with mode "average"' +
    " to all in equal parts. Where windows overlap, what comes back adds up. The result has the shape" +
    " of aPrev.",
  example: `
const cache = { aPrev: imageOf([[3, 8, 1], [5, 1, 2]]), parameters: { f: 2, stride: 1 } };
poolBackward(imageOf([[4, 12]]), cache, "max") // the 8 is the maximum of both windows
// → [[0, 16, 0], [0, 0, 0]]
poolBackward(imageOf([[4, 12]]), cache, "average")
// → [[1, 4, 3], [1, 4, 3]]`,
  starter: `
function poolBackward(da: Tensor, cache: PoolCache, mode: PoolMode): Tensor {
  const { aPrev, parameters } = cache; // [m, h, w, c]
  const { f, stride } = parameters;
  const [m, outHeight, outWidth, channels] = da.shape; // [m, oh, ow, c]
  const daPrev = zeros(aPrev.shape);
  // A window: aPrev.slice([i, top, left, c], [1, f, f, 1]).reshape([f, f]).
  // You have createMaskFromWindow and distributeValue.
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
    poolTest("also where all values of a window are negative", {
      shape: [1, 4, 6, 1],
      f: 2,
      stride: 2,
      mode: "max",
      negative: true,
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
    "A pooled value came from a window. Where in aPrev did the window of (row, column) start? It is the same position as in poolForward.",
    "Make the window's part first, an f x f tensor: the mask times the slope, or distributeValue(slope, [f, f]). Then add it to daPrev, cell by cell. Why add, and not set?",
    "In loops over i, row, column and c: top = row * stride, left = column * stride, slope = da.get(i, row, column, c). Then over down and right: daPrev at (i, top + down, left + right, c) gains part.get(down, right).",
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
      answer: poolBackwardWith({ put: (_, part) => part }),
    },
    {
      says: "A pixel that is the maximum of two windows keeps only what the second one sent. Their shares add up.",
      answer: poolBackwardWith({
        put: (before, part, mode) =>
          mode === "average" ? before + part : part === 0 ? before : part,
      }),
    },
    {
      says: "Where windows overlap, the average of the last one stands in daPrev. A pixel has a share in the average of every window that contains it: add them up.",
      answer: poolBackwardWith({
        put: (before, part, mode) => (mode === "average" ? part : before + part),
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
      says: "Your search for the maximum starts at 0, so that a window without a positive value hands nothing on. Start from the window's first value, or from -Infinity.",
      answer: poolBackwardWith({
        maximum: (window, slope) =>
          solution.createMaskFromWindow(window).map((one) => (window.max() > 0 ? one * slope : 0)),
      }),
    },
    {
      says: "The modes are swapped: you do the maximum's way back where the average is asked for, and the other way round.",
      answer: (da, cache, mode) =>
        solution.poolBackward(da, cache, mode === "max" ? "average" : "max"),
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

/** A test of poolBackward; its card shows the shares behind a wrong value. */
function poolTest(
  what: string,
  given: {
    shape: number[];
    f: number;
    stride: number;
    mode: PoolMode;
    ties?: boolean;
    negative?: boolean;
  },
): ExerciseTest<PoolBackward> {
  const { shape, f, stride, mode, ties, negative } = given;
  const [m, height, width, channels] = shape;
  return {
    title: `poolBackward(da, cache, "${mode}"), {f: ${f}, stride: ${stride}}, ${what}`,
    async run(poolBackward, { random }) {
      const drawn = ties ? randomIntegers(shape, 1, 2, random) : distinct(shape, random); // [m, h, w, c]
      const aPrev = negative ? drawn.map((value) => value - drawn.size) : drawn;
      const cache: PoolCache = { aPrev, parameters: { f, stride } };
      const rows = outputSize(height, f, { stride });
      const columns = outputSize(width, f, { stride });
      const da = randomIntegers([m, rows, columns, channels], 1, 9, random); // [m, oh, ow, c]
      expectTensor(await poolBackward(da, cache, mode), libraryPoolBackward(da, cache, mode), {
        of: `poolBackward(da, cache, "${mode}")`,
        window: (index) => gradientOfPixel(da, cache, mode, index),
      });
    },
  };
}

/** The windows that contain a pixel: what each has to hand on, and by which weight the pixel gets it. */
function gradientOfPixel(
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
  const windowOf = (row: number, column: number): Tensor =>
    windowAt(aPrev, [i, row * stride, column * stride, c], f);
  const weight = (row: number, column: number): number =>
    mode === "average"
      ? 1 / (f * f)
      : solution
          .createMaskFromWindow(windowOf(row, column))
          .get(y - row * stride, x - column * stride);
  if (mode === "max" && rows.length === 1 && columns.length === 1) {
    const patch = windowOf(rows[0], columns[0]);
    const [slope, first] = [da.get(i, rows[0], columns[0], c), patch.argmax().join(", ")];
    const caption = `da = ${slope} goes to the first maximum, at [${first}]; this pixel gets`;
    return { patch, caption };
  }
  const cells = (value: (row: number, column: number) => number): Tensor =>
    fromFunction([rows.length, columns.length], (row, column) => value(rows[row], columns[column]));
  return {
    patch: cells((row, column) => da.get(i, row, column, c)),
    filter: cells(weight),
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
            const window = windowAt(aPrev, [i, top, left, c], f);
            const slope = da.get(i, row, column, c);
            const parts = mode === "max" ? steps.maximum(window, slope) : steps.average(slope, f); // [f, f]
            for (let down = 0; down < f; down++)
              for (let right = 0; right < f; right++) {
                const at = [i, top + down, left + right, c];
                daPrev.set(steps.put(daPrev.get(...at), parts.get(down, right), mode), ...at);
              }
          }
    return daPrev;
  };
}
