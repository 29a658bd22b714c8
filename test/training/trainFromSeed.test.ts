import assert from "node:assert/strict";
import { engine, layers, mnist, network, tensor, trainFromSeed } from "convbook";

describe("trainFromSeed", function () {
  this.timeout(120_000);
  const { batchNorm, conv, dense, flatten, maxPool, relu } = layers;
  const net = network(
    "small",
    [28, 28, 1],
    conv({ filters: 4, kernelSize: 5, stride: 2, padding: "same", bias: false }),
    batchNorm(),
    relu(),
    maxPool({ size: 2 }),
    flatten(),
    dense({ units: 10 }),
  );
  const { train, test } = mnist();
  const few = { x: train.take(300).images, y: train.take(300).labels };
  const options = { seed: 3, epochs: 3, classify: test.take(200).images };

  it("gives the same to the last bit, three times, and with other threads", async () => {
    const { threads } = engine.status();
    const results = [];
    for (const count of [1, 2, 1]) {
      engine.configure({ threads: count });
      results.push(await trainFromSeed(net, few, options));
    }
    engine.configure({ threads });
    for (const result of results.slice(1)) assert.deepEqual(result, results[0]);
  });

  it("learns, and moves the averages of batch norm", async () => {
    const { losses, classes, weights } = await trainFromSeed(net, few, options);
    assert(losses[2] < 0.75 * losses[0], losses.join());
    const labels = test.take(200).labels;
    assert(classes.filter((digit, i) => digit === labels[i]).length > 60);
    assert(weights.batchNorm1.movingMean!.data.some((mean) => mean !== 0));
  });

  it("another seed gives another result", async () => {
    const short = { ...options, epochs: 1 };
    const [a, b] = [
      await trainFromSeed(net, few, short),
      await trainFromSeed(net, few, { ...short, seed: 4 }),
    ];
    assert.notDeepEqual(a.losses, b.losses);
  });

  it("refuses what does not fit before any work, and a loss that is no number", async () => {
    const cases: [() => Promise<unknown>, RegExp][] = [
      [() => trainFromSeed(net, few, { epochs: 0 }), /epochs must be a positive integer/],
      [() => trainFromSeed(net, few, { rate: 1 } as never), /"rate"/],
      [
        () => trainFromSeed(net, few, { classify: tensor([1]) }),
        /classify must be a tensor of shape \[m, 28, 28, 1\]/,
      ],
      [() => trainFromSeed(net, { x: few.x, y: few.y.slice(1) }), /trainFromSeed/],
      [() => trainFromSeed(net, train as never), /\{ x, y \}/],
      [() => trainFromSeed(net, few, { learningRate: 1e30 }), /loss is .* lower learning rate/],
    ];
    for (const [call, message] of cases) await assert.rejects(call, message);
  });
});
