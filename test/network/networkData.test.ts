import assert from "node:assert/strict";
import {
  layers,
  type Module,
  type Network,
  network,
  type NetworkData,
  networkFromData,
  networkToData,
  sameNetwork,
  structuralNumbers,
  zoo,
} from "convbook";

const { add, conv, dense, flatten, maxPool, relu, transposedConv } = layers;

describe("networkFromData(networkToData(net))", () => {
  it("gives back every network of the zoo, layer by layer", () => {
    for (const entry of zoo.all()) {
      const network = entry.build();
      const copy = networkFromData(JSON.parse(JSON.stringify(networkToData(network))));
      assert.deepEqual(networkToData(copy), networkToData(network), network.name);
      const facts = (net: Network) =>
        net.layers.map(({ path, shape, weights, auxiliary }) => ({
          path,
          shape,
          weights,
          auxiliary,
        }));
      assert.deepEqual(facts(copy), facts(network), network.name);
      assert.ok(sameNetwork(copy, network), network.name);
    }
  });

  it("keeps ceil mode, uneven padding, transposed convolutions and dense layers set by hand", () => {
    const net = network(
      "net",
      [11, 11, 2],
      maxPool({ size: 3, stride: 2, ceilMode: true }),
      conv({ filters: 3, kernelSize: 2, padding: "same", dilation: 2 }),
      transposedConv({ filters: 2, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1 }),
      transposedConv({ filters: 2, kernelSize: 2, stride: 3, padding: "same" }),
      flatten(),
      dense({ units: 2, trainable: false }),
    );
    assert.deepEqual(networkToData(networkFromData(networkToData(net))), networkToData(net));
    assert.equal(networkFromData(networkToData(net)).output.weights[0].trainable, false);
  });
});

describe("networkFromData", () => {
  type Loose = Record<string, any>; // what comes in has no type that holds
  const honest = (): Loose =>
    JSON.parse(
      JSON.stringify(
        networkToData(network("net", [8, 8, 4], conv({ filters: 4, kernelSize: 3, padding: 1 }))),
      ),
    );
  const refuses = (change: (data: Loose) => void, message: RegExp) => {
    const data = honest();
    change(data);
    assert.throws(() => networkFromData(data as NetworkData), message);
  };

  it("believes no claim: an operation that does not follow from its input is refused", () => {
    const operation = /layers\[0\]\.operation must be an operation that fits/;
    refuses((data) => (data.layers[0].operation.window.height.output = 1), operation);
    refuses((data) => (data.layers[0].operation.window.height.input = 9), operation);
    refuses((data) => (data.layers[0].operation.kind = "input"), operation);
    refuses((data) => (data.layers[0].operation.kind = "constructor"), operation);
    refuses((data) => (data.layers[0].operation.macs = 0), operation);
    refuses(
      (data) => (data.layers[0].operation.filters = -1),
      /filters must be a positive integer/,
    );
    refuses((data) => (data.layers[0].inputs = [0, 0]), operation);
  });

  it("refuses data that describes no network", () => {
    for (const data of [undefined, null, 3, {}, { name: "net" }])
      assert.throws(() => networkFromData(data as never), /data must be what networkToData gives/);
    refuses((data) => (data.inputShape = [8, 8]), /inputShape/);
    refuses((data) => (data.layers[0] = null), /layers\[0\] must be a layer/);
    refuses((data) => (data.layers[0].inputs = [1]), /inputs that stand before it/);
    refuses((data) => (data.layers[0].inputs = []), /inputs that stand before it/);
    refuses((data) => (data.layers[0].name = ""), /layers\[0\] must be a layer/);
    refuses((data) => data.layers.push(data.layers[0]), /different paths/);
    refuses((data) => (data.output = -1), /output must be the index of a layer/);
    refuses((data) => (data.auxiliaryOutputs = [7]), /auxiliaryOutputs must be the index/);
  });
});

describe("sameNetwork(a, b)", () => {
  const small = (...modules: Module[]) => network("net", [8, 8, 4], ...modules);

  it("does not look at names or at the order of a sum, but at all else", () => {
    const body = () => conv({ filters: 4, kernelSize: 3, padding: 1 });
    const one = small((x) => add(x, body()(x)));
    assert.ok(sameNetwork(one, small((x) => add(body()(x), x)))); // prettier-ignore
    assert.ok(!sameNetwork(one, small((x) => add(x, relu()(body()(x)))))); // prettier-ignore
    assert.ok(!sameNetwork(one, small((x) => add(x, x)))); // prettier-ignore
    assert.ok(!sameNetwork(small(relu()), network("net", [8, 8, 5], relu())));
  });

  it("structuralNumbers(...networks) gives one number to layers that do the same to the same", () => {
    const net = small((x) => add(relu()(x), relu()(x)));
    const numbers = structuralNumbers(net);
    assert.equal(numbers.get(net.layer("relu1")), numbers.get(net.layer("relu2")));
    assert.notEqual(numbers.get(net.layer("add1")), numbers.get(net.layer("relu2")));
  });
});
