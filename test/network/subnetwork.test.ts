import assert from "node:assert/strict";
import { cost, layers, network, subnetwork, zoo } from "convbook";

describe("subnetwork", () => {
  it("subnetwork(network, block) costs what the block costs, with the shapes of its input there", () => {
    const googlenet = zoo.googlenet();
    const whole = cost(googlenet);
    for (const path of ["conv2", "inception3a", "inception5b"]) {
      const inside = whole.layers.filter(({ layer }) => layer.path.startsWith(`${path}/`));
      const part = subnetwork(googlenet, path);
      assert.equal(
        cost(part).macs,
        inside.reduce((sum, { macs }) => sum + macs, 0),
      );
      assert.equal(
        cost(part).params,
        inside.reduce((sum, { params }) => sum + params, 0),
      );
      assert.deepEqual(part.output.shape, inside[inside.length - 1].layer.shape);
    }
  });

  it("subnetwork(network, block) is a network: its layers stand in order, with paths from the block on", () => {
    const part = subnetwork(zoo.googlenet(), "inception3a");
    assert.equal(part.input.path, "input");
    part.layers.forEach((layer, index) => {
      assert.equal(layer.index, index);
      for (const input of layer.inputs) assert.equal(part.layers[input.index], input);
    });
    assert.ok(part.layers.every(({ path, blocks }) => !path.includes("/") && blocks.length === 0));
  });

  it("subnetwork(network, inner block) goes as deep as the path", () => {
    const excitation = subnetwork(zoo.seResnet(), "conv3_1/se");
    assert.deepEqual(excitation.input.shape, [28, 28, 512]);
    assert.deepEqual(excitation.output.shape, [1, 1, 512]);
  });

  it("subnetwork(network, auxiliary head) is an ordinary network", () => {
    const head = subnetwork(zoo.googlenet({ auxiliaryHeads: true }), "auxiliary1");
    assert.equal(cost(head).params, 3_188_840);
    assert.equal(cost(head).macs, 4_169_728);
  });

  it("subnetwork(network, path of no block) is refused, with some that there are", () => {
    assert.throws(
      () => subnetwork(zoo.googlenet(), "inception9z"),
      /path must be the path of a block of GoogLeNet.*"conv1", "conv2", "inception3a"/,
    );
  });

  it("subnetwork(network, block with two inputs) is refused", () => {
    const { block, conv, relu } = layers;
    const net = network("forked", [4, 4, 2], (x) => {
      const [a, b] = [relu()(x), conv({ filters: 2, kernelSize: 1 })(x)];
      return block("sum", (y) => layers.add(y, b))(a);
    });
    assert.throws(
      () => subnetwork(net, "sum"),
      /a block that one tensor flows into .* but got sum, with 2 in and 1 out/,
    );
  });
});
