import assert from "node:assert/strict";
import {
  gradientCheck,
  softmax,
  softmaxCrossEntropy,
  type SoftmaxCrossEntropyOptions,
  tensor,
  zeros,
} from "convbook";
import { assertClose, assertNear } from "./assertClose";
import { normal } from "./assertGradients";
import { refuses } from "./refuses";

describe("softmaxCrossEntropy", () => {
  it("softmaxCrossEntropy(zeros, labels) is ln(classes): the network knows nothing yet", () => {
    for (const classes of [2, 10, 1000])
      assertNear(softmaxCrossEntropy(zeros([3, classes]), [0, 1, 1]).loss, Math.log(classes));
  });

  it("softmaxCrossEntropy(logits, labels, {labelSmoothing}).dLogits agrees with differences", () => {
    const logits = normal([3, 5], 1);
    for (const labelSmoothing of [0, 0.1, 1]) {
      const options = { labelSmoothing };
      const loss = (x: typeof logits): number => softmaxCrossEntropy(x, [4, 0, 2], options).loss;
      const { dLogits } = softmaxCrossEntropy(logits, [4, 0, 2], options);
      assert.ok(gradientCheck(loss, logits, dLogits).passed);
    }
  });

  it("softmaxCrossEntropy(logits, labels) takes classes as numbers, bytes or a tensor, and probabilities", () => {
    const logits = normal([2, 3], 2);
    const expected = softmaxCrossEntropy(logits, [2, 0]);
    for (const labels of [
      Uint8Array.of(2, 0),
      tensor([2, 0]),
      tensor([
        [0, 0, 1],
        [1, 0, 0],
      ]),
    ])
      assert.deepEqual(softmaxCrossEntropy(logits, labels), expected);
  });

  it("softmaxCrossEntropy(logits, their own softmax) has gradient 0", () => {
    const logits = normal([2, 3], 3);
    assertClose(softmaxCrossEntropy(logits, softmax(logits)).dLogits, zeros([2, 3]));
  });

  it("softmaxCrossEntropy(logits of ±1000, labels) is finite", () => {
    const { loss, dLogits } = softmaxCrossEntropy(tensor([[1000, -1000]]), [1], {
      labelSmoothing: 0.1,
    });
    assertNear(loss, 0.95 * 2000);
    assertClose(dLogits, tensor([[0.95, -0.95]]), { absolute: 1e-7 });
  });

  it("softmaxCrossEntropy(logits with -Infinity for another class, labels) is finite", () => {
    const { loss, dLogits } = softmaxCrossEntropy(tensor([[0, -Infinity]]), [0]);
    assert.equal(loss, 0);
    assertClose(dLogits, zeros([1, 2]));
  });
});

describe("softmaxCrossEntropy, refusals", () => {
  const logits = zeros([2, 3]);
  for (const [labels, part] of [
    [
      [0],
      "labels must be 2 classes, one for each row of logits, or a tensor of shape [2, 3], but got [0]",
    ],
    [undefined, "labels must be 2 classes"],
    [[0, 3], "labels[1] must be a class from 0 to 2, but got 3"],
    [[-1, 0], "labels[0] must be a class from 0 to 2, but got -1"],
    [[0, NaN], "labels[1] must be a class from 0 to 2, but got NaN"],
    [[0.5, 0], "labels[0] must be a class from 0 to 2, but got 0.5"],
    [zeros([2, 4]), "labels must be a tensor of shape [2, 3]"],
    [zeros([2, 3]), "row 0 of labels must be probabilities, none negative, that sum to 1"],
    [
      tensor([
        [1, 0, 0],
        [2, -1, 0],
      ]),
      "row 1 of labels must be probabilities",
    ],
  ] as [number[], string][])
    refuses(
      `softmaxCrossEntropy(logits, labels), ${part},`,
      () => softmaxCrossEntropy(logits, labels),
      part,
    );
  for (const labelSmoothing of [-0.1, 1.1, NaN] as SoftmaxCrossEntropyOptions["labelSmoothing"][])
    refuses(
      `softmaxCrossEntropy(logits, labels, {labelSmoothing: ${labelSmoothing}})`,
      () => softmaxCrossEntropy(logits, [0, 0], { labelSmoothing }),
      "labelSmoothing must be",
    );
  refuses(
    "softmaxCrossEntropy(logits of rank 1, labels)",
    () => softmaxCrossEntropy(zeros([3]), [0]),
    "logits must be a tensor of shape [batch, classes]",
  );
});
