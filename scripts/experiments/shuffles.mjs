// Lesson 21: plain digits through 1×1 convolutions in four groups, with a shuffle between and without, and without
// groups at all: that one says what mixing is worth here, so what a shuffle could give back.
// Takes a quarter of an hour on one core: node scripts/experiments/shuffles.mjs
import convbook from "../../dist/index.js";
import { runContest } from "./contest.mjs";

const { layers, network } = convbook;
const { channelShuffle, conv, dense, depthwiseConv, globalAveragePool, identity, relu } = layers;

/**
 * Each group begins with one of four filters; after that, its maps come from its own.
 *
 * @param {number} groups
 * @param {any} mix what stands between the two 1×1 convolutions of a unit
 */
function digitsIn(groups, mix) {
  const unit = () =>
    layers.sequential(
      conv({ filters: 32, kernelSize: 1, groups }),
      relu(),
      mix,
      depthwiseConv({ kernelSize: 3, stride: 2, padding: 1 }),
      conv({ filters: 32, kernelSize: 1, groups }),
      relu(),
    );
  return network(
    "digits",
    [28, 28, 1],
    conv({ filters: 4, kernelSize: 3, stride: 2, padding: 1 }),
    relu(),
    unit(),
    unit(),
    globalAveragePool(),
    dense({ units: 10 }),
  );
}

await runContest({
  name: "shuffles",
  variants: {
    "four groups": { network: digitsIn(4, identity) },
    "four groups, shuffled": { network: digitsIn(4, channelShuffle({ groups: 4 })) },
    "one group": { network: digitsIn(1, identity) },
  },
  setting: { images: 1000, test: 2000, batchSize: 50, learningRate: 0.01 },
  lengths: [4, 20],
  seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
});
