import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { useBackend } from "convbook";
import { executeNotebooks } from "#dist/cli/notebooks/execute.js";
import { tryBackend } from "#dist/tfjs/backends/tryBackend.js";
import { code, notebook } from "../../cli/notebooks/cells";
import { trainsEveryKind } from "./everyKind";
import { agreesWithCpu, convolutions, depthwise, windows } from "./gradientCases";

const root = resolve(__dirname, "../../../..");

describe("native TensorFlow", function () {
  this.timeout(120_000);

  before(async function () {
    try {
      await tryBackend("tensorflow");
    } catch (error) {
      console.log(`    Skipped: ${(error as Error).message}`);
      this.skip();
    }
  });
  after(() => useBackend("cpu"));

  it("useBackend() takes it", async () => {
    assert.deepEqual(await tryBackend(), {
      name: "tensorflow",
      reason: "tfjs computes in native TensorFlow.",
    });
  });

  it("useBackend() and training print nothing, neither in JavaScript nor in the library", () => {
    const script = `
      const { useBackend } = require(${JSON.stringify(root)});
      const tf = require("@tensorflow/tfjs");
      useBackend("tensorflow").then(async () => {
        const model = tf.sequential();
        model.add(tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 2, kernelSize: 3 }));
        model.compile({ optimizer: "adam", loss: "meanSquaredError" });
        await model.trainOnBatch(tf.ones([4, 8, 8, 1]), tf.ones([4, 6, 6, 2]));
      });`;
    const child = spawnSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" });
    assert.deepEqual([child.status, child.stdout, child.stderr], [0, "", ""]);
  });

  it("useBackend() in a notebook lets none of the library's chatter into the cell", async () => {
    const cells = [
      'import { useBackend } from "convbook";\nimport * as tf from "@tensorflow/tfjs";',
      "console.log((await useBackend()).name);",
      "const ones = (...shape: [number, number, number, number]) => tf.ones<tf.Rank.R4>(shape);",
      "console.log(tf.conv2d(ones(1, 4, 4, 1), ones(3, 3, 1, 1), 1, 'valid').dataSync());",
    ];
    const executed = await executeNotebooks(
      new Map([["native", notebook(...cells.map((source) => code(source)))]]),
    );
    const outputs = executed.get("native")!.notebook.cells.map((cell) => cell.outputs);
    const prints = (text: string) => [{ output_type: "stream", name: "stdout", text }];
    assert.deepEqual(outputs, [
      [],
      prints("tensorflow\n"),
      [],
      prints("Float32Array(4) [ 9, 9, 9, 9 ]\n"),
    ]);
  });

  // tfjs-node has no others; layers pad with a layer of their own.
  const known = Object.values(windows).filter(({ pad = "valid" }) => typeof pad === "string");
  /** Native TensorFlow's depthwise convolution has one stride for both axes, and says so. */
  const isEven = ({ strides }: { strides?: unknown }) =>
    !Array.isArray(strides) || strides[0] === strides[1];
  const kernels = {
    Conv2DBackpropInput: convolutions,
    Conv2DBackpropFilter: convolutions,
    DepthwiseConv2dNativeBackpropInput: depthwise,
    DepthwiseConv2dNativeBackpropFilter: depthwise,
  };
  for (const [kernel, all] of Object.entries(kernels))
    it(`${kernel} is that of tfjs's cpu`, async () => {
      for (const shapes of all)
        for (const window of all === depthwise ? known.filter(isEven) : known)
          await agreesWithCpu("tensorflow", { ...shapes, ...window }, all === depthwise, kernel);
    });

  it("a model with every kind of convolution, pooling, batch norm and dropout trains", () =>
    trainsEveryKind("tensorflow"));
});
