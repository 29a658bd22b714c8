import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type Contest, contestDifference, inProject } from "convbook";

const names = [
  "small-filters",
  "degradation",
  "necks",
  "factors",
  "normed",
  "separable",
  "depthwise",
  "shortcuts",
  "gates",
  "shuffles",
  "dense",
  "scaling",
  "search",
];

function contestOf(name: string): Contest {
  const path = inProject("assets", "experiments", `${name}.json`);
  return JSON.parse(readFileSync(path, "utf8")) as Contest;
}

describe("the contests of the lessons", () => {
  for (const name of names)
    it(`${name}.json has an outcome of every contestant for every seed at every length`, () => {
      const contest = contestOf(name);
      assert.ok(contest.seeds.length >= 3 && contest.lengths.length >= 2);
      for (const [contestant, { outcomes, macs }] of Object.entries(contest.results)) {
        assert.ok(macs > 0, contestant);
        for (const length of contest.lengths) {
          const seeds = outcomes[length].map(({ seed }) => seed);
          assert.deepEqual(seeds, contest.seeds, `${contestant}, ${length} epochs`);
          for (const { accuracy } of outcomes[length]) assert.ok(accuracy > 0 && accuracy <= 1);
        }
      }
    });
});

/** What the prose of a lesson says of its contest: a verdict for each length, the shortest first. */
type Verdict = "ahead" | "behind" | "cannot be told apart";
const said: [contest: string, a: string, b: string, ...Verdict[]][] = [
  ["necks", "5×5 directly", "3×3 directly", "ahead", "ahead", "ahead"],
  ["necks", "3×3 directly", "1×1, no window", "ahead", "ahead", "ahead"],
  ["necks", "5×5 directly", "neck of 4, then the 5×5", "ahead", "ahead", "cannot be told apart"],
  [
    "necks",
    "5×5 directly",
    "1×1 to 32, then the 5×5",
    "cannot be told apart",
    "cannot be told apart",
    "cannot be told apart",
  ],
  [
    "necks",
    "neck of 4, then the 5×5",
    "two 5×5, then 1×1 to 16",
    "cannot be told apart",
    "ahead",
    "ahead",
  ],
  ["necks", "neck of 4, then the 5×5", "3×3 directly", "behind", "cannot be told apart", "ahead"],
  ["necks", "neck of 4, then the 5×5", "neck of 1, then the 5×5", "ahead", "ahead", "ahead"],
  ["normed", "with batch norm, rate 0.01", "without, rate 0.01", "ahead", "cannot be told apart"],
  ["normed", "with batch norm, rate 0.1", "without, rate 0.1", "ahead", "cannot be told apart"],
  ["normed", "without, rate 0.1", "with batch norm, rate 0.01", "ahead", "ahead"],
  ["factors", "5×5", "1×1", "ahead", "ahead"],
  ["factors", "3×3, 3×3", "5×5", "ahead", "ahead"],
  ["factors", "1×5, 5×1", "5×5", "ahead", "ahead"],
  ["factors", "3×3, 3×3", "1×5, 5×1", "ahead", "ahead"],
  ["factors", "3×3, 3×3", "3×3, 3×3, nothing between", "ahead", "ahead"],
  [
    ...(["factors", "3×3, 3×3, nothing between", "5×5"] as const),
    ...(["cannot be told apart", "cannot be told apart"] as const),
  ],
  ["separable", "depthwise, pointwise", "1×1, no window", "ahead", "ahead"],
  ["separable", "pointwise, depthwise", "pointwise, ReLU, depthwise", "ahead", "ahead"],
  ["separable", "full 3×3", "depthwise, pointwise", "ahead", "ahead"],
  ["separable", "full 3×3", "pointwise, depthwise", "ahead", "ahead"],
  ["depthwise", "separable, w = 16", "full, w = 16", "behind", "behind", "behind"],
  ["depthwise", "separable, w = 16", "no window, w = 54", "ahead", "ahead", "ahead"],
  [
    "depthwise",
    "separable, w = 54",
    "full, w = 16",
    "cannot be told apart",
    "cannot be told apart",
    "cannot be told apart",
  ],
  ["shortcuts", "x + body(x)", "plain", "ahead", "ahead"],
  ["shortcuts", "x + 0.2 · body(x)", "plain", "ahead", "ahead"],
  ["shortcuts", "x + 0.2 · body(x)", "x + body(x)", "ahead", "ahead"],
  ["shortcuts", "x + 0.2 · body(x)", "two modules, plain", "cannot be told apart", "ahead"],
  ["shortcuts", "two modules, plain", "plain", "ahead", "ahead"],
  ["shuffles", "one group", "four groups, shuffled", "ahead", "ahead"],
  [
    ...(["shuffles", "four groups, shuffled", "four groups"] as const),
    ...(["cannot be told apart", "cannot be told apart"] as const),
  ],
  ["scaling", "base", "no layers", "ahead", "ahead"],
  ["scaling", "all three ×4", "width ×4", "cannot be told apart", "cannot be told apart"],
  ["gates", "twice as wide", "plain", "cannot be told apart", "cannot be told apart"],
  ["gates", "three layers deeper", "plain", "ahead", "ahead"],
  ["gates", "with SE, r = 2", "three layers deeper", "ahead", "ahead"],
  ["gates", "with SE, r = 2", "with SE, r = 16", "ahead", "ahead"],
];

describe("what the lessons say of their contests", () => {
  for (const [name, a, b, ...verdicts] of said)
    it(`${name}: ${a}, against ${b}: ${[...new Set(verdicts)].join(", then ")}`, () => {
      const line = contestDifference(contestOf(name), a, b);
      const verdict = /\((ahead|behind|cannot be told apart)\)/g;
      const found = [...line.matchAll(verdict)].map(([, word]) => word);
      assert.deepEqual(found, verdicts);
    });

  it("shuffles: the first three beginnings alone, after the short training, said that the shuffle gains", () => {
    const whole = contestOf("shuffles");
    const [first, length] = [3, whole.lengths[0]];
    const results = Object.fromEntries(
      Object.entries(whole.results).map(([name, result]) => [
        name,
        { ...result, outcomes: { [length]: result.outcomes[length].slice(0, first) } },
      ]),
    );
    const three = { ...whole, lengths: [length], seeds: whole.seeds.slice(0, first), results };
    assert.match(contestDifference(three, "four groups, shuffled", "four groups"), /\(ahead\)/);
  });

  it("necks: after the longest training the three that the text compares know nearly all of their own digits", () => {
    const { lengths, results } = contestOf("necks");
    for (const name of ["5×5 directly", "neck of 4, then the 5×5", "3×3 directly"]) {
      const own = results[name].outcomes[lengths[lengths.length - 1]];
      const mean = own.reduce((sum, { trainAccuracy }) => sum + trainAccuracy, 0) / own.length;
      assert.ok(mean > 0.95, `${name}: ${mean}`);
    }
  });
});
