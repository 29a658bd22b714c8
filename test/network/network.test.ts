import assert from "node:assert/strict";
import {
  cost,
  initialWeights,
  kindLabel,
  layers,
  type Module,
  network,
  NetworkError,
  networkFromData,
  networkToData,
  random,
  runNetwork,
  sameNetwork,
  zeros,
} from "convbook";

const { add, auxiliary, batchNorm, block, branches, concat, conv, dense, depthwiseConv, flatten } =
  layers;
const { maxPool, multiply, relu, residual, sequential, split } = layers;

const shapeOf = (input: readonly number[], ...modules: Module[]) =>
  network("net", input, ...modules).output.shape;

describe("network", () => {
  it("network(name, shape, ...modules) keeps layers in order, each after its inputs", () => {
    const net = network(
      "net",
      [8, 8, 4],
      residual(sequential(conv({ filters: 4, kernelSize: 3, padding: 1 }), relu())),
    );
    assert.deepEqual(
      net.layers.map((layer) => layer.path),
      ["input", "conv1", "relu1", "add1"],
    );
    for (const layer of net.layers)
      for (const input of layer.inputs) assert.ok(input.index < layer.index);
    assert.equal(net.output.path, "add1");
  });

  it("network(...) numbers layers and names that repeat, in each block from 1", () => {
    const unit = () => block("unit", conv({ filters: 3, kernelSize: 1 }), relu({ name: "end" }));
    const net = network("net", [4, 4, 3], unit(), unit(), conv({ filters: 2, kernelSize: 1 }));
    assert.deepEqual(
      net.layers.map((layer) => layer.path),
      ["input", "unit/conv1", "unit/end", "unit_2/conv1", "unit_2/end", "conv1"],
    );
    assert.equal(new Set(net.layers.map((layer) => layer.path)).size, net.layers.length);
  });

  it("network.layer(path) and network.block(path) find what a path names", () => {
    const net = network("net", [4, 4, 3], block("a", block("b", relu()), relu()));
    assert.equal(net.layer("a/b/relu1").name, "relu1");
    assert.equal(net.block("a").length, 2);
    assert.throws(() => net.layer("a/c"), /path of a layer of net, but got "a\/c".*"a\/b\/relu1"/);
  });

  it("network(...) is frozen, and modules can be used again", () => {
    const unit = conv({ filters: 3, kernelSize: 1 });
    const net = network("net", [4, 4, 3], unit, unit);
    assert.equal(net.layers.length, 3);
    assert.ok(Object.isFrozen(net) && Object.isFrozen(net.layers));
    assert.equal(network("other", [4, 4, 5], unit).output.weights[0].shape[2], 5);
  });

  it("network(..., auxiliary(head)) passes the input on and marks the head", () => {
    const head = block("aux", flatten(), dense({ units: 10 }));
    const net = network("net", [2, 2, 3], auxiliary(head), flatten(), dense({ units: 5 }));
    assert.deepEqual(net.output.shape, [5]);
    assert.deepEqual(
      net.auxiliaryOutputs.map((layer) => layer.shape),
      [[10]],
    );
    assert.deepEqual(
      net.layers.filter((layer) => layer.auxiliary).map((layer) => layer.path),
      ["aux/flatten1", "aux/dense1"],
    );
  });

  it("network(name, [h, w]) is refused", () => {
    assert.throws(() => network("net", [28, 28]), /inputShape must be \[height, width, channels\]/);
    assert.throws(() => network("net", [28, 0, 1]), /inputShape\[1\] must be a positive integer/);
  });

  it("network(..., a layer that was not called) says how to call it", () => {
    const uncalled = relu as unknown as Module;
    assert.throws(() => network("net", [2, 2, 1], uncalled), /relu\(\), not relu/);
    assert.throws(() => sequential("relu" as unknown as Module), /module 1 must be a function/);
  });

  it("network(..., a layer whose output nobody uses) is refused", () => {
    const forgetful: Module = (x) => {
      relu({ name: "lost" })(x);
      return x;
    };
    assert.throws(() => network("net", [2, 2, 1], block("a", forgetful)), /output of net\/a\/lost/);
  });

  it("add(tensors of two networks) is refused", () => {
    let stolen: Parameters<Module>[0] | undefined;
    network("first", [2, 2, 1], (x) => (stolen = x));
    assert.throws(
      () => network("second", [2, 2, 1], (x) => add(x, stolen!)),
      /a symbolic tensor of the same network, but got one of "first"/,
    );
  });
});

describe("layers", () => {
  const cases: [title: string, input: number[], module: Module, expected: number[]][] = [
    ["conv valid", [224, 224, 3], conv({ filters: 8, kernelSize: 3 }), [222, 222, 8]],
    [
      "conv same, stride 2",
      [225, 224, 3],
      conv({ filters: 8, kernelSize: 3, stride: 2, padding: "same" }),
      [113, 112, 8],
    ],
    ["conv dilated", [9, 9, 1], conv({ filters: 1, kernelSize: 3, dilation: 4 }), [1, 1, 1]],
    ["conv 1×7", [17, 17, 4], conv({ filters: 2, kernelSize: [1, 7] }), [17, 11, 2]],
    ["depthwiseConv", [8, 8, 5], depthwiseConv({ kernelSize: 3, multiplier: 2 }), [6, 6, 10]],
    [
      "transposedConv",
      [7, 7, 4],
      layers.transposedConv({ filters: 2, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1 }),
      [14, 14, 2],
    ],
    ["maxPool, its size as stride", [7, 7, 3], maxPool({ size: 2 }), [3, 3, 3]],
    ["maxPool ceil", [7, 7, 3], maxPool({ size: 2, ceilMode: true }), [4, 4, 3]],
    ["globalAveragePool", [7, 7, 3], layers.globalAveragePool(), [3]],
    ["globalMaxPool keepDims", [7, 7, 3], layers.globalMaxPool({ keepDims: true }), [1, 1, 3]],
    ["adaptiveAveragePool", [9, 5, 3], layers.adaptiveAveragePool({ outputSize: 6 }), [6, 6, 3]],
    ["batchNorm", [9, 5, 3], batchNorm(), [9, 5, 3]],
    ["branches", [4, 4, 2], branches(relu(), conv({ filters: 3, kernelSize: 1 })), [4, 4, 5]],
    ["split and concat", [4, 4, 6], (x) => concat(...split(x, 3).reverse()), [4, 4, 6]],
    ["multiply by a gate", [4, 4, 6], gated, [4, 4, 6]],
    ["channelShuffle", [4, 4, 6], layers.channelShuffle({ groups: 3 }), [4, 4, 6]],
    [
      "zeroPad",
      [4, 4, 6],
      layers.zeroPad({
        padding: [
          [1, 2],
          [0, 1],
        ],
        channels: [3, 3],
      }),
      [7, 5, 12],
    ],
    [
      "crop",
      [4, 4, 6],
      layers.crop({
        cropping: [
          [1, 0],
          [1, 2],
        ],
      }),
      [3, 1, 6],
    ],
  ];
  function gated(x: Parameters<Module>[0]) {
    return multiply(x, layers.globalAveragePool({ keepDims: true })(x));
  }
  for (const [title, input, module, expected] of cases)
    it(`${title}: [${input.join(", ")}] → [${expected.join(", ")}]`, () => {
      assert.deepEqual(shapeOf(input, module), expected);
    });

  it("weights have the shapes that kernels/ and tfjs use", () => {
    const weights = (input: number[], module: Module) =>
      network("net", input, module).output.weights.map(({ name, shape }) => [name, shape]);
    assert.deepEqual(weights([8, 8, 6], conv({ filters: 4, kernelSize: [3, 1], groups: 2 })), [
      ["filter", [3, 1, 3, 4]],
      ["bias", [4]],
    ]);
    assert.deepEqual(weights([12], dense({ units: 5, bias: false })), [["matrix", [12, 5]]]);
    assert.deepEqual(
      weights([2, 2, 7], batchNorm({ scale: false })).map(([name]) => name),
      ["beta", "movingMean", "movingVariance"],
    );
    assert.deepEqual(weights([7, 7, 4], layers.transposedConv({ filters: 2, kernelSize: 3 }))[0], [
      "filter",
      [3, 3, 2, 4],
    ]);
  });

  const refused: [title: string, input: number[], module: Module, message: RegExp][] = [
    [
      "conv({groups: 2}) on 3 channels",
      [8, 8, 3],
      conv({ filters: 4, kernelSize: 1, groups: 2 }),
      /^net\/deep\/conv1: layers\.conv\(\): groups must be a divisor of the 3 input channels.*Input \[8, 8, 3\]/,
    ],
    [
      "conv({kernelSize: 9}) on 8×8",
      [8, 8, 3],
      conv({ filters: 4, kernelSize: 9, name: "wide" }),
      /^net\/deep\/wide: layers\.conv\(\): kernel height.*8.*but got 9/,
    ],
    [
      "maxPool({size: 3}) on 2×2",
      [2, 2, 3],
      maxPool({ size: 3 }),
      /^net\/deep\/maxPool1: layers\.maxPool\(\): kernel height/,
    ],
    [
      "add of unlike shapes",
      [8, 8, 3],
      residual(conv({ filters: 4, kernelSize: 1 })),
      /^net\/deep\/add1: .*\[8, 8, 3\].*but got \[8, 8, 4\].*Input \[8, 8, 3\] and \[8, 8, 4\]/,
    ],
    [
      "concat of unlike sizes",
      [8, 8, 3],
      branches(relu(), maxPool({ size: 2 })),
      /^net\/deep\/concat1: .*\[8, 8, any\].*but got \[4, 4, 3\]/,
    ],
    [
      "multiply by another shape",
      [8, 8, 3],
      (x) => multiply(x, maxPool({ size: 2 })(x)),
      /^net\/deep\/multiply1: .*\[8, 8, 3\].*but got \[4, 4, 3\]/,
    ],
    [
      "dense on maps of one pixel",
      [1, 1, 3],
      dense({ units: 2 }),
      /conv\(\{ filters: 2, kernelSize: 1 \}\)/,
    ],
    ["dense on maps", [8, 8, 3], dense({ units: 2 }), /dense1: .*\[features\].*Put flatten\(\)/],
    [
      "conv after flatten",
      [8, 8, 3],
      sequential(flatten(), conv({ filters: 1, kernelSize: 1 })),
      /conv1: .*\[height, width, channels\], but got \[192\]/,
    ],
    [
      "split in 2 of 3 channels",
      [8, 8, 3],
      (x) => add(...split(x, 2)),
      /divisor of the 3 channels/,
    ],
    [
      "slice beyond the channels",
      [8, 8, 3],
      layers.slice({ from: 1, to: 4 }),
      /slice1: .*at most the 3 channels, but got 4/,
    ],
    [
      "channelShuffle({groups: 2}) of 3 channels",
      [8, 8, 3],
      layers.channelShuffle({ groups: 2 }),
      /divisor of the 3 channels, but got 2/,
    ],
    [
      "maxPool of nothing but padding",
      [8, 8, 3],
      maxPool({ size: 2, padding: [0, 2] }),
      /maxPool1: .*padding must be so small that every window/,
    ],
    [
      "conv({filters: 2.5})",
      [8, 8, 3],
      conv({ filters: 2.5, kernelSize: 1 }),
      /filters must be a positive integer, but got 2\.5/,
    ],
    [
      "transposedConv that leaves nothing",
      [1, 1, 3],
      layers.transposedConv({ filters: 1, kernelSize: 2, padding: 1 }),
      /^net\/deep\/transposedConv1: /,
    ],
    [
      "crop of everything",
      [2, 2, 3],
      layers.crop({
        cropping: [
          [1, 1],
          [0, 0],
        ],
      }),
      /crop1: .*less than the 2 rows/,
    ],
  ];
  for (const [title, input, module, message] of refused)
    it(`${title} is refused with the path and the shapes`, () => {
      assert.throws(
        () => network("net", input, block("deep", module)),
        (error) => error instanceof NetworkError && message.test(error.message),
      );
    });

  it("layers that cannot be built are refused before any input", () => {
    assert.throws(() => layers.activation("mish" as "relu"), /"relu" or .* but got "mish"/);
    assert.throws(() => layers.localResponseNorm({ size: 0 }), /size must be a positive integer/);
    assert.throws(() => layers.dropout({ rate: NaN }), /rate must be a finite number/);
    assert.throws(() => layers.dropout({ rate: 1 }), /rate must be at least 0 and less than 1/);
    assert.throws(() => layers.batchNorm({ epsilon: 0 }), /epsilon must be more than 0/);
    assert.throws(() => layers.localResponseNorm({ k: 0 }), /k must be more than 0/);
    assert.throws(() => layers.localResponseNorm({ alpha: -1 }), /alpha must be 0 or more/);
  });
});

describe("layers.unknown", () => {
  const resize = layers.unknown({ type: "Resize", shape: [16, 16, 3], params: 12 });
  const net = network("net", [8, 8, 3], resize, layers.conv({ filters: 2, kernelSize: 3 }));

  it("layers.unknown({ type, shape, params }) counts parameters, and no multiply-adds", () => {
    assert.deepEqual(
      cost(net).layers.map(({ params, macs }) => [params, macs]),
      [
        [0, 0],
        [12, 0],
        [56, 14 * 14 * 54],
      ],
    );
    assert.equal(kindLabel(net.layers[1]), "Resize");
  });

  it("networkFromData(networkToData(network)) keeps it", () => {
    assert.ok(sameNetwork(networkFromData(networkToData(net)), net));
  });

  it("runNetwork and toLayersModel say that it cannot be run", () => {
    const weights = initialWeights(net, random(1));
    assert.throws(() => runNetwork(net, weights, zeros([1, 8, 8, 3])), /"Resize", of which only/);
  });

  it("layers.unknown({ type, shape: [0] }) is refused", () => {
    assert.throws(() => layers.unknown({ type: "Resize", shape: [0] }), /shape\[0\]/);
    assert.throws(() => layers.unknown({ type: "", shape: [1] }), /type must be/);
  });
});
