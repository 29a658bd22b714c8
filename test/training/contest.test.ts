import assert from "node:assert/strict";
import { type Contest, contestDifference, contestDifferences, contestTable } from "convbook";

function contestOf(accuracies: Record<string, number[]>): Contest {
  const results = Object.entries(accuracies).map(([name, values]) => {
    const outcomes = values.map((accuracy, i) => ({ seed: i + 1, accuracy, trainAccuracy: 1 }));
    return [name, { params: 1234, macs: 56_789, outcomes: { 10: outcomes } }];
  });
  const setting = { images: 500, test: 2000 };
  return { setting, lengths: [10], seeds: [1, 2, 3], results: Object.fromEntries(results) };
}

describe("contestDifference", () => {
  // Differences 0.01, 0.02, 0.03: mean 2, standard error 1/√3, t(0.975, 2) = 4.303: 2 ± 2.48.
  it("contestDifference(contest, a, b) says that an interval around 0 tells nothing", () => {
    const contest = contestOf({ a: [0.81, 0.82, 0.83], b: [0.8, 0.8, 0.8] });
    assert.equal(
      contestDifference(contest, "a", "b"),
      "a minus b: 2.0\u00a0±\u00a02.5 points after 10 epochs (cannot be told apart)",
    );
  });

  it("contestDifference(contest, a, b) pairs the seeds: what all of them show is said", () => {
    const contest = contestOf({ a: [0.9, 0.5, 0.7], b: [0.85, 0.449, 0.651] });
    assert.match(
      contestDifference(contest, "a", "b"),
      /5\.0.±.0\.2 points after 10 epochs \(ahead\)/,
    );
    assert.match(contestDifference(contest, "b", "a"), /-5\.0.±.0\.2 .*\(behind\)/);
  });

  it("contestDifference(contest, an unknown name, ...) names those there are", () => {
    const contest = contestOf({ a: [0.9, 0.5, 0.7] });
    assert.throws(() => contestDifference(contest, "a", "c"), /one of a/);
    // @ts-expect-error no contest
    assert.throws(() => contestDifference({}, "a", "b"), /what an experiment wrote/);
  });
});

describe("contestDifferences", () => {
  const contest = contestOf({ a: [0.9, 0.5, 0.7], b: [0.85, 0.449, 0.651], c: [0.91, 0.4, 0.8] });

  it("contestDifferences(contest, pairs) has a row for each pair, a column for each length", () => {
    const { text } = contestDifferences(contest, [
      ["a", "b"],
      ["b", "a"],
      ["a", "c"],
    ]);
    const lines = text.split("\n");
    assert.match(lines[1], /difference +10 epochs/);
    assert.match(lines[2], /a minus b +5\.0.±.0\.2, ahead/);
    assert.match(lines[3], /b minus a +-5\.0.±.0\.2, behind/);
    assert.match(lines[4], /a minus c .*, cannot be told apart/);
  });

  it("contestDifferences(contest, no pairs) is refused", () => {
    assert.throws(() => contestDifferences(contest, [["a"]]), /pairs of names/);
    assert.throws(() => contestDifferences(contest, []), /pairs of names/);
    assert.throws(() => contestDifferences(contest, [["a", "d"]]), /one of a, b, c/);
  });
});

describe("contestTable", () => {
  it("contestTable(contest, {only}) has a row for each that is asked for", () => {
    const contest = contestOf({ a: [0.81, 0.82, 0.83], b: [0.8, 0.8, 0.8] });
    const { text } = contestTable(contest, { column: "middle", only: ["b"] });
    assert.match(text, /middle/);
    assert.match(text, /80\.0.±.0\.0/);
    assert.ok(!text.includes("82.0"));
  });
});
