import assert from "node:assert/strict";
import {
  adamStep,
  type AdamState,
  engine,
  evaluate,
  fit,
  initialWeights,
  mnist,
  networkGradients,
  random,
  toLayersModel,
  useBackend,
  zoo,
} from "convbook";

/**
 * A small part of what `npm run bench -- mnist` does with all images: there LeNet-5 reaches 98.5%. From so few
 * images, in a few seconds, it learns to read most digits; chance reads one in ten.
 */
describe("LeNet-5 on 1,600 images of MNIST", function () {
  this.timeout(120_000);

  const net = zoo.lenet5();
  const train = mnist().train.take(1600).padded(2); // [1600, 32, 32, 1]
  const test = mnist().test.take(500).padded(2);
  const batchSize = 16;
  const learningRate = 0.002;
  const enough = 0.8;

  after(() => useBackend("cpu"));

  it("fit(model, train) on wasm learns to read", async () => {
    await useBackend("wasm");
    const model = toLayersModel(net, { seed: 1 });
    await fit(model, train, { batchSize, learningRate, seed: 1, progress: false });
    const { accuracy } = await evaluate(model, test);
    assert.ok(accuracy > enough, `${accuracy}`);
  });

  it("networkGradients(...) and adamStep(...) on the engine learn to read, without tfjs", async () => {
    let weights = initialWeights(net, random(1));
    let state: AdamState | undefined;
    for (const { images, labels } of train.batches(batchSize, { shuffle: random(1) })) {
      const { gradients } = networkGradients(net, weights, images, labels, { operations: engine });
      ({ weights, state } = adamStep(weights, gradients, state, { learningRate }));
    }
    await useBackend("wasm");
    const { accuracy } = await evaluate(toLayersModel(net, { weights }), test);
    assert.ok(accuracy > enough, `${accuracy}`);
  });
});
