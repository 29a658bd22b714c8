import assert from "node:assert/strict";
import * as convbook from "convbook";
import { optionsOf } from "./optionsOf";

const { layers, network, random, tensor, zeros } = convbook;

/**
 * What the library calls on a caller's behalf, with options that it has checked; what only authors of exercises define,
 * under the compiler's eyes; the models of tfjs, which look after themselves; and timings, which are no options.
 */
const LEFT_OUT =
  /^(slideAlong|slidingWindow|transposedWindow|windowOptions|transposedWindowOptions|(conv2d|depthwiseConv2d|conv2dTranspose|dense|pool2d)Shape|LayersModel\..*|Labelled(Examples)\..*|BatchedImages\..*|exercise|remember|inProcess|resultCard|(run|check)Exercise|timeRatio)$/;

const x = zeros([1, 4, 4, 2]);
const filter = zeros([3, 3, 2, 3]);
const depthwise = zeros([3, 3, 2, 1]);
const dy = zeros([1, 2, 2, 3]);
const matrix = zeros([2, 2]);
const net = network("net", [4, 4, 2], layers.flatten(), layers.dense({ units: 2 }));
const weights = convbook.initialWeights(net, 1);
const images = new convbook.LabelledImages(new Uint8Array(32), new Uint8Array(1), [4, 4, 2]);
const trialsResult = { title: "t", seeds: [1], rows: [], interrupted: false, seconds: 1 };
const contest = {
  setting: { images: 1, test: 1 },
  lengths: [1],
  seeds: [1, 2],
  results: {},
};
const pooling = { mode: "max", size: 2 };
const ofSum = (at: convbook.Tensor) => at.sum();

/** What stands before the options, and the options that are needed. */
const right: Readonly<Record<string, readonly [before: readonly unknown[], needed?: object]>> = {
  firstDifference: [[x, x]],
  allClose: [[x, x]],
  intervalText: [[[1, 2, 3]]],
  borderCoverage: [[8, 3]],
  outputSize: [[8, 3]],
  transposedOutputSize: [[8, 3]],
  batchNorm: [[x]],
  batchNormBackward: [[x, x]],
  conv2d: [[x, filter]],
  conv2dBackward: [[dy, x, filter]],
  conv2dTranspose: [[dy, filter]],
  conv2dTransposeBackward: [[x, dy, filter]],
  depthwiseConv2d: [[x, depthwise]],
  depthwiseConv2dBackward: [[zeros([1, 2, 2, 2]), x, depthwise]],
  convForward: [[x, filter, zeros([1, 1, 1, 3])], { stride: 1, pad: 0 }],
  poolForward: [[x], { f: 2, stride: 2 }],
  dense: [[matrix, matrix]],
  denseBackward: [[matrix, matrix, matrix]],
  numericGradient: [[ofSum, zeros([2], "float64")]],
  gradientCheck: [[ofSum, zeros([2], "float64"), zeros([2], "float64")]],
  groupNorm: [[x], { groups: 1 }],
  groupNormBackward: [[x, x], { groups: 1 }],
  layerNorm: [[x]],
  layerNormBackward: [[x, x]],
  localResponseNorm: [[x]],
  localResponseNormBackward: [[x, x]],
  pad2d: [[x, 1]],
  pad2dBackward: [[x, zeros([1, 2, 2, 2]), 1]],
  pool2d: [[x], pooling],
  pool2dBackward: [[zeros([1, 2, 2, 2]), x], pooling],
  resize2d: [[x], { outputSize: [8, 8] }],
  resize2dBackward: [[zeros([1, 8, 8, 2]), x], { outputSize: [8, 8] }],
  softmaxCrossEntropy: [[matrix, [0, 1]]],
  "engine.configure": [[]],
  "engine.conv2d": [[x, filter]],
  "engine.conv2dBackward": [[dy, x, filter]],
  "engine.conv2dTranspose": [[dy, filter]],
  "engine.conv2dTransposeBackward": [[x, dy, filter]],
  "engine.depthwiseConv2d": [[x, depthwise]],
  "engine.depthwiseConv2dBackward": [[zeros([1, 2, 2, 2]), x, depthwise]],
  "engine.dense": [[matrix, matrix]],
  "engine.denseBackward": [[matrix, matrix, matrix]],
  "engine.blockedMatrixProduct": [[matrix, matrix]],
  "engine.peakLoop": [[]],
  "engine.im2col": [[x, [3, 3]]],
  "engine.col2im": [[zeros([4, 18]), [1, 4, 4, 2], [3, 3]]],
  "engine.pool2d": [[x], pooling],
  "engine.pool2dBackward": [[zeros([1, 2, 2, 2]), x], pooling],
  "layers.activation": [["relu"]],
  "layers.residual": [[layers.relu()]],
  "layers.multiply": [[1, 1]],
  "layers.conv": [[], { filters: 1, kernelSize: 1 }],
  "layers.depthwiseConv": [[], { kernelSize: 1 }],
  "layers.transposedConv": [[], { filters: 1, kernelSize: 1 }],
  "layers.dense": [[], { units: 1 }],
  "layers.groupNorm": [[], { groups: 1 }],
  "layers.maxPool": [[], { size: 2 }],
  "layers.averagePool": [[], { size: 2 }],
  "layers.zeroPad": [[], { padding: 1 }],
  "layers.resize": [[], { outputSize: [8, 8] }],
  "layers.upsample": [[], { factor: 2 }],
  "layers.unknown": [[], { type: "a", shape: [1] }],
  cost: [[net]],
  memoryCost: [[net]],
  compile: [[net, weights]],
  networkGradients: [[net, weights, x, [0]]],
  layerTimings: [[net, weights, x]],
  runNetwork: [[net, weights, x]],
  scoreGradients: [[net, weights, x]],
  occlusionMap: [[zeros([1, 4, 4, 2]), () => matrix], { classIndex: 0, size: 2 }],
  shuffledWeights: [[weights, random(1)]],
  adamStep: [[weights, weights, undefined]],
  timings: [[{ a: () => 1 }]],
  toLayersModel: [[net]],
  fit: [[convbook.toLayersModel(net), images]],
  evaluate: [[convbook.toLayersModel(net), images]],
  trainFromSeed: [[net, { x: zeros([2, 4, 4, 2]), y: [0, 1] }]],
  trials: [[{ a: () => convbook.toLayersModel(net) }], { train: images, test: images }],
  cosineSchedule: [[], { learningRate: 0.1, epochs: 2 }],
  stepSchedule: [[], { learningRate: 0.1, every: 2 }],
  mistakeGrid: [[[]]],
  trialsPlot: [[trialsResult]],
  contestTable: [[contest]],
  confusionHeatmap: [[[[1]]]],
  trainingCurves: [[{ title: "t", epochs: [], curve: [] }]],
  encodePng: [[matrix]],
  loadImage: [["nonsense.png"]],
  photograph: [["coins"]],
  saveImage: [["nonsense.png", matrix]],
  mnist: [[]],
  augmented: [[images, convbook.mirror()]],
  mirror: [[]],
  pcaColour: [
    [
      {
        variances: [1, 1, 1],
        axes: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      },
    ],
  ],
  colourShift: [[], { amount: 1 }],
  "LabelledImages.batches": [[1]],
  filterGrid: [[filter]],
  heatmap: [[matrix]],
  featureMaps: [[x]],
  imageGrid: [[matrix]],
  bars: [[{ a: 1 }]],
  curves: [[{ a: [1, 2] }]],
  scatter: [[{ a: [[1, 2]] }]],
  table: [[[{ a: 1 }]]],
  slidingWindowAnimation: [[x, filter]],
  windowExplorer: [[]],
  poolingAnimation: [[x], pooling],
  drawSideBySide: [[{ a: net }]],
  windowPicture: [[x, filter, [0, 0]]],
  draw: [[net]],
  summary: [[net]],
  networkFromKeras: [[{}]],
  networkFromOnnx: [[new Uint8Array(4)]],
  readModel: [["nonsense.onnx"]],
  digitPad: [[]],
  photoUpload: [[]],
  range: [[0, 1]],
  clearOutput: [[]],
  display: [[{}]],
  check: [["02.zeroPad", () => 1]],
  solution: [["02.zeroPad"]],
  expectTensor: [[matrix, matrix]],
  expectNumber: [[1, 1]],
  expectParts: [[{ a: 1 }, ["a"]]],
  expectNumbers: [[[1], [1]]],
};

type Function = (...given: unknown[]) => unknown;

/** A function of the library by its name, or a method, of what stands for all of its kind. */
function called(name: string): Function {
  const [group, member] = name.split(".");
  if (member === undefined) return (convbook as never as Record<string, Function>)[group];
  if (name === "LabelledImages.batches")
    return (...given) => [...images.batches(...(given as [number, object]))];
  return (convbook as never as Record<string, Record<string, Function>>)[group][member];
}

/** What does something, takes its time, or gives what no two calls have alike. */
const EFFECTS =
  /^(check|solution|saveImage|display|clearOutput|engine\.(configure|peakLoop)|timings|layerTimings|compile|toLayersModel|fit|evaluate|trials|trainFromSeed|shuffledWeights|digitPad|photoUpload|range|windowExplorer)$/;

/** What a call gives, as data that can be compared, or the message of what it throws. */
async function outcome(
  name: string,
  before: readonly unknown[],
  options: object,
): Promise<unknown> {
  try {
    const result = await called(name)(...before, options);
    // A layer is a function: the network says what it is.
    const built =
      typeof result === "function" ? network("net", [4, 4, 2], result as convbook.Module) : result;
    if (built instanceof convbook.Network) return convbook.networkToData(built);
    // It keeps the options, as they were given.
    return built instanceof convbook.Cost ? { ...built, options: {} } : built;
  } catch (error) {
    return (error as Error).message;
  }
}

describe("options", function () {
  this.timeout(120_000);
  const all = optionsOf().filter(({ name }) => !LEFT_OUT.test(name));

  it("are found in the library's types", () => {
    assert.ok(all.length > 120, `${all.length}`);
    assert.equal(random(1).integer(1, 1), tensor([1]).size);
    const listed = Object.keys(right).filter((name) => !all.some((one) => one.name === name));
    assert.deepEqual(listed, [], "listed here, but without options");
  });

  it("can be given as undefined, so that callers may pass on what they were given", () => {
    const refused = optionsOf().flatMap(({ name, argument, refusingUndefined }) =>
      refusingUndefined.map((option) => `${name}, argument ${argument}: ${option}`),
    );
    assert.deepEqual(refused, [], "an option has the type `size?: number | undefined`");
  });

  for (const { name, argument, type, flags, optional } of all) {
    if (!EFFECTS.test(name))
      it(`${name} takes an option that is undefined for one that is left out`, async () => {
        const [before, needed = {}] = right[name] ?? [[]];
        const undefinedOptions = Object.fromEntries(optional.map((option) => [option, undefined]));
        const given = await outcome(name, before, { ...undefinedOptions, ...needed });
        assert.deepEqual(given, await outcome(name, before, needed));
      });

    it(`${name} refuses an option that is not of its ${type.slice(0, 60)}`, async () => {
      const simple = /^(zoo|layers)\./.test(name) && argument === 0;
      const [before, needed = {}] = right[name] ?? (simple ? [[]] : []);
      assert.ok(
        before,
        `say how ${name} is called, in \`right\` of test/options.test.ts: what stands before the options, and the options that are needed`,
      );
      assert.equal(before.length, argument, "the options have another position");
      await assert.rejects(
        async () => called(name)(...before, { ...needed, nonsense: 1 }),
        (error: Error) => {
          const says = `${name.replace("LabelledImages.", "")}(): options must be of `;
          assert.equal(error.message.slice(0, says.length), says, error.stack);
          assert.match(error.message, /"nonsense"/);
          return true;
        },
      );
    });

    for (const flag of flags)
      it(`${name} refuses "no" where ${flag} is true or false`, async () => {
        const [before, needed = {}] = right[name] ?? [[]];
        await assert.rejects(
          async () => called(name)(...before, { ...needed, [flag]: "no" }),
          (error: Error) => {
            assert.match(error.message, new RegExp(`${flag} must be true or false.*"no"`));
            return true;
          },
        );
      });
  }
});
