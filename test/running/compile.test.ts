import assert from "node:assert/strict";
import {
  compile,
  engine,
  initialWeights,
  layers,
  type Network,
  network,
  type NetworkWeights,
  random,
  randomNormal,
  runNetwork,
  sizeOf,
  type SymbolicTensor,
  tensor,
  type Tensor,
  zeros,
  zoo,
} from "convbook";
import { assertAgree } from "../engine/assertAgree";

const { conv, batchNorm, relu, relu6, add, concat, activation, flatten, dense } = layers;
const MEBIBYTE = 2 ** 20;

/** Weights of which none does nothing: scales that are not 1, shifts and means that are not 0. */
function shakenWeights(net: Network, seed: number): NetworkWeights {
  const source = random(seed);
  const shaken = (name: string, weight: Tensor): Tensor => {
    if (name === "filter" || name === "matrix") return weight;
    if (name === "gamma" || name === "movingVariance")
      return weight.map(() => source.uniform(0.5, 1.5));
    return weight.map(() => source.normal(0, 0.2));
  };
  return Object.fromEntries(
    Object.entries(initialWeights(net, source)).map(([path, ofLayer]) => [
      path,
      Object.fromEntries(
        Object.entries(ofLayer).map(([name, weight]) => [name, shaken(name, weight)]),
      ),
    ]),
  );
}

function emptyWeights(net: Network): NetworkWeights {
  return Object.fromEntries(
    net.layers.map(({ path, weights }) => [
      path,
      Object.fromEntries(weights.map(({ name, shape }) => [name, zeros(shape)])),
    ]),
  );
}

/** Holds all layers' outputs, and the output alone, against the definitions. */
async function assertCompiles(net: Network, seed = 1): Promise<void> {
  const weights = shakenWeights(net, seed);
  const x = randomNormal([2, ...net.input.shape], random(seed + 1));
  const model = await compile(net, weights);
  assertAgree(model.run(x), runNetwork(net, weights, x), 2e-5);
  model.dispose();
  const paths = net.layers.filter(({ auxiliary }) => !auxiliary).map(({ path }) => path);
  const everything = await compile(net, weights, { outputs: paths });
  const results = everything.run(x);
  everything.dispose();
  for (const path of paths)
    assertAgree(results[path], runNetwork(net, weights, x, { until: path }), 2e-5);
}

describe("compile", function () {
  this.timeout(180_000);
  afterEach(() => engine.configure({ threads: 2, memory: 512 }));

  const maps = [7, 6, 5];
  const cases: [string, number[], (x: SymbolicTensor) => SymbolicTensor][] = [
    [
      "conv with batch norm and relu",
      maps,
      (x) => relu()(batchNorm()(conv({ filters: 9, kernelSize: 3, padding: 1 })(x))),
    ],
    [
      "conv with stride, dilation and groups",
      [9, 11, 6],
      (x) =>
        conv({
          filters: 8,
          kernelSize: [3, 2],
          stride: [2, 1],
          dilation: [1, 2],
          groups: 2,
          padding: [
            [1, 0],
            [2, 1],
          ],
        })(x),
    ],
    [
      "depthwise with batch norm and relu6",
      [8, 9, 6],
      (x) =>
        relu6()(
          batchNorm()(conv({ filters: 6, kernelSize: 3, groups: 6, padding: 1, bias: false })(x)),
        ),
    ],
    [
      "depthwise with a multiplier",
      [8, 9, 3],
      (x) => conv({ filters: 6, kernelSize: 3, groups: 3, padding: "same", stride: 2 })(x),
    ],
    [
      "pointwise beyond one block of depth",
      [3, 3, 600],
      (x) => relu()(add(conv({ filters: 600, kernelSize: 1 })(x), x)),
    ],
    [
      "a shortcut with relu",
      maps,
      (x) => relu()(add(batchNorm()(conv({ filters: 5, kernelSize: 3, padding: 1 })(x)), x)),
    ],
    [
      "a shortcut of a shortcut",
      maps,
      (x) => {
        const first = relu()(add(x, conv({ filters: 5, kernelSize: 1 })(x)));
        return add(
          first,
          relu()(add(conv({ filters: 5, kernelSize: 3, padding: 1 })(first), first)),
        );
      },
    ],
    [
      "a sum of three, and of one twice",
      maps,
      (x) => {
        const y = conv({ filters: 5, kernelSize: 1 })(x);
        return relu()(add(x, y, add(y, y)));
      },
    ],
    [
      "scaledAdd",
      maps,
      (x) =>
        relu()(
          layers.scaledAdd(x, batchNorm()(conv({ filters: 5, kernelSize: 1 })(x)), { scale: 0.3 }),
        ),
    ],
    [
      "concat of concats, overwritten by nobody",
      maps,
      (x) => {
        const a = relu()(conv({ filters: 3, kernelSize: 1 })(x));
        const b = concat(a, conv({ filters: 2, kernelSize: 3, padding: 1 })(a));
        const c = relu()(batchNorm()(b));
        return concat(b, c, a, b, x);
      },
    ],
    [
      "slices and a shuffle",
      [4, 5, 12],
      (x) => {
        const left = layers.slice({ from: 0, to: 5 })(x);
        const right = relu()(
          conv({ filters: 7, kernelSize: 1 })(layers.slice({ from: 5, to: 12 })(x)),
        );
        return layers.channelShuffle({ groups: 2 })(
          layers.channelShuffle({ groups: 3 })(concat(left, right)),
        );
      },
    ],
    [
      "relu of a slice leaves the rest",
      [4, 5, 6],
      (x) => concat(relu()(layers.slice({ from: 1, to: 4 })(x)), x),
    ],
    [
      "squeeze and excitation",
      maps,
      (x) => {
        const pooled = layers.globalAveragePool({ keepDims: true })(x);
        const gate = activation("hardSigmoid")(
          conv({ filters: 5, kernelSize: 1 })(relu()(conv({ filters: 2, kernelSize: 1 })(pooled))),
        );
        return layers.multiply(x, gate);
      },
    ],
    ["a product of equal shapes", maps, (x) => layers.multiply(x, activation("tanh")(x))],
    [
      "pooling",
      [9, 8, 5],
      (x) =>
        concat(
          layers.maxPool({ size: 3, stride: 2, padding: 1 })(x),
          layers.averagePool({ size: 3, stride: 2, padding: 1 })(x),
          layers.averagePool({ size: 3, stride: 2, padding: 1, countPadding: true })(x),
        ),
    ],
    [
      "global and adaptive pooling",
      [9, 8, 5],
      (x) =>
        concat(
          layers.globalMaxPool({ keepDims: true })(
            layers.adaptiveAveragePool({ outputSize: [4, 3] })(x),
          ),
          layers.globalAveragePool({ keepDims: true })(x),
        ),
    ],
    [
      "local response normalisation",
      [3, 3, 9],
      (x) =>
        concat(
          layers.localResponseNorm({ alpha: 0.1 })(x),
          layers.localResponseNorm({ size: 4, beta: 0.6, alpha: 0.5 })(x),
        ),
    ],
    ["input norm and channel scale", maps, (x) => layers.channelScale()(layers.inputNorm()(x))],
    [
      "batch norm that nothing takes up",
      maps,
      (x) => conv({ filters: 3, kernelSize: 2 })(relu()(batchNorm()(x))),
    ],
    [
      "transposed convolution",
      [4, 5, 3],
      (x) =>
        relu()(batchNorm()(layers.transposedConv({ filters: 4, kernelSize: 3, stride: 2 })(x))),
    ],
    [
      "padding, cropping, dropout, dense, softmax",
      maps,
      (x) =>
        layers.softmax()(
          dense({ units: 7 })(
            layers.dropout({ rate: 0.5 })(
              relu()(
                dense({ units: 11 })(
                  flatten()(
                    layers.crop({
                      cropping: [
                        [1, 2],
                        [0, 1],
                      ],
                    })(
                      layers.zeroPad({
                        padding: [
                          [1, 2],
                          [3, 0],
                        ],
                      })(x),
                    ),
                  ),
                ),
              ),
            ),
          ),
        ),
    ],
    [
      "flattening of a slice",
      maps,
      (x) => dense({ units: 3 })(flatten()(layers.slice({ from: 1, to: 4 })(x))),
    ],
    [
      "grouped transposed convolution, then batch norm",
      [3, 3, 4],
      (x) =>
        batchNorm()(
          layers.transposedConv({ filters: 6, kernelSize: 2, stride: 2, groups: 2, bias: false })(
            x,
          ),
        ),
    ],
    [
      "grouped transposed convolution with bias, then channel scale",
      [3, 3, 6],
      (x) =>
        layers.channelScale()(
          layers.transposedConv({ filters: 9, kernelSize: 3, stride: 2, groups: 3 })(x),
        ),
    ],
    [
      "a sum with one addend twice",
      [2, 2, 3],
      (x) => {
        const a = layers.relu()(x);
        const b = layers.sigmoid()(a);
        return layers.relu()(add(a, b, a));
      },
    ],
    [
      "a sum of one addend three times",
      [2, 2, 3],
      (x) => {
        const a = layers.tanh()(x);
        return add(a, a, a);
      },
    ],
    ["nothing at all", [3], (x) => layers.dropout({ rate: 0.1 })(x)],
  ];
  for (const name of [
    "sigmoid",
    "tanh",
    "swish",
    "hardSwish",
    "hardSigmoid",
    "relu",
    "relu6",
  ] as const)
    cases.push([
      `${name} behind each kind of convolution, and alone`,
      [6, 6, 7],
      (x) => {
        const product = activation(name)(conv({ filters: 7, kernelSize: 3, padding: 1 })(x));
        const depthwise = activation(name)(
          conv({ filters: 7, kernelSize: 3, padding: 1, groups: 7 })(product),
        );
        return activation(name)(add(depthwise, activation(name)(x)));
      },
    ]);
  for (const [title, shape, module] of cases)
    it(`agrees with the definitions: ${title}`, () =>
      assertCompiles(network(title, shape, module)));

  const nets: [string, () => Network][] = [
    ["ResNet-18", () => zoo.resnet({ depth: 18, inputSize: 33, classes: 10 })],
    ["ResNet-20 for CIFAR", () => zoo.find("ResNet-20 for CIFAR").build()],
    ["MobileNet v2", () => zoo.mobilenetV2({ inputSize: 32, classes: 10 })],
    ["ShuffleNet v2", () => zoo.shufflenetV2({ inputSize: 64, classes: 10 })],
    ["SqueezeNet", () => zoo.squeezenet({ inputSize: 64, classes: 10 })],
    ["LeNet-5", () => zoo.find("LeNet-5").build()],
  ];
  for (const [name, build] of nets)
    it(`agrees with the definitions: ${name} on small images`, async () => {
      const net = build();
      const weights = shakenWeights(net, 3);
      const x = randomNormal([1, ...net.input.shape], random(4));
      // The scores, not their softmax, which may hide all but one.
      const [end] = net.output.operation.kind === "activation" ? net.output.inputs : [net.output];
      const model = await compile(net, weights, { outputs: [end.path] });
      const scores = model.run(x)[end.path];
      assertAgree(scores, runNetwork(net, weights, x, { until: end.path }), 1e-4);
      assertAgree(runNetwork(net, weights, x, { until: end.path, operations: engine }), scores, 0);
      model.dispose();
    });

  it("every family of the zoo compiles, in no more than 1.25 times the widest cut", async () => {
    // What is checked here is the plan, not the numbers: one variant of each, on images as small as it takes.
    for (const family of new Set(zoo.all().map(({ family }) => family))) {
      const net = family.variants[0].build();
      const sizes = net.layers.flatMap(({ weights }) => weights.map(({ shape }) => sizeOf(shape)));
      if (sizes.reduce((sum, size) => sum + size, 0) > 30e6) continue;
      const model = await compile(net, emptyWeights(net));
      const { maps, widestCut } = model.memory;
      assert.ok(maps <= 1.25 * widestCut, `${net.name}: ${maps} of ${widestCut}`);
      model.dispose();
    }
  });

  const small = network(
    "small",
    [6, 6, 3],
    conv({ filters: 4, kernelSize: 3, name: "first" }),
    relu(),
    flatten(),
    dense({ units: 2 }),
  );
  const smallWeights = initialWeights(small, random(1));

  it("{winograd: true} agrees, and its images do not depend on the batch", async () => {
    const net = network(
      "net",
      [13, 15, 24],
      conv({ filters: 20, kernelSize: 3, padding: 1 }),
      batchNorm(),
      relu(),
    );
    const weights = shakenWeights(net, 7);
    const model = await compile(net, weights, { winograd: true });
    const x = randomNormal([3, 13, 15, 24], random(8));
    const y = model.run(x);
    assertAgree(y, runNetwork(net, weights, x));
    assert.deepEqual(
      [...model.run(x.slice([0, 0, 0, 0], [1, -1, -1, -1])).data],
      [...y.slice([0, 0, 0, 0], [1, -1, -1, -1]).data],
    );
    model.dispose();
  });

  it("NaN and infinity go where the definition has them", async () => {
    const net = network(
      "net",
      [9, 9, 16],
      conv({ filters: 16, kernelSize: 3, padding: 1 }),
      relu6(),
    );
    const weights = shakenWeights(net, 9);
    for (const value of [NaN, Infinity]) {
      const x = randomNormal([1, 9, 9, 16], random(10));
      x.set(value, 0, 4, 4, 3);
      const expected = runNetwork(net, weights, x);
      const model = await compile(net, weights);
      const y = model.run(x);
      for (let i = 0; i < y.size; i++) assert.equal(isNaN(y.data[i]), isNaN(expected.data[i]));
      model.dispose();
    }
  });

  it("a scale that would carry the filter out of float32 is not folded into it", async () => {
    const net = network("net", [1, 1, 1], conv({ filters: 1, kernelSize: 1 }), batchNorm());
    const { conv1, batchNorm1 } = initialWeights(net, 1);
    const weights = {
      conv1: { ...conv1, filter: tensor([1e15], [1, 1, 1, 1]) },
      batchNorm1: { ...batchNorm1, gamma: tensor([1e25]) },
    };
    const model = await compile(net, weights);
    const [y] = model.run(tensor([1e-20], [1, 1, 1, 1])).data;
    const right = 1e20 / Math.sqrt(1 + 1e-5); // 1e15 · 1e-20 · 1e25 over the root of 1 + epsilon
    assert.ok(Math.abs(y / right - 1) < 1e-5, `${y}`);
    model.dispose();
  });

  it("the result is the same with 1, 2 and 3 threads, set after compiling too", async () => {
    const model = await compile(small, smallWeights);
    const x = randomNormal([5, 6, 6, 3], random(2));
    const results = [2, 1, 3].map((threads) => {
      engine.configure({ threads });
      return [...model.run(x).data];
    });
    for (const result of results) assert.deepEqual(result, results[0]);
    model.dispose();
  });

  it("a batch larger than the memory allowed is run in several goes", async () => {
    const net = network(
      "net",
      [64, 64, 16],
      conv({ filters: 16, kernelSize: 3, padding: 1 }),
      relu(),
    );
    const weights = initialWeights(net, random(3));
    const x = randomNormal([64, 64, 64, 16], random(4));
    const whole = await compile(net, weights);
    const y = whole.run(x);
    whole.dispose();
    engine.configure({ threads: 2, memory: 20 });
    const model = await compile(net, weights);
    assert.deepEqual(model.run(x).data, y.data);
    model.dispose();
  });

  it("hundreds of runs, and of networks that are compiled and disposed of, take no more memory", async () => {
    const net = zoo.squeezenet({ inputSize: 64, classes: 10 });
    const weights = initialWeights(net, random(5));
    const x = randomNormal([1, 64, 64, 3], random(6));
    const cycle = async (): Promise<void> => {
      const model = await compile(net, weights);
      for (let i = 0; i < 3; i++) model.run(x);
      model.dispose();
    };
    for (let i = 0; i < 10; i++) await cycle();
    const resident = process.memoryUsage().rss;
    for (let i = 0; i < 100; i++) await cycle();
    assert.ok(process.memoryUsage().rss - resident < 100 * MEBIBYTE);
  });

  it("networks that nobody disposes of make room for the next ones", async function () {
    const net = network("wide", [8, 8, 4], flatten(), dense({ units: 8192 })); // 8 MiB of weights
    const weights = initialWeights(net, random(5));
    const x = randomNormal([1, 8, 8, 4], random(6));
    let resident = 0;
    for (let i = 0; i < 240; i++) {
      (await compile(net, weights)).run(x);
      if (i === 80) resident = process.memoryUsage().rss;
    }
    const grown = (process.memoryUsage().rss - resident) / MEBIBYTE;
    assert.ok(grown < 500, `${grown.toFixed(0)} MiB`); // 160 networks: 1.3 GiB
  });

  it("networks live side by side, and weights that change later do not matter", async () => {
    const weights = initialWeights(small, random(7));
    const x = randomNormal([1, 6, 6, 3], random(8));
    const expected = runNetwork(small, weights, x);
    const [first, second] = [await compile(small, weights), await compile(small, smallWeights)];
    weights["first"].filter!.data.fill(0);
    second.run(x);
    engine.conv2d(x, smallWeights["first"].filter!);
    assertAgree(first.run(x), expected);
    first.dispose();
    assertAgree(second.run(x), runNetwork(small, smallWeights, x));
    second.dispose();
  });

  it("after dispose(), run says so; dispose() twice is no harm", async () => {
    const model = await compile(small, smallWeights);
    model.dispose();
    model.dispose();
    assert.throws(
      () => model.run(randomNormal([1, 6, 6, 3], random(1))),
      /small\.run\(\): this network has been disposed of/,
    );
  });

  it("bad input is refused in words", async () => {
    const model = await compile(small, smallWeights);
    assert.throws(
      () => model.run(tensor([1, 2])),
      /images must be a tensor of shape \[batch, 6, 6, 3\]/,
    );
    assert.throws(
      () => model.run(randomNormal([1, 6, 6, 3], random(1), "float64")),
      /images must be float32/,
    );
    model.dispose();
    await assert.rejects(
      compile(small, {}),
      /weights\["first"\]\.filter must be a tensor of shape \[3, 3, 3, 4\]/,
    );
    const norm = network("norm", [2, 2, 1], batchNorm());
    const negative = initialWeights(norm, 1);
    negative["batchNorm1"].movingVariance!.data[0] = -1;
    await assert.rejects(
      compile(norm, negative),
      /weights\["batchNorm1"\]\.movingVariance must be 0 or more, but got -1/,
    );
    await assert.rejects(
      compile(small, smallWeights, { outputs: ["secund"] }),
      /outputs must be the path of a layer of small/,
    );
    await assert.rejects(
      compile(small, smallWeights, { outputs: [] }),
      /outputs must be a list of paths/,
    );
    await assert.rejects(
      compile(small, smallWeights, { fast: true } as object),
      /options must be of outputs and winograd, but got "fast"/,
    );
  });
});
