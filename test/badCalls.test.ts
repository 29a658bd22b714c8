import assert from "node:assert/strict";
import * as convbook from "convbook";
import { isClose } from "#dist/tensor/index.js";

const { engine, layers, network, random, tensor, zeros, zoo } = convbook;

/**
 * What nobody calls but the library itself, on a caller's behalf or with what it has made: their arguments have been
 * checked, or are what checks them.
 */
const helpers: ReadonlySet<string> = new Set(
  `nearest sizeOf greatest least formatTensor formatNumber formatApart shownMatrices tensorHtml requireOneOf
  requireOptions requireTensor requireSameShape requireInteger requireNumber requireFinite requirePositive requireFraction
  requireAnyTensor howToMakeTensor requireImages requireRandom requireNetwork requireOneWay requireBlock requireBoolean layerAt entriesUnder tapsOnInput tapsOnPadded
  unseenEntries hangsOver windowOptions transposedWindowOptions pairOf slideAlong slidingWindow transposedWindow
  coveredLength formatShape unknown showsAs conv2dShape depthwiseConv2dShape conv2dTransposeShape denseShape pool2dShape formatCount formatInteger
  layerOptions kindLabel blockTree describeValue isClose escapeMarkup printable display liveDisplay inNotebook toBundle
  accuracyChart lessonFolder lessonName lessonNames inProject makeFolder replaceFile extractFunction extractFunctions
  compileModule loadFunction inProcess asking remember rememberResult readProgress progressOf runExercise resultCard
  solutionListing exercisesOf exerciseById yourCode doctor progress hint solution check exercise expectThat
  expectTensor expectNumber expectNumbers show structuralNumbers`.split(/\s+/),
);

const wrong: Readonly<Record<string, unknown>> = {
  null: null,
  "a number": 7.5,
  "a text": "nonsense",
  "an unknown object": { nonsense: 1 },
  "a list": ["nonsense"],
  "a function": () => "nonsense",
  NaN: NaN,
};

/** What may come of a bad call: an answer (what is taken for a name, a title or a value), or an error that helps. */
async function refusal(call: () => unknown): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    const kin = error instanceof convbook.ArgumentError;
    return kin ? undefined : `${String(error).split("\n")[0]}`;
  }
}

/** The rooms whose functions this page looks after; the others have pages of their own. */
const rooms =
  "tensor arithmetic kernels engine network running explaining storage tfjs plots data training models".split(
    " ",
  );

function exported(): [string, (...args: unknown[]) => unknown][] {
  const ours: object[] = rooms.map((room) => require(`#dist/${room}/index.js`) as object);
  const isOurs = (name: string) => ours.some((room) => name in room);
  const groups: Record<string, object> = {
    "": convbook,
    "engine.": engine,
    "layers.": layers,
    "zoo.": zoo,
  };
  return Object.entries(groups).flatMap(([prefix, group]) =>
    Object.entries(group)
      .filter(([name, value]) => typeof value === "function" && /^[a-z]/.test(name))
      .filter(([name]) => !helpers.has(name) && (prefix !== "" || isOurs(name)))
      .map(([name, value]) => [prefix + name, value] as [string, (...args: unknown[]) => unknown]),
  );
}

const x = zeros([1, 4, 4, 2]);
const filter = zeros([3, 3, 2, 3]);
const dy = zeros([1, 2, 2, 3]);
const net = network("net", [4, 4, 2], layers.flatten(), layers.dense({ units: 2 }));
const weights = convbook.initialWeights(net, random(1));

/** Calls that are right, each argument of which is then spoilt in turn. The last is of options. */
const right: Readonly<Record<string, readonly unknown[]>> = {
  conv2d: [x, filter, { stride: 1 }],
  conv2dBackward: [dy, x, filter, {}],
  conv2dTranspose: [dy, filter, {}],
  conv2dTransposeBackward: [x, dy, filter, {}],
  depthwiseConv2d: [x, zeros([3, 3, 2, 1]), {}],
  "engine.conv2d": [x, filter, {}],
  "engine.conv2dBackward": [dy, x, filter, {}],
  "engine.conv2dTranspose": [dy, filter, {}],
  "engine.depthwiseConv2d": [x, zeros([3, 3, 2, 1]), {}],
  "engine.pool2d": [x, { mode: "max", size: 2 }],
  "engine.dense": [zeros([1, 2]), zeros([2, 3]), {}],
  "engine.im2col": [x, [3, 3], {}],
  "engine.col2im": [zeros([4, 18]), [1, 4, 4, 2], [3, 3], {}],
  dense: [zeros([1, 2]), zeros([2, 3]), {}],
  pool2d: [x, { mode: "max", size: 2 }],
  pool2dBackward: [zeros([1, 2, 2, 2]), x, { mode: "max", size: 2 }],
  batchNorm: [x, {}],
  batchNormBackward: [x, x, {}],
  localResponseNorm: [x, {}],
  pad2d: [x, 1, {}],
  zeroPad: [x, 1],
  softmaxCrossEntropy: [zeros([2, 3]), [0, 1], {}],
  gradientCheck: [
    (at: convbook.Tensor) => at.sum(),
    zeros([2], "float64"),
    zeros([2], "float64"),
    {},
  ],
  outputSize: [8, 3, {}],
  transposedOutputSize: [8, 3, {}],
  samePadding: [8, 3, 1, 1],
  receptiveField: [[{ kernelSize: 3 }], 8],
  borderCoverage: [8, 3, {}],
  zip: [x, x, () => 1],
  concat: [[x, x], 3],
  randomNormal: [[2], random(1)],
  randomIntegers: [[2], 0, 3, random(1)],
  permutation: [3, random(1)],
  channelShuffle: [x, 2],
  cost: [net, {}],
  memoryCost: [net, {}],
  summary: [net, {}],
  draw: [net, {}],
  heatmap: [[[1]], {}],
  imageGrid: [zeros([1, 2, 2, 1]), {}],
  featureMaps: [x, {}],
  curves: [{ a: [1, 2] }, {}],
  bars: [{ a: 1 }, {}],
  saveImage: ["nonsense.unknown", zeros([2, 2]), {}],
  encodePng: [zeros([2, 2]), {}],
  runNetwork: [net, weights, x],
  toLayersModel: [net, {}],
  connectivity: [net],
  timings: [{ a: () => 1 }, {}],
  "layers.conv": [{ filters: 1, kernelSize: 1 }],
  "layers.maxPool": [{ size: 2 }],
  "layers.dropout": [{ rate: 0.5 }],
  "layers.block": ["a", layers.relu()],
  "layers.repeat": [2, () => layers.relu()],
  "zoo.resnet": [{ depth: 18 }],
  "zoo.resnext": [{ depth: 50 }],
  "zoo.lenet5": [{}],
  fromFunction: [[2], () => 1],
  initialWeights: [net, random(1)],
  compile: [net, weights, {}],
  networkGradients: [net, weights, x, [0], {}],
  scoreGradients: [net, weights, x, {}],
  "engine.peakLoop": [{}],
  spreadFilter: [filter, 2],
  strongestPositions: [x, 1, 1],
  occlusionMap: [x, () => zeros([1, 2]), { classIndex: 0, size: 2 }],
  saliencyMap: [x],
  classActivationMap: [x, x],
  shuffledWeights: [weights, random(1), {}],
  spotlight: [x, zeros([1, 2, 2, 1])],
  rankCorrelation: [
    [1, 2],
    [2, 1],
  ],
  receptiveBox: [network("maps", [4, 4, 2], layers.relu()), "relu1", [0, 0]],
  sgdStep: [weights, weights, 0.1],
  adamStep: [weights, weights, undefined, {}],
  loadWeights: ["/nowhere/net.safetensors", net],
  weightsOf: [net, {}],
  subnetwork: [net, "a"],
};

const REMEDY =
  "these end in another error than an ArgumentError: check arguments (requireTensor, requireImages, requireOptions, ...) before anything is read of them";

describe("bad calls", function () {
  this.timeout(180_000);

  it("every exported function answers the wrong kind of first argument with an error that helps", async () => {
    const faults: string[] = [];
    for (const [name, call] of exported())
      for (const [kind, value] of Object.entries(wrong)) {
        const said = await refusal(() => call(value));
        if (said) faults.push(`${name}(${kind}): ${said}`);
      }
    assert.deepEqual(faults, [], REMEDY);
  });

  it("every argument of the functions that learners call is checked", async () => {
    const calls = new Map(exported());
    const faults: string[] = [];
    for (const [name, args] of Object.entries(right))
      for (const at of args.keys())
        for (const [kind, value] of Object.entries(wrong)) {
          const spoilt = args.map((arg, i) => (i === at ? value : arg));
          const said = await refusal(() => calls.get(name)!(...spoilt));
          if (said) faults.push(`${name}, argument ${at + 1} ${kind}: ${said}`);
        }
    assert.deepEqual(faults, [], REMEDY);
  });

  it("an unknown option is refused with the near miss, by kernels, engine, layers and figures", () => {
    const cases: [() => unknown, RegExp][] = [
      [() => convbook.conv2d(x, filter, { strides: 2 } as object), /"strides".*"stride"/],
      [() => engine.conv2d(x, filter, { strides: 2 } as object), /"strides".*"stride"/],
      [() => convbook.conv2d(x, filter, { ceilMode: true } as object), /"ceilMode"/],
      [() => layers.conv({ filters: 1, kernel: 3 } as never), /"kernel".*kernelSize/],
      [() => layers.transposedConv({ filters: 2, kernelSize: 2, group: 2 } as never), /"group"/],
      [() => layers.batchNorm({ eps: 1e-3 } as never), /"eps"/],
      [() => convbook.heatmap([[1]], { titel: "a" } as never), /of title, x.*"titel"/],
      [() => convbook.outputSize(8, 3, { pading: 1 } as never), /"pading".*"padding"/],
      [() => convbook.allClose(x, x, { rtol: 1 } as never), /allClose.*"rtol"/],
      [() => isClose(1, 2, { atol: 1 } as never), /isClose.*"atol"/],
      [() => convbook.heatmap([[1]], { colours: "jet" as never }), /colours must be "signed" or/],
      [
        () => convbook.imageGrid(zeros([4, 4]), { colours: "jet" as never }),
        /imageGrid.*colours must be/,
      ],
      [() => convbook.curves({ a: [1] }, { log: "z" as never }), /curves.*log must be "x" or "y"/],
      [() => convbook.curves({ a: [1] }, { log: true as never }), /curves.*log must be "x" or "y"/],
      [() => convbook.scatter({ a: [] }, { log: "X" as never }), /scatter.*log must be/],
    ];
    for (const [call, message] of cases) assert.throws(call, message);
    const digits = convbook.mnist().test.take(4);
    assert.throws(() => [...digits.batches(2, { shufle: 1 } as never)], /"shufle".*"shuffle"/);
    assert.throws(() => convbook.conv2d(x, filter, { bias: 0 } as never), /bias must be a tensor/);
    assert.throws(() => convbook.conv2d(x, filter, null as never), /object of options/);
  });

  it("a network of the zoo refuses an option that it does not have", () => {
    assert.throws(() => zoo.resnet({ dept: 50 } as never), /zoo.resnet.*"dept" \(50\).*"depth"/);
    assert.throws(() => zoo.vgg(16 as never), /zoo.vgg.*object of options.*16/);
    const { depth, ...others } = { depth: 1 };
    for (const [name, make] of Object.entries(zoo as object as Record<string, () => unknown>)) {
      if (
        /^(all|find|accuracies|landscape|families|googlenetTable|inceptionMilestones|lenet5Original)$/.test(
          name,
        )
      )
        continue;
      const call = make as (options: object) => unknown;
      assert.throws(() => call({ ...others, nonsense: depth }), /"nonsense"/, name);
    }
  });

  it("what a module is, and what it gives, is checked", () => {
    const { block, branches, relu, repeat, dropout } = layers;
    const cases: [() => unknown, RegExp][] = [
      [() => network("n", [4, 4, 2], [relu()] as never), /Spread a list/],
      [() => network("n", [4, 4, 2], (async (x: unknown) => x) as never), /gives.*a promise/],
      [() => network("n", [4, 4, 2], (() => relu()) as never), /relu\(\), not relu/],
      [() => network("n", [4, 4, 2], () => undefined as never), /gives.*but got nothing/],
      [() => network("n", [4, 4, 2], branches()), /at least one module/],
      [() => block("a/b", relu()), /name.*without "\/"/],
      [() => block(relu() as never), /name.*a text.*function/],
      [() => network("n", [4, 4, 2], relu({ name: "" })), /name.*at least one letter/],
      [() => network(5 as never, [4, 4, 2], relu()), /name of the network.*5/],
      [() => repeat(2, relu() as never)(1 as never), /symbolic tensor/],
      [() => dropout({} as never), /rate/],
      [
        () => network("n", [4, 4, 2], layers.conv({ filters: 1, kernelSize: [3] as never })),
        /\[height, width\]/,
      ],
    ];
    for (const [call, message] of cases) assert.throws(call, message);
    assert.throws(() => convbook.subnetwork(net, "a"), /no blocks/);
  });

  it("an error names the call that was written, not one within it", async () => {
    const shown = zeros([1, 4, 4, 2]);
    const operations = { conv2d: convbook.conv2d } as never;
    const cases: [() => unknown, RegExp][] = [
      [
        () => convbook.runNetwork(net, weights, x, { until: "dense2" }),
        /^ArgumentError: runNetwork\(\): until .*Did you mean "dense1"/,
      ],
      [
        () => convbook.scoreGradients(net, weights, x, { of: "a" }),
        /^ArgumentError: scoreGradients\(\): of .*"flatten1"/,
      ],
      [
        () => convbook.scoreGradients(net, weights, x, { to: ["a"] }),
        /^ArgumentError: scoreGradients\(\): to .*"flatten1"/,
      ],
      [
        () => convbook.scoreGradients(net, weights, x, { to: 5 as never }),
        /to must be a list of paths/,
      ],
      [
        () => convbook.scoreGradients(net, weights, x, { from: 5 as never }),
        /from must be a function.*5/,
      ],
      [
        () => convbook.summary(net, { convention: "mine" as never }),
        /^ArgumentError: summary\(\): convention .*"mine"/,
      ],
      [
        () => convbook.layerTimings(net, weights, x, { rounds: 0 }),
        /^ArgumentError: layerTimings\(\): rounds/,
      ],
      [
        () => convbook.layerTimings(net, weights, x, { clock: "sun" as never }),
        /^ArgumentError: layerTimings\(\): clock/,
      ],
      [
        () => convbook.zeroPad(shown, 1e5),
        /^ArgumentError: zeroPad\(\): padding .*but got 100000, which gives 200004 × 200004/,
      ],
      [
        () => convbook.conv2d(x, filter, { padding: 1e5 }),
        /got 100000, which gives 200002 × 200002/,
      ],
      [
        () => network("n", [1e5, 1e5, 3], layers.conv({ filters: 1, kernelSize: 3 })),
        /the image must be so small.*100000 × 100000 pixels, which gives 99998 × 99998/,
      ],
      [() => convbook.weightsOf(net, net as never), /model, as toLayersModel\(network\) makes it/],
      [
        () => convbook.runNetwork(net, weights, x, { operations }),
        /^ArgumentError: runNetwork.*one without conv2dTranspose, dense, pool2d/,
      ],
      [
        () => convbook.layerTimings(net, weights, x, { operations }),
        /^ArgumentError: layerTimings.*one without/,
      ],
      [
        () => convbook.scoreGradients(net, weights, x, { operations }),
        /^ArgumentError: scoreGradients.*one without.*denseBackward/,
      ],
      [
        () => convbook.networkGradients(net, weights, x, [0], { operations }),
        /^ArgumentError: networkGradients.*one without/,
      ],
      [
        () => convbook.networkGradients(net, weights, x, [0], { operations: null as never }),
        /operations.*null/,
      ],
      [
        () =>
          convbook.confusionHeatmap([
            [1, 2],
            [-3, 4],
          ]),
        /counts\[1\]\[0\] must be a count.*-3/,
      ],
      [() => convbook.confusionHeatmap([[NaN]]), /counts\[0\]\[0\] must be a count.*NaN/],
    ];
    for (const [call, message] of cases) assert.throws(call, message);
    await assert.rejects(
      convbook.compile(net, weights, { outputs: ["a"] }),
      /^ArgumentError: compile\(\): outputs/,
    );
  });

  it("weights, gradients and timings are checked before any work", async () => {
    const cases: [() => unknown, RegExp][] = [
      [() => convbook.initialWeights(net, "7" as never), /a seed.*"7"/],
      [() => convbook.sgdStep(weights, {}, NaN), /learningRate/],
      [
        () => convbook.sgdStep(weights, { dense2: weights.dense1 }, 0.1),
        /dense2.*of one of the weights/,
      ],
      [() => convbook.adamStep(weights, weights, undefined, { beta1: 1 }), /beta1.*less than 1/],
      [() => convbook.runNetwork(net, weights, x, { upto: "dense1" } as never), /"upto"/],
      [() => convbook.timings({ a: async () => 1 }), /tasks\.a.*a promise/],
      [() => engine.configure({ threads: 1e9 }), /threads must be at most/],
      [() => zoo.accuracies("torch vision"), /There are "/],
      [() => zoo.landscape("torchvision" as never), /publisher must be "torchvision V1" or/],
      [() => zoo.choose({ macs: NaN }), /zoo.choose.*macs must be a finite number/],
      [() => zoo.choose({ bytes: 0 }), /bytes must be more than 0/],
      [() => new convbook.LabelledImages([1] as never, [0] as never, [1, 1, 1]), /Uint8Array/],
    ];
    for (const [call, message] of cases) assert.throws(call, message);
    const save = convbook.saveWeights;
    await assert.rejects(
      save("/nowhere/net.safetensors", net, weights),
      /folder is not there.*mkdirSync/,
    );
    await assert.rejects(save(__dirname, net, weights), /there is a folder of that name/);
    await assert.rejects(save("/nowhere/net.safetensors", {} as never, weights), /a network/);
    await assert.rejects(save("/nowhere/net.safetensors", net, null as never), /weights\["/);
    await assert.rejects(convbook.loadImage("/"), /not a folder/);
    await assert.rejects(convbook.loadImage("https://a.b/c.png"), /save it beside the notebook/);
    await assert.rejects(convbook.loadImage(__filename), /cannot be read as one/);
  });

  it("what is not found is listed, and what is too large is refused before any work", () => {
    assert.throws(() => net.layer("dense2"), /"dense1"/);
    assert.throws(() => zeros([1e5, 1e5]), /at most 2147483647 values/);
    assert.throws(() => convbook.conv2d(x, filter, { padding: 1e5 }), /padding must be so small/);
    assert.throws(
      () => convbook.connectivity(zoo.resnet({ depth: 18 })),
      /150529 runs.*receptiveFields/,
    );
    assert.throws(() => convbook.mnist({ folder: "/" }), /four IDX files/);
    assert.throws(
      () =>
        convbook.softmaxCrossEntropy(zeros([2, 2]), [
          [0, 1],
          [1, 0],
        ] as never),
      /tensor\(labels\)/,
    );
    assert.equal(tensor([1]).size, 1);
  });
});
