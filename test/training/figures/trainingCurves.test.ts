import assert from "node:assert/strict";
import { trainingCurves, type TrainingHistory } from "convbook";

const epoch = { loss: 0.5, accuracy: 0.8, seconds: 2, imagesPerSecond: 500 };
const history: TrainingHistory = {
  title: "a <net>",
  epochs: [
    { ...epoch, validationLoss: 0.6, validationAccuracy: 0.75 },
    { ...epoch, loss: 0.25, validationLoss: 0.4, validationAccuracy: 0.85 },
  ],
  curve: [
    { epoch: 0.5, loss: 2, accuracy: 0.6 },
    { epoch: 1.5, loss: 1, accuracy: 0.9 },
  ],
};

describe("trainingCurves", () => {
  it("trainingCurves(history) draws both curves of both measures, with their values after the last epoch", () => {
    const { svg } = trainingCurves(history);
    assert.equal(svg.match(/<polyline/g)?.length, 4);
    assert.equal(svg.match(/<circle/g)?.length, 4);
    for (const text of [
      "a &lt;net&gt;",
      "training 0.25<", // of the epoch, not of its last batches
      "validation 0.4<",
      "training 80%",
      "validation 85%",
    ])
      assert.ok(svg.includes(text), text);
    // The loss goes from 0 to 2: a loss of 1 is half way up, at the middle of the second of two epochs.
    const [points] = [...svg.matchAll(/<polyline points="([^"]*)"/g)].map((match) => match[1]);
    assert.equal(points, "113.5,84.0 244.5,159.0");
  });

  it("trainingCurves(history, {epochs, note, progress}) leaves room for what is to come, and draws a bar", () => {
    const { svg, text } = trainingCurves(history, { epochs: 4, note: "epoch 3", progress: 0.5 });
    const [points] = [...svg.matchAll(/<polyline points="([^"]*)"/g)].map((match) => match[1]);
    assert.equal(points, "80.8,84.0 146.3,159.0");
    assert.match(svg, /<rect y="44" width="330" height="5"/);
    assert.match(
      text,
      /^a <net>: epoch 3\nepoch 1: loss 0.5, accuracy 80.0%, validation loss 0.6, .*\nepoch 2/,
    );
  });

  it("trainingCurves(history before the first batch) is an empty frame", () => {
    const { svg } = trainingCurves({ title: "net", epochs: [], curve: [] });
    assert.doesNotMatch(svg, /NaN|undefined|Infinity|polyline/);
  });

  it("trainingCurves(history with values that are not finite) leaves these out", () => {
    const curve = [...history.curve, { epoch: 1.9, loss: NaN, accuracy: NaN }];
    assert.doesNotMatch(
      trainingCurves({ ...history, curve }).svg.replace(/training NaN[^<]*/g, ""),
      /NaN/,
    );
  });

  it("trainingCurves(anything else) is refused", () => {
    assert.throws(
      () => trainingCurves({} as TrainingHistory),
      /history must be what fit\(\.\.\.\) gives/,
    );
  });
});
