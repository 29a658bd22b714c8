// Trains the contest of lesson 10 in which colours matter: painted digits, learnt under a narrow range of lights and
// read under a wide one. Takes about five minutes on one core: node scripts/experiments/colours.mjs
import convbook from "../../dist/index.js";
import { rounded } from "./records.mjs";
import { compareWays } from "./ways.mjs";

const { augmented, colourAxes, colourShift, evaluate, LabelledImages, layers } = convbook;
const { mnist, network, pcaColour, random } = convbook;

/** What ink and paper give back of the light; and the light of each image, in each of its three colours. */
const paint = { ink: 0.1, paper: 0.9, trainLight: [0.9, 1], testLight: [0.3, 1] };
const setting = { images: 200, test: 2000, batchSize: 20, learningRate: 0.002, ...paint };
const { conv, relu, maxPool, flatten, dense } = layers;

const digits = mnist();
const unlit = digits.test.shuffled(random(0)).take(setting.test);

/**
 * The same digits in ink on paper, each under a light of its own.
 *
 * @param {any} set
 * @param {number[]} light the range of its three colours
 * @param {any} source
 */
function painted(set, [darkest, brightest], source) {
  const { images, labels, imageShape } = set;
  const [height, width] = imageShape;
  const pixels = new Uint8Array(labels.length * height * width * 3);
  for (let image = 0, at = 0; image < labels.length; image++) {
    const light = [0, 1, 2].map(() => source.uniform(darkest, brightest));
    for (let end = (image + 1) * height * width; at < end; at++) {
      const surface = paint.paper + (paint.ink - paint.paper) * images.data[at];
      for (let c = 0; c < 3; c++) pixels[3 * at + c] = Math.round(255 * light[c] * surface);
    }
  }
  return new LabelledImages(pixels, Uint8Array.from(labels), [height, width, 3]);
}

/**
 * The same images without their colours: three channels still, all of them the mean.
 *
 * @param {any} set
 */
function greyed(set) {
  const { images, labels, imageShape } = set;
  const pixels = new Uint8Array(images.size);
  for (let i = 0; i < images.size; i += 3)
    pixels.fill(
      Math.round((255 * (images.data[i] + images.data[i + 1] + images.data[i + 2])) / 3),
      i,
      i + 3,
    );
  return new LabelledImages(pixels, Uint8Array.from(labels), imageShape);
}

/**
 * An augmentation that draws three numbers for each image, and changes each value by that of its channel.
 *
 * @param {(source: any) => number[]} draw
 * @param {(value: number, drawn: number) => number} change
 */
function byChannel(draw, change) {
  return (/** @type {any} */ images, /** @type {any} */ source) => {
    const size = images.size / images.shape[0];
    const drawn = Array.from({ length: images.shape[0] }, () => draw(source));
    return images.map((/** @type {number} */ value, /** @type {number} */ i) =>
      Math.min(Math.max(change(value, drawn[Math.floor(i / size)][i % 3]), 0), 1),
    );
  };
}

/** A shift of all colours by the same: what `colourShift` does to brightness, and nothing to hue. */
const brightness = (/** @type {number} */ amount) =>
  byChannel(
    (source) => new Array(3).fill(source.uniform(-amount, amount)),
    (value, shift) => value + shift,
  );
/** The change that is really there: the lights of the test. */
const relit = byChannel(
  (source) => [0, 1, 2].map(() => source.uniform(paint.testLight[0], paint.testLight[1])),
  (value, light) => value * light,
);
/** @type {(change: (own: any) => any) => import("./ways.mjs").Way} */
const changed = (change) => ({ data: (own) => augmented(own, [change(own)]) });
const familiar = painted(unlit, paint.trainLight, random(1000));

await compareWays({
  name: "colours",
  setting,
  seeds: [1, 2, 3, 4, 5, 6],
  lengths: [10, 40], // epochs
  ways: {
    plain: {},
    "colour shift 0.5": changed(() => colourShift({ amount: 0.5 })),
    "brightness shift 0.5": changed(() => brightness(0.5)),
    "PCA colour 1": changed((own) => pcaColour(colourAxes(own.images), { deviation: 1 })),
    "in grey": { prepare: greyed },
    "the test's lights": changed(() => relit),
  },
  network: network(
    "small, in colour",
    [28, 28, 3],
    conv({ filters: 8, kernelSize: 3 }),
    relu(),
    maxPool({ size: 2 }),
    conv({ filters: 16, kernelSize: 3 }),
    relu(),
    maxPool({ size: 2 }),
    flatten(),
    dense({ units: 10 }),
  ),
  // The digits of each seed, and their lights.
  digits: (seed) =>
    painted(
      digits.train.shuffled(random(seed)).take(setting.images),
      paint.trainLight,
      random(seed),
    ),
  judges: painted(unlit, paint.testLight, random(0)),
  // The same digits of other writers under the lights that the network has learnt from.
  measure: async (model, prepare) => {
    const { accuracy } = await evaluate(model, prepare(familiar));
    return { familiarAccuracy: rounded(accuracy) };
  },
});
