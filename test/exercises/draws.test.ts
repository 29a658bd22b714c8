import assert from "node:assert/strict";
import { type Exercise, random, Tensor } from "convbook";
import { exercisesOf, inProcess } from "convbook/authoring";
import { apartBy, asking } from "#dist/exercises/index.js";
import { lessonNames } from "#dist/project/index.js";

/**
 * Exercises of which half of the points or more come from inputs that never change, and why: a printout would earn them.
 */
const FIXED: Record<string, string> = {
  "01.predictEdge": "a prediction, without an input",
  "03.designStack": "tested with all 31 lengths that there are; any stack that works is right",
  "15.oddRows": "the table of the paper",
  "23.contender":
    "a design, without an input; what the seed draws are the digits and weights that it is trained with",
  "20.seUnit": "modules of a network of the paper",
};
/** Of the points of all exercises. */
const MOST_FIXED = 0.15;
/** The seeds that are tried; some tests draw one of a few. */
const SEEDS = Array.from({ length: 12 }, (_, i) => 1 + 104_729 * i);

/** The points of tests that call the answer with the same inputs whatever the seed. */
async function fixedPoints(exercise: Exercise): Promise<number> {
  let points = 0;
  for (const [index, test] of exercise.tests.entries()) {
    const seen = new Set<string>();
    // Of those that are listed as fixed a few draws are enough: some train with each.
    for (const seed of exercise.id in FIXED ? SEEDS.slice(0, 2) : SEEDS) {
      if (seen.size > 1) break;
      const inputs: unknown[] = [];
      const recorded = asking(inProcess(exercise.solution), (input) => inputs.push(input));
      await test.run(recorded, { random: random(seed + index), seed, apart: apartBy() });
      seen.add(
        JSON.stringify(inputs, (_, value: unknown) =>
          value instanceof Tensor ? value.toArray() : value,
        ),
      );
    }
    if (seen.size === 1) points += test.points ?? 1;
  }
  return points;
}

describe("tests draw their inputs", function () {
  this.timeout(600_000);
  const fixed = new Map<string, number>();
  const all = lessonNames().flatMap((lesson): Exercise[] => exercisesOf(lesson));

  for (const exercise of all)
    it(`of ${exercise.id}: less than half of the points come from inputs that never change`, async () => {
      const points = await fixedPoints(exercise);
      fixed.set(exercise.id, points);
      const isFixed = 2 * points >= exercise.points;
      const remedy = isFixed
        ? "draw inputs from `random` in more tests, or write in FIXED why that cannot be"
        : "take it out of FIXED";
      const found = `${points} of ${exercise.points} points come from inputs that never change`;
      assert.equal(isFixed, exercise.id in FIXED, `${found}: ${remedy}`);
    });

  it(`of the course: at most ${100 * MOST_FIXED}% of the points do`, () => {
    const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);
    const fraction = sum(fixed.values()) / sum(all.map(({ points }) => points));
    assert(fraction <= MOST_FIXED, `${(100 * fraction).toFixed(1)}%`);
  });
});
