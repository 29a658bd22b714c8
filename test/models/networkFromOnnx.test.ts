import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ConventionName, cost, networkFromOnnx, readModel, zoo } from "convbook";
import { inProject } from "#dist/project/index.js";

/** Written by export.py beside them: PyTorch's networks, and what fvcore, thop and torchinfo count of them. */
const folder = inProject("test", "models", "fixtures");
const counted = JSON.parse(readFileSync(join(folder, "counts.json"), "utf8")) as Record<
  string,
  Record<"params" | "fvcore" | "thop" | "torchinfo", number>
>;
const described = (name: string) => readModel(join(folder, `${name}.onnx`));
const macs = (name: string, convention: ConventionName) =>
  cost(described(name).network, { convention }).macs;

describe("networkFromOnnx", () => {
  for (const name of [
    "resnet18",
    "mobilenet_v3_small",
    "shufflenet_v2_x0_5",
    "regnet_y_400mf",
    "convnext_atto",
  ])
    it(`${name} has the parameters that PyTorch says`, () =>
      assert.equal(cost(described(`${name}.traced`).network).params, counted[name].params));

  for (const name of ["resnet18", "regnet_y_400mf"])
    for (const convention of ["fvcore", "thop", "torchinfo"] as const)
      it(`${name} is counted as ${convention} counts it, to the last digit`, () =>
        assert.equal(macs(`${name}.traced`, convention), counted[name][convention]));

  it("a network of the zoo and its export cost the same", () => {
    const pairs = [
      ["resnet18", "ResNet-18"],
      ["shufflenet_v2_x0_5", "ShuffleNet v2 0.5"],
      ["mobilenet_v3_small", "MobileNet v3 small 1"],
    ] as const;
    for (const [file, name] of pairs) {
      const ours = cost(zoo.find(name).build());
      const theirs = cost(described(`${file}.traced`).network);
      assert.equal(theirs.macs, ours.macs, name);
    }
  });

  it("layers stand in the blocks that their modules were", () => {
    const { network } = described("resnet18.traced");
    assert.equal(network.layer("layer1/layer1.0/conv1").shape.join(), "56,56,64");
    assert.equal(network.layer("fc").operation.kind, "dense");
  });

  it("PyTorch's newer exporter, which folds batch norms away, gives the same multiply-adds", () => {
    assert.equal(macs("resnet18.dynamo", "paper"), macs("resnet18.traced", "paper"));
  });

  for (const how of ["traced", "dynamo"])
    it(`decoder.${how}: padding, a transposed convolution, a crop and two outputs`, () => {
      const { network, remarks } = described(`decoder.${how}`);
      const { params, macs } = cost(network);
      assert.deepEqual([params, macs], [counted.decoder.params, counted.decoder.fvcore]);
      assert.match(remarks.join(), /not counted .*: 1 × PRelu\./);
      const kinds = network.layers.map(({ operation }) => operation.kind);
      for (const kind of ["transposedConv", "crop", "globalPool", "dense"])
        assert.ok(
          kinds.some((one) => one === kind),
          kind,
        );
    });

  it("what is unknown keeps its parameters, and is said", () => {
    const { remarks } = described("convnext_atto.traced");
    assert.match(remarks[0], /not counted \(their parameters are\): .*LayerNormalization/);
  });

  it("squeeze-and-excitation, hard-swish and the channel shuffle are known by what they are", () => {
    for (const name of ["mobilenet_v3_small.traced", "shufflenet_v2_x0_5.traced"])
      assert.doesNotMatch(described(name).remarks.join(), /Not known/);
    const kinds = (name: string) =>
      described(name).network.layers.map(({ operation }) =>
        operation.kind === "activation" ? operation.function : operation.kind,
      );
    assert.equal(
      kinds("mobilenet_v3_small.traced").filter((kind) => kind === "hardSwish").length,
      19,
    );
    assert.equal(
      kinds("shufflenet_v2_x0_5.traced").filter((kind) => kind === "channelShuffle").length,
      16,
    );
  });
});

describe("networkFromOnnx, files that are none", () => {
  const whole = readFileSync(join(folder, "decoder.dynamo.onnx"));

  for (const [what, bytes] of [
    ["nothing", new Uint8Array()],
    ["text", new TextEncoder().encode("a letter to the editor")],
    ["a field of endless length", new Uint8Array([0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f])],
  ] as const)
    it(`${what} is refused in words`, () => {
      assert.throws(() => networkFromOnnx(bytes), { name: "ArgumentError" });
    });

  it("a file cut off anywhere is refused or described, never a crash of another kind", () => {
    for (let length = 0; length < whole.length; length += 7) {
      try {
        networkFromOnnx(whole.subarray(0, length));
      } catch (error) {
        assert.match((error as Error).name, /^(ArgumentError|NetworkError)$/, `cut at ${length}`);
      }
    }
  });

  it("a byte changed anywhere is refused or described, never a crash of another kind", () => {
    for (let at = 0; at < whole.length; at += 5) {
      const bytes = Uint8Array.from(whole);
      bytes[at] ^= 0x55;
      try {
        networkFromOnnx(bytes);
      } catch (error) {
        const { name, stack } = error as Error;
        assert.match(name, /^(ArgumentError|NetworkError)$/, `byte ${at}: ${stack}`);
      }
    }
  });

  it("sizes that contradict the file are refused", () => {
    assert.throws(
      () => networkFromOnnx(whole, { input: [8, 8, 3] }),
      /input must be \[32, 30, 3\]/,
    );
  });
});
