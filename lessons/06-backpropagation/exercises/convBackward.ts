import {
  convBackward as libraryConvBackward,
  type ConvCache,
  exercise,
  type ExerciseTest,
  expectParts,
  expectTensor,
  flipFilter,
  fromFunction,
  outputSize,
  pad2d,
  randomIntegers,
  tensor,
  type Tensor,
  zeroPad,
  zeros,
} from "convbook";
import { only } from "../../shared/only";
import { orZero } from "../../shared/orZero";
import * as solution from "../solution";
import { sumsOfBias, sumsOfPixel, sumsOfWeight } from "./convSums";
import { type ConvGradients, crossOver, forEachTerm, overwrite } from "./convTerms";

type ConvBackward = typeof solution.convBackward;

export const convBackward = exercise({
  id: "06.convBackward",
  title: "A convolution layer backward",
  minutes: 18,
  task:
    "Write `convBackward(dz, cache)`: what each pixel, weight and bias of a convolution layer did to " +
    "the loss. `dz`, [m, oh, ow, cout], is the gradient to the layer's outputs; the cache holds what " +
    "the forward pass was given. Each gradient has the shape of what it belongs to: `daPrev` of " +
    "aPrev, `dw` of w, `db` of b.",
  example: `
const cache = {
  aPrev: imageOf([[1, 2, 0], [3, 1, 2]]), w: filterOf([[1, -1], [0, 2]]),
  b: tensor([7], [1, 1, 1, 1]), parameters: { stride: 1, pad: 0 },
};
convBackward(imageOf([[1, -2]]), cache) // of two outputs, side by side
// → { daPrev: [[1, -3, 2], [0, 2, -4]], dw: [[-3, 2], [1, -3]], db: -1 }`,
  starter: `
function convBackward(dz: Tensor, cache: ConvCache): { daPrev: Tensor; dw: Tensor; db: Tensor } {
  const { aPrev, w, b, parameters } = cache; // [m, h, w, cin], [f, f, cin, cout], [1, 1, 1, cout]
  const { stride, pad } = parameters;
  const [m, outHeight, outWidth, filters] = dz.shape; // [m, oh, ow, cout]
  const daPrev = zeros(aPrev.shape);
  const dw = zeros(w.shape);
  const db = zeros(b.shape);
  // To add to what is there already: sum.set(sum.get(...index) + more, ...index).
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
      image: [1, 5, 4, 3],
      filter: [2, 2, 3, 4],
      parameters: { stride: 2, pad: 1 },
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
        const after: [number, number] = [0, 2 * parameters.pad]; // the zeros missing above stand below
        const padded = pad2d(aPrev, [after, after]);
        const gradients = solution.convBackward(dz, unpadded({ ...cache, aPrev: padded }));
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
      says: "The filter gradient is turned by 180 degrees: dw at (down, right) belongs to the weight that met the pixel (top + down, left + right).",
      answer: instead(({ dw }) => ({ dw: flipFilter(dw) })),
    },
    {
      says: "db comes from the first image alone. The bias was added in every image of the batch: add up over all of them.",
      answer: instead((_, dz, cache) => ({
        db: solution.convBackward(only(dz, 0, 0), cache).db,
      })),
    },
    {
      says: "dw comes from the first image alone. Every image used the same weights: add up over all of them.",
      answer: instead((_, dz, cache) => ({
        dw: solution.convBackward(only(dz, 0, 0), cache).dw,
      })),
    },
    {
      says: "daPrev comes from a full convolution of dz with the turned filter, as if the stride were 1. With a stride, dz has gaps: put stride - 1 zeros between its rows and its columns first.",
      answer: instead((_, dz, cache) => ({ daPrev: fullConvolution(dz, cache) })),
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
      answer: instead((gradients) => ({
        daPrev: only(gradients.daPrev, 3, 0),
        dw: only(gradients.dw, 2, 0),
      })),
    },
    {
      says: "Only the first image of the batch has sent anything. dw and db add up over all the images, and each image has its own daPrev.",
      answer: (dz, cache) => solution.convBackward(only(dz, 0, 0), cache),
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
  expectParts(actual, ["daPrev", "dw", "db"], { of: call });
  const expected = libraryConvBackward(dz, cache);
  const sums = { db: sumsOfBias(dz), dw: sumsOfWeight(dz, cache), daPrev: sumsOfPixel(dz, cache) };
  for (const name of ["db", "dw", "daPrev"] as const)
    expectTensor(actual[name], expected[name], { of: `${call}.${name}`, window: sums[name] });
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

/** daPrev as a convolution of dz with the turned filter, right for a stride of 1; what is missing at the end is 0. */
function fullConvolution(dz: Tensor, { aPrev, w, parameters: { pad } }: ConvCache): Tensor {
  const [f, , , filters] = w.shape;
  return fromFunction(aPrev.shape, (i, y, x, k) => {
    let sum = 0;
    for (let down = 0; down < f; down++)
      for (let right = 0; right < f; right++)
        for (let c = 0; c < filters; c++)
          sum += orZero(dz, i, y + pad - down, x + pad - right, c) * w.get(down, right, k, c);
    return sum;
  });
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
