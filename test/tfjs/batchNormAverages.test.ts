import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  allClose,
  batchNorm,
  initialWeights,
  layers,
  type Module,
  network,
  networkFromData,
  networkGradients,
  networkToData,
  random,
  randomNormal,
  runNetwork,
  sameNetwork,
  type Tensor,
  tensor,
  toLayersModel,
  useBackend,
  weightsOf,
} from "convbook";
import { randomWeights } from "../training/randomWeights";
import { fromTf, toTf } from "../training/tfjs";

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

  /*
   * PyTorch 2 in float64: m = BatchNorm2d(2, momentum=0.25), weight [2, 0.5], bias [-1, 3], in training, then
   * m(x) + m(m(x)), or the three in other words, and m.running_mean, m.running_var.
   */
  const s = layers.shared(layers.batchNorm({ momentum: 0.75, unbiased: true }));
  const parallel: Record<string, Module> = {
    "add(s(x), s(s(x)))": (x) => layers.add(s(x), s(s(x))),
    "add(s(s(x)), s(x)), the latter first": (x) => {
      const once = s(x);
      return layers.add(s(s(x)), once);
    },
  };
  for (const [title, module] of Object.entries(parallel))
    it(`${title}: the averages of a shared batch norm follow its applications in their order, as PyTorch's`, async () => {
      const net = network("net", [1, 2, 2], module);
      const x = tensor([
        [
          [
            [1, 2],
            [4, 0],
          ],
        ],
        [
          [
            [3, 5],
            [-2, 7],
          ],
        ],
        [
          [
            [0, 1],
            [6, 2],
          ],
        ],
      ]); // [3, 1, 2, 2]
      const [path] = Object.keys(initialWeights(net, 1));
      const weights = {
        [path]: {
          gamma: tensor([2, 0.5]),
          beta: tensor([-1, 3]),
          movingMean: tensor([0, 0]),
          movingVariance: tensor([1, 1]),
        },
      };
      const assertPyTorch = ({ mean, variance }: { mean: Tensor; variance: Tensor }) => {
        const near = { tolerance: 1e-5 };
        assert.ok(allClose(mean, tensor([0.40625, 1.6796875]), near), String(mean));
        assert.ok(
          allClose(variance, tensor([4.378123285716735, 2.782812370813619]), near),
          String(variance),
        );
      };
      for (const backend of ["cpu", "wasm"] as const) {
        await useBackend(backend);
        const model = toLayersModel(net, { weights }) as tf.LayersModel;
        const y = model.apply(toTf(x), { training: true }) as tf.Tensor;
        assert.deepEqual(y.shape, [3, 1, 2, 2]);
        const { movingMean, movingVariance } = weightsOf(net, model)[path];
        assertPyTorch({ mean: movingMean!, variance: movingVariance! });
        assert.ok(
          allClose(
            runNetwork(net, weights, x),
            fromTf(toLayersModel(net, { weights }).predict(toTf(x)) as tf.Tensor),
            { tolerance: 1e-5 },
          ),
        );
      }
      await useBackend("cpu");
      const classifier = network("net", [1, 2, 2], module, layers.globalAveragePool());
      const { moving } = networkGradients(classifier, weights, x, [0, 1, 0]);
      assertPyTorch(moving[path]);
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
