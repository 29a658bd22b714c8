import assert from "node:assert/strict";
import {
  cosineSchedule,
  fit,
  type FitOptions,
  layers,
  network,
  stepSchedule,
  tensor,
  toLayersModel,
  useBackend,
  weightsOf,
} from "convbook";

/** One example, its label, and a network of one dense layer: torch's Linear(2, 2). */
const net = network("net", [2], layers.dense({ units: 2 }), layers.softmax());
const start = {
  dense1: {
    matrix: tensor([
      [0.5, -0.25],
      [1, 0.75],
    ]),
    bias: tensor([0.1, -0.2]),
  },
};
const example = { x: tensor([[1, -2]]), y: [1] };

async function train(options: FitOptions) {
  await useBackend("cpu");
  const model = toLayersModel(net, { weights: start });
  await fit(model, example, { epochs: 4, batchSize: 1, progress: false, ...options });
  return weightsOf(net, model)["dense1"];
}

describe("fit with schedules and weight decay", function () {
  this.timeout(60_000);

  // torch 2.14: the optimizer with weight_decay on the matrix alone; lr of each step set by hand. SGD's decay is
  // coupled in PyTorch, so p.mul_(1 - lr * decay) stands before its steps.
  // tfjs keeps 1 - 0.999 in float32, which moves its adam by 6 parts in a million of a step.
  const golden: Record<string, [FitOptions, number[], number[]]> = {
    "adam with a cosine and decay": [
      { learningRate: cosineSchedule({ learningRate: 0.2, epochs: 4 }), weightDecay: 0.3 },
      [0.001464471, 0.212911107, 1.284789036, 0.215840006],
      [-0.351442744, 0.251442744],
    ],
    "sgd with steps and decay": [
      {
        optimizer: "sgd",
        learningRate: stepSchedule({ learningRate: 0.2, every: 2, factor: 0.5 }),
        weightDecay: 0.1,
      },
      [0.264537842, -0.029215832, 1.353500397, 0.293753673],
      [-0.112370834, 0.012370834],
    ],
    "adam with decay alone": [
      { learningRate: 0.05, weightDecay: 0.1 },
      [0.295540866, -0.050503491, 1.174683402, 0.540578224],
      [-0.096019178, -0.003980822],
    ],
  };
  for (const [title, [options, matrix, bias]] of Object.entries(golden))
    it(`${title} is PyTorch's`, async () => {
      const found = await train(options);
      const values = [...found.matrix!.data, ...found.bias!.data];
      [...matrix, ...bias].forEach((value, i) =>
        assert.ok(Math.abs(values[i] - value) < 6e-6, `${values} for ${[...matrix, ...bias]}`),
      );
    });

  it("what is no length of a step is refused", async () => {
    await assert.rejects(
      train({ learningRate: () => NaN }),
      /learningRate\(0\) must be a finite number/,
    );
    await assert.rejects(
      train({ learningRate: (e) => 0.1 - e }),
      /learningRate\(1\) must be 0 or more/,
    );
    await assert.rejects(train({ weightDecay: -1 }), /weightDecay must be 0 or more/);
    assert.throws(
      () => cosineSchedule({ learningRate: 1, epochs: 2, warmUp: 2 }),
      /warmUp must be 0 or more, and less than the 2 epochs/,
    );
    assert.throws(() => stepSchedule({ learningRate: 1, every: 0 }), /every must be/);
  });
});
