import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type Contest, inProject } from "convbook";

const names = ["small-filters", "degradation", "necks", "factors", "gates"];

describe("the contests of the lessons", () => {
  for (const name of names)
    it(`${name}.json has an outcome of every contestant for every seed at every length`, () => {
      const path = inProject("assets", "experiments", `${name}.json`);
      const contest = JSON.parse(readFileSync(path, "utf8")) as Contest;
      assert.ok(contest.seeds.length >= 3 && contest.lengths.length === 2);
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
