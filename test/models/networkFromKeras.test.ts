import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { cost, networkFromKeras, readModel } from "convbook";

/** A functional model with most of what convolutional networks have. */
function functional(): tf.LayersModel {
  const input = tf.input({ shape: [32, 32, 3] });
  const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
    layer.apply(x) as tf.SymbolicTensor;
  let x = apply(
    tf.layers.conv2d({ filters: 8, kernelSize: 3, strides: 2, padding: "same", useBias: false }),
    input,
  );
  x = apply(tf.layers.batchNormalization(), x);
  x = apply(tf.layers.reLU({ maxValue: 6 }), x);
  const branch = apply(
    tf.layers.separableConv2d({ filters: 8, kernelSize: 5, padding: "same", activation: "relu" }),
    x,
  );
  x = apply(tf.layers.add(), [x, branch]);
  const deep = apply(tf.layers.depthwiseConv2d({ kernelSize: 3, padding: "same" }), x);
  x = apply(tf.layers.concatenate(), [x, deep]);
  x = apply(
    tf.layers.zeroPadding2d({
      padding: [
        [0, 1],
        [0, 1],
      ],
    }),
    x,
  );
  x = apply(tf.layers.maxPooling2d({ poolSize: 3, strides: 2 }), x);
  x = apply(
    tf.layers.conv2dTranspose({ filters: 6, kernelSize: 4, strides: 2, padding: "same" }),
    x,
  );
  x = apply(tf.layers.leakyReLU(), x);
  x = apply(
    tf.layers.cropping2D({
      cropping: [
        [1, 1],
        [2, 2],
      ],
    }),
    x,
  );
  x = apply(tf.layers.globalAveragePooling2d({}), x);
  x = apply(tf.layers.dense({ units: 10, activation: "softmax" }), x);
  return tf.model({ inputs: input, outputs: x });
}

function sequential(): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 6, kernelSize: 5, activation: "tanh" }),
      tf.layers.averagePooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dropout({ rate: 0.2 }),
      tf.layers.dense({ units: 84, activation: "tanh" }),
      tf.layers.dense({ units: 10 }),
    ],
  });
}

const topologyOf = (model: tf.LayersModel) => model.toJSON(undefined, false) as object;

describe("networkFromKeras", () => {
  for (const [name, make] of Object.entries({ functional, sequential }))
    it(`a ${name} model has the parameters and the shapes that tfjs says`, () => {
      const model = make();
      const { network } = networkFromKeras(topologyOf(model));
      assert.equal(cost(network, { convention: "keras" }).params, model.countParams());
      assert.deepEqual(network.output.shape, model.outputs[0].shape.slice(1));
    });

  it("multiply-adds of a strided convolution, a separable one and a dense layer", () => {
    const { macs } = cost(networkFromKeras(topologyOf(sequential())).network);
    assert.equal(macs, 24 * 24 * 6 * 25 + 12 * 12 * 6 * 84 + 84 * 10);
  });

  it("a layer that is not known and keeps its shape is said", () => {
    const { remarks } = networkFromKeras(topologyOf(functional()));
    assert.match(remarks.join(), /not counted|neither .* counted: 1 × LeakyReLU/);
  });

  it("a model within a model is a block", () => {
    const model = tf.sequential({ layers: [sequential(), tf.layers.dense({ units: 3 })] });
    const { network } = networkFromKeras(topologyOf(model));
    assert.equal(cost(network).params, model.countParams());
    assert.equal(network.layers[1].blocks.length, 1);
  });

  it("Keras 3: batch_shape, and inputs that stand among the arguments with their history", () => {
    const tensor = (name: string) => ({
      class_name: "__keras_tensor__",
      config: { shape: [null, 8, 8, 4], keras_history: [name, 0, 0] },
    });
    const layer = (name: string, className: string, config: object, args: unknown[]) => ({
      class_name: className,
      name,
      config: { name, ...config },
      inbound_nodes: [{ args, kwargs: {} }],
    });
    const conv = { filters: 4, kernel_size: [3, 3], padding: "same", activation: "silu" };
    const model = {
      class_name: "Functional",
      config: {
        name: "net",
        layers: [
          {
            class_name: "InputLayer",
            name: "in",
            config: { batch_shape: [null, 8, 8, 4], name: "in" },
            inbound_nodes: [],
          },
          layer("conv", "Conv2D", conv, [tensor("in")]),
          layer("sum", "Add", {}, [[tensor("in"), tensor("conv")]]),
        ],
        output_layers: [["sum", 0, 0]],
      },
    };
    const { network } = networkFromKeras(model);
    assert.deepEqual(
      network.layers.map(({ operation }) => operation.kind),
      ["input", "conv", "activation", "add"],
    );
  });

  for (const [className, config, params, shape] of [
    ["UpSampling2D", { size: [2, 3], interpolation: "bilinear" }, 0, "16,18,4"],
    ["UpSampling2D", { size: [2, 2], interpolation: "lanczos3" }, 0, "16,12,4"],
    ["Reshape", { target_shape: [4, -1, 2] }, 0, "4,24,2"],
    ["Reshape", { target_shape: [-1] }, 0, "192"],
    ["PReLU", { shared_axes: [1, 2] }, 4, "8,6,4"],
    ["PReLU", {}, 192, "8,6,4"],
    ["LayerNormalization", { axis: [-1], epsilon: 1e-6 }, 8, "8,6,4"],
    ["LayerNormalization", { axis: 3, center: false }, 4, "8,6,4"],
    ["Normalization", { axis: [3], mean: null }, 9, "8,6,4"],
    ["LayerScale", { projection_dim: 4 }, 4, "8,6,4"],
  ] as const)
    it(`${className} ${JSON.stringify(config)}: shape, and parameters as Keras counts them`, () => {
      const given = { batch_input_shape: [null, 8, 6, 4], name: "it", ...config };
      const { network } = networkFromKeras({
        class_name: "Sequential",
        config: { layers: [{ class_name: className, config: given }] },
      });
      assert.equal(network.output.shape.join(), shape);
      assert.equal(cost(network, { convention: "keras" }).params, params);
    });

  it("readModel(model.json) takes a tfjs model's topology out of its file", () => {
    const folder = mkdtempSync(join(tmpdir(), "convbook-"));
    const file = join(folder, "mine.json");
    writeFileSync(
      file,
      JSON.stringify({ modelTopology: topologyOf(sequential()), weightsManifest: [] }),
    );
    const { network } = readModel(file);
    assert.equal(network.name, "mine");
    assert.equal(readModel(file, { name: undefined }).network.name, "mine");
    assert.equal(network.output.shape[0], 10);
    rmSync(folder, { recursive: true });
  });

  for (const [what, model, message] of [
    ["nothing", null, /a Keras model/],
    ["no layers", { class_name: "Sequential", config: {} }, /a model with layers/],
    [
      "an unknown layer that changes shapes",
      {
        class_name: "Sequential",
        config: {
          layers: [{ class_name: "LSTM", config: { name: "l", batch_input_shape: [null, 4] } }],
        },
      },
      /"l" \(LSTM\).*LSTM is not known here/,
    ],
    [
      "open sizes",
      {
        class_name: "Sequential",
        config: {
          layers: [{ class_name: "ReLU", config: { batch_input_shape: [null, null, null, 3] } }],
        },
      },
      /--input 224x224x3/,
    ],
  ] as const)
    it(`${what} is refused in words`, () => assert.throws(() => networkFromKeras(model), message));
});
