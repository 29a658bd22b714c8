import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as convbook from "convbook";
import { type DType, type Pool2dOptions, Tensor, tensor } from "convbook";
import { assertClose, type Tolerance } from "./assertClose";

/** An operation with its results, forward and, where there is a dy, backward, as another library has them. */
export interface GoldenCase {
  op: string;
  options: Record<string, unknown>;
  inputs: Record<string, GoldenTensor>;
  outputs: Record<string, GoldenTensor>;
}
export interface GoldenTensor {
  shape: number[];
  data: number[];
}

type Inputs = Record<string, Tensor>;
type Options = Record<string, unknown>;
type Outputs = Record<string, Tensor | number | convbook.Moments | undefined>;
type Operation = (inputs: Inputs, options: Options) => Outputs;

export function readFixture(name: string): { cases: unknown[] } {
  return JSON.parse(readFileSync(resolve(__dirname, "../../../test/fixtures", name), "utf8"));
}

/** Declares the tests of a case: both precisions, and that no input is changed. */
export function testCase({ op, options, inputs, outputs }: GoldenCase): void {
  const shapes = Object.values(inputs).map(({ shape }) => `[${shape.join(", ")}]`);
  const title = `${op}(${shapes.join(", ")}, ${JSON.stringify(options)})`;
  it(`${title} to 1e-9 in float64`, () => compare("float64", { absolute: 1e-9 }));
  it(`${title} to 1e-5 of the value in float32`, () => compare("float32", { relative: 1e-5 }));

  function compare(dtype: DType, tolerance: Tolerance): void {
    const make = ({ data, shape }: GoldenTensor): Tensor => tensor(data, shape, dtype);
    const tensors = mapValues(inputs, make);
    const results = operations[op](tensors, options);
    assert.deepEqual(tensors, mapValues(inputs, make), "an input was changed");
    for (const [name, expected] of Object.entries(outputs)) {
      const result = results[name];
      if (result instanceof Tensor) assert.equal(result.dtype, dtype);
      const actual = result instanceof Tensor ? result : tensor([result as number], [1], "float64");
      assertClose(actual, expected, tolerance);
    }
  }
}

const operations: Record<string, Operation> = {
  conv2d: convolution(convbook.conv2d, convbook.conv2dBackward),
  conv2dTranspose: convolution(convbook.conv2dTranspose, convbook.conv2dTransposeBackward),
  depthwiseConv2d: convolution(convbook.depthwiseConv2d, convbook.depthwiseConv2dBackward),
  pool2d: ({ x, dy }, options) => ({
    y: convbook.pool2d(x, options as unknown as Pool2dOptions),
    dx: convbook.pool2dBackward(dy, x, options as unknown as Pool2dOptions),
  }),
  globalAveragePool: unary(convbook.globalAveragePool, convbook.globalAveragePoolBackward),
  dense: ({ x, dy, weights, bias }) => ({
    y: convbook.dense(x, weights, { bias }),
    ...convbook.denseBackward(dy, x, weights, { bias }),
  }),
  batchNorm: ({ x, dy, ...tensors }, options) => ({
    ...convbook.batchNorm(x, { ...options, ...tensors }),
    ...convbook.batchNormBackward(dy, x, { ...options, ...tensors }),
  }),
  movingAverages: ({ x, mean, variance }, options) => ({
    ...convbook.batchNorm(x, { ...options, moving: { mean, variance } }).moving!,
  }),
  layerNorm: ({ x, dy, ...tensors }, options) => ({
    y: convbook.layerNorm(x, { ...options, ...tensors }),
    ...convbook.layerNormBackward(dy, x, { ...options, ...tensors }),
  }),
  groupNorm: ({ x, dy, ...tensors }, options) => {
    const all = { ...options, ...tensors } as unknown as convbook.GroupNormOptions;
    return { y: convbook.groupNorm(x, all), ...convbook.groupNormBackward(dy, x, all) };
  },
  resize2d: ({ x, dy }, options) => ({
    y: convbook.resize2d(x, options as unknown as convbook.Resize2dOptions),
    dx: convbook.resize2dBackward(dy, x, options as unknown as convbook.Resize2dOptions),
  }),
  localResponseNorm: ({ x, dy }, options) => ({
    y: convbook.localResponseNorm(x, options),
    ...(dy && { dx: convbook.localResponseNormBackward(dy, x, options) }),
  }),
  softmaxCrossEntropy: ({ logits, labels }, options) => ({
    ...convbook.softmaxCrossEntropy(logits, labels ?? options.labels, {
      labelSmoothing: options.labelSmoothing as number,
    }),
  }),
  channelShuffle: ({ x, dy }, { groups }) => ({
    y: convbook.channelShuffle(x, groups as number),
    ...(dy && { dx: convbook.channelShuffleBackward(dy, groups as number) }),
  }),
  squeezeExcite: ({ x, dy, w1, b1, w2, b2 }) => ({
    ...convbook.squeezeExcite(x, { w1, b1, w2, b2 }),
    ...(dy && convbook.squeezeExciteBackward(dy, x, { w1, b1, w2, b2 })),
  }),
  pad2d: ({ x, dy }, { padding, ...options }) => ({
    y: convbook.pad2d(x, padding as convbook.PadAmounts, options),
    dx: convbook.pad2dBackward(dy, x, padding as convbook.PadAmounts, options),
  }),
  relu: unary(convbook.relu, convbook.reluBackward),
  relu6: unary(convbook.relu6, convbook.relu6Backward),
  leakyRelu: unary(convbook.leakyRelu, convbook.leakyReluBackward),
  sigmoid: unary(convbook.sigmoid, convbook.sigmoidBackward),
  tanh: unary(convbook.tanh, convbook.tanhBackward),
  swish: unary(convbook.swish, convbook.swishBackward),
  gelu: unary(convbook.gelu, convbook.geluBackward),
  hardSigmoid: unary(convbook.hardSigmoid, convbook.hardSigmoidBackward),
  hardSwish: unary(convbook.hardSwish, convbook.hardSwishBackward),
  softmax: unary(convbook.softmax, convbook.softmaxBackward),
};

function convolution(
  forward: (x: Tensor, filter: Tensor, options: Options) => Tensor,
  backward: (dy: Tensor, x: Tensor, filter: Tensor, options: Options) => convbook.Conv2dGradients,
): Operation {
  return ({ x, filter, bias, dy }, options) => ({
    y: forward(x, filter, { ...options, bias }),
    ...(dy && backward(dy, x, filter, { ...options, bias })),
  });
}

function unary(
  forward: (x: Tensor) => Tensor,
  backward: (dy: Tensor, x: Tensor) => Tensor,
): Operation {
  return ({ x, dy }) => ({ y: forward(x), dx: backward(dy, x) });
}

function mapValues<A, B>(record: Record<string, A>, f: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)]));
}
