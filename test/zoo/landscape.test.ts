import assert from "node:assert/strict";
import { cost, memoryCost, zoo } from "convbook";

describe("zoo.landscape", function () {
  this.timeout(120_000);

  // `torchvision.models.get_model_weights(name)[...].meta`, torchvision 0.2x: num_params, _ops / G, acc@1.
  const torchvision = [
    ["ResNet-50 v1.5", "torchvision V1", 25_557_032, 4.089, 76.13],
    ["ResNet-50 v1.5", "torchvision V2", 25_557_032, 4.089, 80.858],
    ["EfficientNet-B0", "torchvision V1", 5_288_548, 0.386, 77.692],
    ["EfficientNet-B7", "torchvision V1", 66_347_960, 37.746, 84.122],
    ["SqueezeNet 1.0", "torchvision V1", 1_248_424, 0.819, 58.092],
    ["AlexNet, torchvision", "torchvision V1", 61_100_840, 0.714, 56.522],
    ["Wide ResNet-101-2", "torchvision V2", 126_886_696, 22.753, 82.51],
    ["ShuffleNet v2 0.5", "torchvision V1", 1_366_792, 0.04, 60.552],
    ["MobileNet v3 large 1", "torchvision V2", 5_483_032, 0.217, 75.274],
    ["DenseNet-201", "torchvision V1", 20_013_928, 4.291, 76.896],
  ] as const;

  it("has what torchvision says of its weights", () => {
    const rows = zoo.landscape();
    for (const [name, publisher, params, giga, top1] of torchvision) {
      const row = rows.find((one) => one.name === name && one.publisher === publisher);
      assert(row, `${name}, ${publisher}`);
      assert.deepEqual([row.params, row.top1], [params, top1]);
      assert(Math.abs(row.macs / 1e9 - giga) < 0.01 * giga + 0.001, `${name}: ${row.macs}`);
    }
  });

  it("has a source and costs above 0 in every row, the same costs for the same network", () => {
    const costs = new Map<string, string>();
    for (const { name, source, publisher, top1, ...row } of zoo.landscape()) {
      assert(source.length > 0 && zoo.landscape(publisher).length > 0);
      assert(top1 > 40 && top1 < 90, name);
      for (const kind of ["params", "macs", "activations", "bytes"] as const)
        assert(row[kind] > 0, name);
      const its = JSON.stringify(row);
      assert.equal(costs.get(name) ?? its, its);
      costs.set(name, its);
    }
  });

  it("counts memory as memoryCost does", () => {
    const net = zoo.find("ResNet-18").build();
    const row = zoo.landscape().find(({ name }) => name === "ResNet-18");
    const { weightBytes, inferenceBytes, trainingBytes } = memoryCost(net);
    assert.equal(row?.bytes, weightBytes + inferenceBytes);
    assert.equal(row?.activations, trainingBytes / 4);
    assert.equal(row?.macs, cost(net).macs);
  });
});

describe("zoo.choose", function () {
  this.timeout(120_000);

  it("gives what fits, one source at a time, the most accurate first", () => {
    for (const budget of [{ params: 6e6 }, { macs: 320e6, publisher: "Keras" as const }, {}]) {
      const chosen = zoo.choose(budget);
      const publisher = budget.publisher ?? "torchvision V1";
      const fit = zoo
        .landscape(publisher)
        .filter(
          (row) =>
            !(row.params > (budget.params ?? Infinity)) && !(row.macs > (budget.macs ?? Infinity)),
        );
      assert.equal(chosen.length, fit.length);
      chosen.slice(1).forEach((row, i) => assert(row.top1 <= chosen[i].top1));
    }
  });

  it("takes a bound as what may just be reached, and gives nothing below the cheapest", () => {
    const cheapest = [...zoo.landscape("torchvision V1")].sort((a, b) => a.macs - b.macs)[0];
    assert.deepEqual(
      zoo.choose({ macs: cheapest.macs }).map(({ name }) => name),
      [cheapest.name],
    );
    assert.deepEqual(zoo.choose({ macs: cheapest.macs - 1 }), []);
  });
});
