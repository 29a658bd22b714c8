import assert from "node:assert/strict";
import { type GoldenCase, type GoldenTensor, readFixture, testCase } from "./goldenCase";

/** Every case of golden-ops.json and torch-ops.json, whose values come from PyTorch. */

interface GoldenOp {
  op: string;
  attrs: Record<string, unknown>;
  inputs: Record<string, GoldenTensor>;
  outputs: Record<string, GoldenTensor>;
}

const operationNames: Record<string, string> = {
  conv2d_same: "conv2d",
  conv2d_transpose: "conv2dTranspose",
  batch_norm_train: "batchNorm",
  lrn: "localResponseNorm",
  softmax_cross_entropy: "softmaxCrossEntropy",
  channel_shuffle: "channelShuffle",
  squeeze_excite: "squeezeExcite",
  hard_swish: "hardSwish",
  hard_sigmoid: "hardSigmoid",
};

const outputNames: Record<string, string> = {
  dfilter: "dFilter",
  dbias: "dBias",
  dgamma: "dGamma",
  dbeta: "dBeta",
  dlogits: "dLogits",
};

/** A case of golden-ops.json in the names of this library. */
function translate({ op, attrs, inputs, outputs }: GoldenOp): GoldenCase {
  const { pad, output_padding, label_smoothing, name, ...rest } = attrs;
  const torchName = op === "activation" ? String(name) : op;
  return {
    op: operationNames[torchName] ?? torchName,
    options: {
      ...rest,
      ...(pad !== undefined && { padding: pad }),
      ...(op === "conv2d_same" && { padding: "same" }),
      ...(op === "batch_norm_train" && { training: true }),
      ...(output_padding !== undefined && { outputPadding: output_padding }),
      ...(label_smoothing !== undefined && { labelSmoothing: label_smoothing }),
    },
    inputs,
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([key, value]) => [outputNames[key] ?? key, value]),
    ),
  };
}

const golden = (readFixture("golden-ops.json").cases as GoldenOp[]).map(translate);
const more = readFixture("torch-ops.json").cases as GoldenCase[];

// PyTorch 2.13 takes the slope 1/6 of the hard sigmoid in float32 even where it computes in float64, and is off
// by 3e-8. The true slope is what its gradient check in activations.test.ts asks for; here its rounding is undone.
const hardSigmoid = golden.find(({ op }) => op === "hardSigmoid");
if (hardSigmoid)
  hardSigmoid.outputs.dx.data = hardSigmoid.outputs.dx.data.map((v) => v / 6 / Math.fround(1 / 6));

describe("kernels agree with PyTorch on golden-ops.json", () => {
  it("golden-ops.json has its 55 cases", () => assert.equal(golden.length, 55));
  golden.forEach(testCase);
});

describe("kernels agree with PyTorch on torch-ops.json", () => {
  it("torch-ops.json has its 66 cases", () => assert.equal(more.length, 66));
  more.forEach(testCase);
});
