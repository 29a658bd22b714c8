import assert from "node:assert/strict";
import { confusionHeatmap, zeros } from "convbook";

describe("confusionHeatmap", () => {
  it("confusionHeatmap(counts) writes counts and colours fractions of the row", () => {
    const counts = [
      [8, 2],
      [0, 1],
    ];
    const figure = confusionHeatmap(counts, { classes: ["cat", "dog"] });
    assert.deepEqual(
      figure.data[0].text,
      counts.map((row) => row.map(String)),
    );
    assert.deepEqual((figure.data[0].z as number[][]).flat(), [0.8, 0.2, 0, 1]);
    assert.equal(figure.text, "Confusion matrix: 2 classes, 9 of 11 right (81.82%)");
  });

  it("confusionHeatmap(a class without examples) has a row of zeros", () => {
    const [{ z }] = confusionHeatmap(zeros([2, 2])).data;
    assert.deepEqual((z as number[][]).flat(), [0, 0, 0, 0]);
  });

  it("confusionHeatmap(not square, or classes of another number) is refused", () => {
    assert.throws(
      () => confusionHeatmap(zeros([2, 3])),
      /counts must be a tensor of shape \[2, 2\]/,
    );
    assert.throws(
      () => confusionHeatmap(zeros([2, 2]), { classes: ["a"] }),
      /classes must be as many as the 2 classes/,
    );
  });
});
