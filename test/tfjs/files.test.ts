import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as tf from "@tensorflow/tfjs";
import {
  allClose,
  initialWeights,
  layers,
  loadLayersModel,
  network,
  toLayersModel,
  weightsOf,
} from "convbook";

describe("tfjs models in folders", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "convbook-model-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const { batchNorm, channelShuffle, conv, dense, globalAveragePool, relu } = layers;
  const net = network(
    "net",
    [6, 6, 2],
    conv({ filters: 4, kernelSize: 3 }),
    batchNorm(),
    relu(),
    channelShuffle({ groups: 2 }),
    globalAveragePool(),
    dense({ units: 3 }),
  );
  const weights = initialWeights(net, 7);
  const modelFolder = join(folder, "my model");
  const url = pathToFileURL(modelFolder).href;

  before(async () => {
    await toLayersModel(net, { weights }).save(url);
  });

  for (const [what, source] of [
    ["the address of the folder", url],
    ["the address of model.json", `${url}/model.json`],
    ["the folder's path", modelFolder],
    ["the path of model.json", join(modelFolder, "model.json")],
  ])
    it(`loadLayersModel(${what}) brings back layers, ours too, and weights`, async () => {
      const model = await loadLayersModel(source);
      assert.ok(allClose(weightsOf(net, model)["dense1"].matrix!, weights["dense1"].matrix!));
    });

  it("tf.loadLayersModel and model.save know file:// by then, relative paths too", async () => {
    const model = await tf.loadLayersModel(`${url}/model.json`);
    assert.equal(model.countParams(), toLayersModel(net).countParams());
  });

  /** The model's description with one thing changed, beside the same weights. */
  function changed(
    name: string,
    change: (model: {
      modelTopology: object;
      weightsManifest: { paths: string[]; weights: { shape: number[] }[] }[];
    }) => void,
  ): string {
    // Where another test has loaded tfjs-node, the folder is what that makes of the address: "my%20model".
    const written = existsSync(modelFolder) ? modelFolder : join(folder, "my%20model");
    const description = JSON.parse(readFileSync(join(written, "model.json"), "utf8"));
    change(description);
    const file = join(written, `${name}.json`);
    writeFileSync(file, JSON.stringify(description));
    return file;
  }

  const refused: [string, () => string, RegExp][] = [
    [
      "a folder that is not there",
      () => pathToFileURL(join(folder, "nowhere")).href,
      /there is no .*nowhere/,
    ],
    [
      "weights outside of the folder",
      () =>
        changed(
          "outside",
          ({ weightsManifest: [group] }) => void (group.paths = ["../weights.bin"]),
        ),
      /outside of its folder/,
    ],
    [
      "weights of another length",
      () =>
        changed("longer", ({ weightsManifest: [group] }) => void (group.weights[0].shape[0] += 1)),
      /bytes, its shapes ask for/,
    ],
    [
      "another JSON",
      () => changed("other", (model) => void (model.weightsManifest = undefined as never)),
      /not the model\.json/,
    ],
    [
      "a list of weights with a hole",
      () =>
        changed("hole", ({ weightsManifest: [group] }) => void (group.weights[0] = null as never)),
      /not the model\.json/,
    ],
    [
      "no list of weights",
      () => changed("none", (model) => void (model.weightsManifest[0] = null as never)),
      /not the model\.json/,
    ],
    [
      "weights that are a folder",
      () => changed("folder", ({ weightsManifest: [group] }) => void (group.paths = ["."])),
      /there is no file/,
    ],
    [
      "weights that are missing",
      () => changed("missing", ({ weightsManifest: [group] }) => void (group.paths = ["lost.bin"])),
      /there is no file .*lost\.bin/,
    ],
    [
      "a model of Keras 3",
      () =>
        changed(
          "keras3",
          (model) =>
            void (model.modelTopology = {
              model_config: {
                class_name: "Sequential",
                config: {
                  layers: [{ class_name: "InputLayer", config: { batch_shape: [null, 6, 6, 2] } }],
                },
              },
            }),
        ),
      /saved by Keras 3/,
    ],
  ];
  for (const [what, source, message] of refused)
    it(`loadLayersModel refuses ${what}`, async () => {
      await assert.rejects(loadLayersModel(source()), message);
    });
});
