import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  allClose,
  batchNorm,
  layers,
  network,
  networkFromData,
  networkToData,
  random,
  randomNormal,
  sameNetwork,
  toLayersModel,
  weightsOf,
} from "convbook";
import { randomWeights } from "../training/randomWeights";
import { toTf } from "../training/tfjs";

/** The kernel's averages are PyTorch's (golden cases); here those of training in tfjs are the kernel's. */
describe("moving averages of batch norm in tfjs", () => {
  for (const options of [
    {},
    { momentum: 0.5 },
    { unbiased: true },
    { scale: false, unbiased: true, momentum: 0.75 },
    { center: false, momentum: 0 },
  ])
    it(`batchNorm(${JSON.stringify(options)}) follows a batch as the kernel says`, () => {
      const net = network("net", [3, 4, 2], layers.batchNorm(options));
      const weights = randomWeights(net, 5);
      const { movingMean: mean, movingVariance: variance } = weights.batchNorm1;
      const x = randomNormal([5, 3, 4, 2], random(6));
      const model = toLayersModel(net, { weights }) as tf.LayersModel;
      (model.apply(toTf(x), { training: true }) as tf.Tensor).dispose();
      const { momentum, unbiased } = options as { momentum?: number; unbiased?: boolean };
      const moving = { mean: mean!, variance: variance! };
      const after = batchNorm(x, { moving, momentum, unbiased }).moving!;
      const found = weightsOf(net, model).batchNorm1;
      assert.ok(allClose(found.movingMean!, after.mean, { tolerance: 1e-5 }));
      assert.ok(allClose(found.movingVariance!, after.variance, { tolerance: 1e-5 }));
      assert.ok(sameNetwork(networkFromData(networkToData(net)), net));
    });

  it("one value a channel has no unbiased variance, and training says so", () => {
    const model = toLayersModel(network("net", [2], layers.batchNorm({ unbiased: true })));
    const one = tf.ones([1, 2]);
    assert.throws(
      () => (model as tf.LayersModel).apply(one, { training: true }),
      /no unbiased variance.*two images or more/,
    );
  });
});
