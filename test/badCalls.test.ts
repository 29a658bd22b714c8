import assert from "node:assert/strict";
import * as convbook from "convbook";

const { engine, layers, network, random, tensor, zeros, zoo } = convbook;

/**
 * What nobody calls but the library itself, on a caller's behalf or with what it has made: their arguments have been
 * checked, or are what checks them.
 */
const helpers: ReadonlySet<string> = new Set(
  `nearest sizeOf greatest least formatTensor formatNumber formatApart shownMatrices tensorHtml requireOneOf
  requireOptions requireTensor requireSameShape requireInteger requireNumber requireFinite requirePositive requireShare
  requireAnyTensor requireImages requireRandom requireNetwork requireBlock entriesUnder tapsOnInput tapsOnPadded
  unseenEntries hangsOver windowOptions transposedWindowOptions pairOf slideAlong slidingWindow transposedWindow
  coveredLength formatShape unknown showsAs conv2dShape depthwiseConv2dShape conv2dTransposeShape denseShape pool2dShape formatCount formatInteger
  choices kindLabel blockTree describe isClose escapeMarkup printable display liveDisplay inNotebook toBundle
  accuracyChart lessonFolder lessonName lessonNames inProject makeFolder replaceFile extractFunction extractFunctions
  compileModule loadFunction inProcess asking remember rememberResult readProgress progressOf runExercise resultCard
  solutionListing exercisesOf exerciseById yourCode doctor progress hint solution check exercise expectThat
  expectTensor expectNumber expectNumbers show structure`.split(/\s+/),
);

/** Of other rooms, what is called here too. */
const others = { runNetwork: true, toLayersModel: true, reach: true, timings: true };

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
const rooms = ["tensor", "arithmetic", "kernels", "engine", "network", "plots", "data", "training"];

function exported(): [string, (...args: unknown[]) => unknown][] {
  const ours: object[] = rooms.map((room) => require(`convbook/dist/${room}`) as object);
  const isOurs = (name: string) => ours.some((room) => name in room) || name in others;
  const groups: Record<string, object> = { "": convbook, "engine.": engine, "layers.": layers };
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
  reach: [net],
  timings: [{ a: () => 1 }, {}],
  "layers.conv": [{ filters: 1, kernelSize: 1 }],
  "layers.maxPool": [{ size: 2 }],
};

describe("bad calls", function () {
  this.timeout(180_000);

  it("every exported function answers the wrong kind of first argument with an error that helps", async () => {
    const faults: string[] = [];
    for (const [name, call] of exported())
      for (const [kind, value] of Object.entries(wrong)) {
        const said = await refusal(() => call(value));
        if (said) faults.push(`${name}(${kind}): ${said}`);
      }
    assert.deepEqual(faults, []);
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
    assert.deepEqual(faults, []);
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
    ];
    for (const [call, message] of cases) assert.throws(call, message);
    assert.throws(() => convbook.conv2d(x, filter, { bias: 0 } as never), /bias must be a tensor/);
    assert.throws(() => convbook.conv2d(x, filter, null as never), /object of options/);
  });

  it("what is not found is listed, and what is too large is refused before any work", () => {
    assert.throws(() => net.layer("dense2"), /"dense1"/);
    assert.throws(() => zeros([1e5, 1e5]), /at most 2147483647 values/);
    assert.throws(() => convbook.conv2d(x, filter, { padding: 1e5 }), /padding must be so small/);
    assert.throws(() => convbook.reach(zoo.resnet({ depth: 18 })), /150529 runs.*receptiveFields/);
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
