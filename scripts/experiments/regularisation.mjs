// Trains the contests of lesson 10, from their seeds, and writes what came out to assets/experiments/.
// Takes about ten minutes on one core: node scripts/experiments/regularisation.mjs
import convbook from "../../dist/index.js";
import { compareWays } from "./ways.mjs";

const { augmented, layers, mirror, mnist, network, random, randomCrop, rotate, warp } = convbook;

/** `watched`: how many of the images early stopping keeps aside, to judge the epochs by. */
const setting = { images: 200, watched: 40, test: 2000, batchSize: 20, learningRate: 0.002 };
const { conv, batchNorm, localResponseNorm, relu, maxPool, flatten, dropout, dense } = layers;

/** A small network with something between its convolutions and their ReLUs, and before its dense layer. */
const net = ({ normalise = layers.identity, before = layers.identity } = {}) =>
  network(
    "small",
    [28, 28, 1],
    conv({ filters: 8, kernelSize: 3 }),
    normalise,
    relu(),
    maxPool({ size: 2 }),
    conv({ filters: 16, kernelSize: 3 }),
    normalise,
    relu(),
    maxPool({ size: 2 }),
    flatten(),
    before,
    dense({ units: 10 }),
  );

const digits = mnist();
// From all of the test set, whose first half comes from other writers than its second.
const test = digits.test.shuffled(random(0)).take(setting.test);
const crop = randomCrop({ pixels: 2, outside: "black" });
const rotation = rotate({ degrees: 10, outside: "black" });
const warping = warp({ pixels: 1, outside: "black" });
const fewer = setting.images - setting.watched;

/** @type {Record<string, import("./ways.mjs").Way>} */
const ways = {
  plain: {},
  "augmented: crop, rotation, warp": { data: (own) => augmented(own, [crop, rotation, warping]) },
  "augmented: crop": { data: (own) => augmented(own, [crop]) },
  "augmented: rotation": { data: (own) => augmented(own, [rotation]) },
  "augmented: warp": { data: (own) => augmented(own, [warping]) },
  "augmented: mirror": { data: (own) => augmented(own, [mirror()]) },
  "dropout 0.5": { network: net({ before: dropout({ rate: 0.5 }) }) },
  "batch norm": { network: net({ normalise: batchNorm() }) },
  "local response norm": { network: net({ normalise: localResponseNorm() }) },
  "label smoothing 0.1": { options: { labelSmoothing: 0.1 } },
  "weight decay 0.01": { options: { weightDecay: 0.01 } },
  "weight decay 1": { options: { weightDecay: 1 } },
  "weight decay 10": { options: { weightDecay: 10 } },
  "fewer: all but those to be watched": { data: (own) => own.slice(0, fewer) },
  "early stopping: the same, the others watched": {
    data: (own) => own.slice(0, fewer),
    watched: (own) => own.slice(fewer),
    options: { earlyStopping: { patience: 5 } },
  },
};

await compareWays({
  name: "regularisation",
  setting,
  seeds: [1, 2, 3, 4, 5, 6],
  lengths: [10, 40], // epochs
  ways,
  network: net(),
  // Each seed has digits of its own too: what holds for 200 digits need not hold for 200 others.
  digits: (seed) => digits.train.shuffled(random(seed)).take(setting.images),
  judges: test,
});
