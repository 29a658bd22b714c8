import assert from "node:assert/strict";
import { inspect } from "node:util";
import { ArgumentError, describeValue as describeValue, layers, network, zeros } from "convbook";
import { requireFinite, requireInteger, requireOneOf } from "#dist/tensor/index.js";

describe("ArgumentError", () => {
  it("new ArgumentError(problem) prints its sentence alone, not all that came", () => {
    const received = { large: new Array(1000).fill(0) };
    const error = new ArgumentError({ call: "f", argument: "x", expected: "a number", received });
    assert.doesNotMatch(inspect(error), /received|\[\n/);
    assert.equal(error.problem.received, received);
  });

  it("new ArgumentError(problem) makes a sentence, and keeps its parts", () => {
    const problem = {
      call: "conv2d",
      argument: "stride",
      expected: "a positive integer",
      received: 0,
      remedy: "Leave it out for 1.",
    };
    const error = new ArgumentError(problem);
    assert.equal(
      error.message,
      "conv2d(): stride must be a positive integer, but got 0. Leave it out for 1.",
    );
    assert.equal(error.name, "ArgumentError");
    assert.deepEqual(error.problem, problem);
    assert.match(new ArgumentError({ ...problem, receivedAs: "none" }).message, /but got none\./);
  });
});

describe("describe", () => {
  it("an error writes out marks of direction, and cuts the shape of many axes", () => {
    const problem = { call: "c", argument: "a\u2066", expected: "b", received: "x\u202ey" };
    assert.equal(
      new ArgumentError(problem).message,
      'c(): a\\u2066 must be b, but got "x\\u202ey".',
    );
    const many = Array.from({ length: 40 }, () => 1);
    assert.equal(
      describeValue({ shape: many }),
      "a tensor of shape [1, 1, 1, 1, 1, 1, 1, 1, ... 40 axes in all]",
    );
  });

  it("requireOneOf asks whether another word was meant, whatever its case", () => {
    const ask = (word: unknown) => requireOneOf("fit", "optimizer", word, ["adam", "sgd"]);
    assert.throws(() => ask("Adam"), /but got "Adam"\. Did you mean "adam"\?$/);
    assert.throws(() => ask("lion"), /but got "lion"\.$/);
    assert.throws(
      () =>
        network(
          "n",
          [2, 2, 1],
          layers.conv({ filters: 1, kernelSize: 1, padding: "SAME" as never }),
        ),
      /Did you mean "same"\?/,
    );
  });

  it("describe(value) says any value in a few words", () => {
    const cases: [unknown, string][] = [
      [undefined, "nothing"],
      [null, "null"],
      [NaN, "NaN"],
      ["same", '"same"'],
      [zeros([2, 3]), "a tensor of shape [2, 3]"],
      [new Float32Array(5), "Float32Array of 5 values"],
      [[1, [2, "3"]], '[1, [2, "3"]]'],
      [Array.from({ length: 20 }, () => 0), "[0, 0, 0, 0, 0, 0, 0, 0, ... 20 in all]"],
      [{ pad: 1, stride: 2 }, "an object with keys {pad, stride}"],
      [
        Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`k${i}`, i])),
        "an object with keys {k0, k1, k2, k3, k4, k5, k6, k7, k8, k9, k10, k11, k12, k13, k14, k15, ... 20 in all}",
      ],
      [function relu() {}, "the function relu"],
    ];
    for (const [value, words] of cases) assert.equal(describeValue(value), words);
  });
});

describe("require...", () => {
  it("requireInteger(call, argument, value, least) lets through integers only", () => {
    assert.equal(requireInteger("f", "n", 3, 3), 3);
    assert.equal(requireInteger("f", "n", -5), -5);
    for (const value of [2, 3.5, NaN, Infinity, "3", null, undefined])
      assert.throws(
        () => requireInteger("f", "n", value, 3),
        /^ArgumentError: f\(\): n must be an integer of at least 3, but got /,
      );
    assert.throws(() => requireInteger("f", "n", 0, 1), /n must be a positive integer, but got 0/);
  });

  it("requireFinite(call, argument, value) lets through finite numbers only", () => {
    assert.equal(requireFinite("f", "x", 0.5), 0.5);
    for (const value of [NaN, -Infinity, "0"])
      assert.throws(() => requireFinite("f", "x", value), /x must be a finite number/);
  });

  it("requireOneOf(call, argument, value, choices) lists the choices", () => {
    assert.equal(requireOneOf("f", "mode", "max", ["max", "average"]), "max");
    assert.throws(
      () => requireOneOf("f", "mode", "mean", ["max", "average"]),
      /mode must be "max" or "average", but got "mean"/,
    );
  });
});
