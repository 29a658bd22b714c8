import assert from "node:assert/strict";
import { nearest } from "#dist/tensor/index.js";

describe("nearest", () => {
  const options = ["stride", "padding", "dilation", "groups"];

  it("nearest(word, names) forgives a slip of a letter in three", () => {
    assert.deepEqual(nearest("strides", options), ["stride"]);
    assert.deepEqual(nearest("pading", options), ["padding"]);
    assert.deepEqual(nearest("kernel", options), []);
  });

  it("nearest(word, names) puts the likeliest first", () => {
    assert.deepEqual(nearest("conv3", ["conv21", "conv2", "conv3"]), ["conv3", "conv2"]);
  });

  it("nearest(word, names, key) compares what the key makes of a name", () => {
    assert.deepEqual(
      nearest("relu", ["ReLU", "ELU"], (name) => name.toLowerCase()),
      ["ReLU", "ELU"],
    );
  });
});
