import assert from "node:assert/strict";
import { tensor } from "convbook";

describe("Tensor", () => {
  it("tensor(nested arrays) takes its shape from the nesting", () => {
    assert.deepEqual(
      tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]).shape,
      [2, 3],
    );
  });

  it("tensor(ragged arrays) names the row that differs", () => {
    assert.throws(
      () => tensor([[1, 2], [3]]),
      /values\[1\] must be 2 entries, like its siblings, but got 1 entries/,
    );
  });

  it("tensor.get(index outside) is an error, not undefined", () => {
    assert.throws(() => tensor([[1, 2]]).get(0, 2), /from 0 to 1 on axis 1 of shape \[1, 2\]/);
  });

  it("tensor.transpose(axes) reorders the values with the axes", () => {
    assert.deepEqual(
      tensor([
        [1, 2, 3],
        [4, 5, 6],
      ])
        .transpose([1, 0])
        .toArray(),
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    );
  });
});
