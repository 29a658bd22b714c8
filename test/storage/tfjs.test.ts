import assert from "node:assert/strict";
import { layers, network, type Network, type NetworkWeights, type Tensor } from "convbook";

/** Internal, and so without types. */
const { readTfjsWeights, weightsFromKeras } = require("#dist/storage/index.js") as {
  readTfjsWeights(model: Uint8Array, fileOf: (path: string) => Uint8Array): Map<string, Tensor>;
  weightsFromKeras(
    network: Network,
    tensors: Map<string, Tensor>,
    nameOf: (path: string) => string,
  ): NetworkWeights;
};

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const floats = (...numbers: number[]) => new Uint8Array(Float32Array.from(numbers).buffer);
const noFile = (path: string): Uint8Array => {
  throw new Error(`the package has no ${path}`);
};
const listed = (...weights: unknown[]) =>
  encode({ weightsManifest: [{ paths: ["a.bin", "b.bin"], weights }] });

describe("readTfjsWeights", () => {
  it("reads what tfjs itself has saved, as tfjs reads it", async () => {
    const tf = require("@tensorflow/tfjs") as typeof import("@tensorflow/tfjs");
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ filters: 3, kernelSize: [2, 1], inputShape: [4, 4, 2], name: "c" }),
        tf.layers.batchNormalization({ name: "n" }),
      ],
    });
    let saved: { weightSpecs?: object[]; weightData?: unknown } = {};
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
      }),
    );
    const bytes = new Uint8Array(saved.weightData as ArrayBuffer);
    const cut = 13; // within a number: files are cut anywhere
    const files: Record<string, Uint8Array> = {
      "a.bin": bytes.subarray(0, cut),
      "b.bin": bytes.subarray(cut),
    };
    const tensors = readTfjsWeights(listed(...saved.weightSpecs!), (path) => files[path]);
    assert.deepEqual(
      [...tensors.keys()],
      model.weights.map(({ originalName }) => originalName),
    );
    model.weights.forEach((weight, i) => {
      const ours = [...tensors.values()][i];
      assert.deepEqual(ours.shape, weight.shape);
      assert.deepEqual([...ours.data], [...weight.read().dataSync()]);
    });
    model.dispose();
  });

  const one = { name: "x", shape: [2], dtype: "float32" };
  const refusals: [string, Uint8Array, Uint8Array, RegExp][] = [
    ["no list", encode({}), floats(1, 2), /lists no weights/],
    ["a list of nothing", encode({ weightsManifest: [{}] }), floats(1, 2), /names no files/],
    ["a negative size", listed({ ...one, shape: [-2] }), floats(1, 2), /without a name or a shape/],
    ["a size that is none", listed({ ...one, shape: [1.5] }), floats(1), /without a name or a/],
    ["integers", listed({ ...one, dtype: "int32" }), floats(1, 2), /x is int32, not float32/],
    [
      "quantised numbers",
      listed({ ...one, quantization: { scale: 1 } }),
      floats(1, 2),
      /x is float32, quantised, not float32/,
    ],
    ["files that end early", listed(one), floats(1), /its files end within x/],
    ["a gigantic tensor", listed({ ...one, shape: [1e9, 1e9] }), floats(1), /its files end within/],
    [
      "files with more",
      listed(one),
      floats(1, 2, 3),
      /hold 12 bytes, of which its model.json names 8/,
    ],
    ["no JSON", new TextEncoder().encode("{"), floats(1), /JSON/],
  ];
  for (const [what, model, file, message] of refusals)
    it(`refuses ${what}`, () => {
      const fileOf = (path: string) => (path === "a.bin" ? file : new Uint8Array());
      assert.throws(() => readTfjsWeights(model, fileOf), message);
    });

  it("says which file is missing", () => {
    assert.throws(() => readTfjsWeights(listed(one), noFile), /the package has no a.bin/);
  });
});

describe("weightsFromKeras", () => {
  const net = network("net", [3], layers.dense({ units: 2 }));
  const model = encode({
    weightsManifest: [
      {
        paths: ["a.bin"],
        weights: [
          { name: "fc/kernel", shape: [3, 2], dtype: "float32" },
          { name: "fc/bias", shape: [2], dtype: "float32" },
        ],
      },
    ],
  });
  const tensors = () => readTfjsWeights(model, () => floats(1, 2, 3, 4, 5, 6, 7, 8));

  it("takes each tensor by its name there", () => {
    const { dense1 } = weightsFromKeras(net, tensors(), () => "fc");
    assert.deepEqual([...dense1.matrix!.data], [1, 2, 3, 4, 5, 6]);
    assert.deepEqual([...dense1.bias!.data], [7, 8]);
  });

  it("names what is missing, of another shape, or not used", () => {
    assert.throws(
      () => weightsFromKeras(net, tensors(), () => "fc2"),
      /fc2\/kernel of \[3, 2\] for "dense1", but got none/,
    );
    const wider = network("wider", [4], layers.dense({ units: 2 }));
    assert.throws(
      () => weightsFromKeras(wider, tensors(), () => "fc"),
      /fc\/kernel of \[4, 2\] for "dense1", but got one of \[3, 2\]/,
    );
    const without = network("without", [3], layers.dense({ units: 2, bias: false }));
    assert.throws(
      () => weightsFromKeras(without, tensors(), () => "fc"),
      /weights of this network alone, but got fc\/bias/,
    );
  });
});
