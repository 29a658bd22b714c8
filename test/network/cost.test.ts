import assert from "node:assert/strict";
import {
  type ConventionName,
  conventionNames,
  cost,
  explain,
  layers,
  memoryCost,
  type Module,
  network,
  receptiveFields,
  zoo,
} from "convbook";

const { auxiliary, batchNorm, conv, dense, flatten, globalAveragePool, maxPool, relu } = layers;

/** One layer of each sort: 10×10×3 → 8×8×4 → 4×4×4 → 4 → 2. */
const small = network(
  "small",
  [10, 10, 3],
  conv({ filters: 4, kernelSize: 3 }),
  batchNorm(),
  relu(),
  maxPool({ size: 2 }),
  globalAveragePool(),
  dense({ units: 2 }),
);
const convProducts = 8 * 8 * 4 * 27;
const convBiases = 8 * 8 * 4;

describe("cost", () => {
  const expected: Record<ConventionName, [params: number, macs: number]> = {
    paper: [112 + 8 + 10, convProducts + 8],
    torchvision: [130, convProducts + 8],
    timm: [130, convProducts + 8 + 2 * 256 + 64],
    keras: [130 + 8, convProducts + 8],
    // Biases, batch norm twice, ReLU twice, both pools twice by what they read.
    ptflops: [130, convProducts + convBiases + 10 + 512 + 512 + 512 + 2 * 64],
    thop: [130, convProducts + 8 + 4 * 256 + (64 + 4)],
    fvcore: [130, convProducts + 8 + 512 + 64],
    torchinfo: [130, convProducts + convBiases + 10 + 8],
  };
  for (const convention of conventionNames)
    it(`cost(network, {convention: "${convention}"}) counts what it says`, () => {
      const { params, macs, layers: parts, paramsByKind, macsByKind } = cost(small, { convention });
      assert.deepEqual([params, macs], expected[convention]);
      const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
      assert.equal(sum(parts.map((part) => part.params)), params);
      assert.equal(sum(parts.map((part) => part.macs)), macs);
      assert.equal(sum(Object.values(paramsByKind)), params);
      assert.equal(sum(Object.values(macsByKind)), macs);
    });

  it("cost(network) of grouped, transposed and plain convolutions follows their definitions", () => {
    const macs = (input: number[], module: Module) => cost(network("one", input, module)).macs;
    assert.equal(
      macs([14, 14, 8], conv({ filters: 6, kernelSize: 3, groups: 2, padding: 1 })),
      14 * 14 * 6 * 9 * 4,
    );
    const up = layers.transposedConv({ filters: 5, kernelSize: 4, stride: 2, padding: 1 });
    assert.equal(macs([7, 7, 3], up), 7 * 7 * 16 * 5 * 3);
    assert.equal(macs([14, 14, 8], layers.depthwiseConv({ kernelSize: 5 })), 10 * 10 * 25 * 8);
  });

  it("cost(network, {auxiliary}) counts the auxiliary heads or not", () => {
    const head: Module = (x) => dense({ units: 3 })(flatten()(x));
    const net = network("net", [2, 2, 1], auxiliary(head), flatten(), dense({ units: 2 }));
    const count = (options: Parameters<typeof cost>[1]) => {
      const { params, macs } = cost(net, options);
      return [params, macs];
    };
    assert.deepEqual(count({}), [10, 8]);
    assert.deepEqual(count({ convention: "torchvision" }), [25, 8]);
    assert.deepEqual(count({ convention: "torchvision", auxiliary: false }), [10, 8]);
    assert.deepEqual(count({ auxiliary: true }), [25, 20]);
  });

  it('cost(network, {convention: "flops"}) is refused', () => {
    const options = { convention: "flops" as "paper" };
    assert.throws(() => cost(small, options), /convention must be "paper" or .*but got "flops"/);
  });

  it("cost(ResNet-50) gives the counts that each tool is known for", () => {
    const macs = (convention: ConventionName) => cost(zoo.resnet(), { convention }).macs;
    assert.equal(macs("torchvision"), 4_089_184_256);
    // thop prints 4133742592 for torchvision's net, which has no softmax.
    assert.equal(macs("thop"), 4_133_742_592 + (3 * 1000 - 1));
    assert.equal(Math.round(macs("timm") / 1e7), 411);
    assert.equal(Math.round(macs("ptflops") / 1e7), 413);
    assert.equal(Math.round(macs("torchinfo") / 1e7), 409);
  });
});

describe("cost, against the tools themselves", () => {
  // FlopCountAnalysis of fvcore 0.1.5 on timm 1.0.31's resnet18, mobilenetv2_100, mobilenetv3_large_100, efficientnet_b0,
  // densenet121, inception_v3 and seresnet50. timm's nets end in logits, and a softmax counts nothing there.
  const byTimm: [string, number][] = [
    ["resnet18", 1_819_065_856],
    ["mobilenet_v2", 314_193_216],
    ["mobilenet_v3_large", 225_436_416],
    ["efficientnet_b0", 399_352_864],
    ["densenet121", 2_865_546_752],
    ["inception_v3", 5_731_282_144],
    ["SE-ResNet-50 v1.5", 4_114_027_520],
  ];
  for (const [name, macs] of byTimm)
    it(`${name} counts as fvcore counts timm's, to the last digit`, () => {
      assert.equal(cost(zoo.find(name).build(), { convention: "timm" }).macs, macs);
    });

  // get_model_complexity_info of ptflops 0.7 on nn.LocalResponseNorm: size, channels, height and width, count.
  for (const [size, channels, length, macs] of [
    [5, 8, 4, 576],
    [3, 8, 4, 544],
    [5, 16, 7, 3332],
    [1, 3, 5, 300],
  ])
    it(`${size} wide, local response normalisation of ${length}×${length}×${channels} counts as in ptflops`, () => {
      const net = network("net", [length, length, channels], layers.localResponseNorm({ size }));
      assert.equal(cost(net, { convention: "ptflops" }).macs, macs);
    });
});

describe("explain", () => {
  const nets = [
    zoo.resnet({ depth: 50, strideIn: "3x3" }),
    zoo.resnet({ depth: 50, strideIn: "1x1", convBias: true, reduction: 16 }),
    zoo.resnet({ depth: 101, groups: 32, groupWidth: 4, classes: 10 }),
    small,
  ];
  it("explain(networks in place of their costs) says what to pass", () => {
    assert.throws(
      () => explain(small as never, small as never),
      /explain\(\): a must be a count, as cost\(network\) gives it/,
    );
  });

  for (const [i, first] of nets.entries())
    for (const second of nets.slice(i))
      it(`explain(${first.name}, ${second.name}) adds up, whatever the conventions`, () => {
        for (const convention of conventionNames) {
          const [a, b] = [cost(first, { convention }), cost(second, { auxiliary: true })];
          const { causes } = explain(a, b);
          const sum = (of: "params" | "macs") =>
            causes.reduce((total, cause) => total + cause[of], 0);
          assert.equal(sum("macs"), a.macs - b.macs);
          assert.equal(sum("params"), a.params - b.params);
        }
      });

  it("explain(stride in the 3×3, stride in the 1×1) names the layers and the blocks", () => {
    const [a, b] = (["3x3", "1x1"] as const).map((strideIn) => cost(zoo.resnet({ strideIn })));
    const text = explain(a, b).toString();
    assert.match(text, /4\.089 against 3\.858 G: \+0\.231 G \(multiply-adds\)/);
    assert.match(
      text,
      /1×1 conv: stride 1 instead of 2; 3×3 conv: stride 2 instead of 1, in 3 places: conv3_1, conv4_1, conv5_1/,
    );
  });

  it("explain(keras, torchvision) tells biases from moving statistics", () => {
    const keras = cost(zoo.resnet({ strideIn: "1x1", convBias: true }), { convention: "keras" });
    const { causes } = explain(keras, cost(zoo.resnet({ strideIn: "1x1" })));
    assert.deepEqual(
      causes.map(({ reason, params }) => [reason, params]),
      [
        ["keras counts moving mean and variance, paper does not", 53_120],
        ["biases of conv only in ResNet-50 (Keras)", 26_560],
      ],
    );
  });

  it("explain(network, itself) finds no cause", () => {
    assert.deepEqual(explain(cost(small), cost(small)).causes, []);
  });
});

describe("memoryCost", () => {
  it("memoryCost(network) adds what is read and written, and finds the peak", () => {
    const memory = memoryCost(small);
    // Values: image 300, conv 256, batch norm 256, ReLU 256, pool 64, means 4, scores 2; 138 weights.
    const access = 300 + 256 * 2 + 256 * 2 + 256 + 256 + 64 + 64 + 4 + 4 + 2 + 138;
    assert.equal(memory.access, access);
    assert.equal(memory.weightBytes, 4 * 138);
    assert.equal(memory.inferenceBytes, 4 * (300 + 256));
    assert.equal(memory.trainingBytes, 4 * (300 + 3 * 256 + 64 + 4 + 2));
    assert.equal(memory.intensity, cost(small).macs / (4 * access));
  });

  it("memoryCost(network, {batch, bytesPerValue}) scales activations, not weights, by the batch", () => {
    const [one, eight] = [1, 8].map((batch) => memoryCost(small, { batch, bytesPerValue: 2 }));
    assert.equal(eight.inferenceBytes, 8 * one.inferenceBytes);
    assert.equal(eight.weightBytes, one.weightBytes);
    assert.equal(eight.access, 8 * (one.access - 138) + 138);
    assert.throws(() => memoryCost(small, { batch: 0 }), /batch must be a positive integer/);
  });

  it("memoryCost(residual) keeps the input until it is added", () => {
    const net = network("net", [4, 4, 2], layers.residual(layers.sequential(relu(), relu())));
    // At the sum: the image, the second ReLU and the result; before that, the image and two ReLUs.
    assert.equal(memoryCost(net).inferenceBytes, 4 * 3 * 32);
  });
});

describe("receptiveFields", () => {
  it("receptiveFields(ResNet-50) ends at 427 pixels, 32 apart", () => {
    const fields = receptiveFields(zoo.resnet({ depth: 50, strideIn: "3x3" }));
    const last = fields.find((field) => field.layer.path === "conv5_3/add1");
    assert.deepEqual(
      [last?.size, last?.jump, last?.start],
      [
        [427, 427],
        [32, 32],
        [-213, -213],
      ],
    );
  });

  it("receptiveFields(SE-ResNet-50) leaves the gates out", () => {
    const fields = receptiveFields(zoo.resnet({ depth: 50, reduction: 16 }));
    const last = fields.find((field) => field.layer.path === "conv5_3/add1");
    assert.deepEqual(last?.size, [427, 427]);
  });

  it("receptiveFields(dense after pooling) is the whole image", () => {
    const fields = receptiveFields(small);
    assert.deepEqual(fields[fields.length - 1].size, [10, 10]);
    assert.deepEqual(fields[4].size, [4, 4]);
  });
});
