import assert from "node:assert/strict";
import { type Exercise, randomIntegers } from "convbook";
import { exercisesOf, inProcess } from "convbook/authoring";
import { lessonNames } from "#dist/project/index.js";
import type { Mutant } from "./Mutant";
import { mutantsOf } from "./mutantsOf";
import { MANY_SEEDS, manySeedsOf, passingSeed, seedsFor } from "./passingSeed";
import { readResults } from "./results";
import { runMutants, solutionOf } from "./runMutants";

const all = lessonNames().flatMap((lesson) => exercisesOf(lesson));

describe("mutants", () => {
  const made = mutantsOf(`
    import { zeros } from "convbook";
    export function f(rows: number, columns: number): number {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += Math.max(i, columns);
      return sum;
    }`);
  const changes = made.map(({ change }) => change.split(" → ")[1]);

  it("are made of operators, numbers, loops, functions, signs, and names of their neighbours", () => {
    for (const change of [
      "for (let i = 0; i <= rows; i++) sum += Math.max(i, columns);",
      "for (let i = 1; i < rows; i++) sum += Math.max(i, columns);",
      "for (let i = 0; i < rows; i++) sum = Math.max(i, columns);",
      "for (let i = 0; i < rows; i++) sum += Math.min(i, columns);",
      "for (let i = 0; i < columns; i++) sum += Math.max(i, columns);",
      "for (let i = 0; i < rows; i++) ;",
      "return -(sum);",
    ])
      assert(changes.includes(change), `${change} is not among\n${changes.join("\n")}`);
  });

  it("are all different, and none is the solution", () => {
    assert.equal(new Set(made.map(({ module }) => module)).size, made.length);
  });
});

const results = readResults();
const isChanged = (exercise: Exercise): boolean =>
  results[exercise.id]?.fingerprint !== solutionOf(exercise).fingerprint;
const changed = all.filter(isChanged);
/** Those that the table has tried with fewer seeds than are due. */
const few = all.filter((exercise) => (results[exercise.id]?.seeds ?? 0) < manySeedsOf(exercise));
/** Two that are always tried. */
const sample = all.filter(({ id }) => ["02.samePadding", "05.poolForward"].includes(id));

/** In milliseconds of processor time: so much for the seeds of one exercise, after the first few. */
const FOR_SEEDS = 800;
const AT_ONCE = 5;

// One seed of each is tried with its exercise (test/exercises/lessons.test.ts). What the table has tried with all
// seeds, and is as it was then, need not be tried again.
describe("wrong answers", () => {
  for (const exercise of new Set([...sample, ...changed, ...few])) {
    it(`of ${exercise.id} fail whatever the seed`, async function () {
      this.timeout(600_000);
      const begin = process.cpuUsage();
      const seeds = seedsFor(manySeedsOf(exercise));
      while (seeds.length > 0 && process.cpuUsage(begin).user / 1000 < FOR_SEEDS) {
        const few = seeds.splice(0, AT_ONCE);
        for (const { answer, says } of exercise.wrongAnswers) {
          const passing = await passingSeed(exercise, inProcess(answer), few);
          assert.equal(passing, undefined, `with seed ${passing} it has full points: ${says}`);
        }
      }
    });
  }

  it("that pass with one seed of many are found", async () => {
    const [exercise] = all;
    const lucky: Exercise = {
      ...exercise,
      tests: [
        { title: "fixed", run: async () => {} },
        {
          title: "drawn",
          run: async (_, { random }) => {
            const [drawn] = randomIntegers([1], 0, 9, random).data;
            assert(drawn === 0, "passes with one of ten");
          },
        },
      ],
    };
    const never = { ...lucky, tests: [...lucky.tests, { title: "", run: () => assert.fail() }] };
    const boundary = inProcess(() => 1);
    assert.notEqual(await passingSeed(lucky, boundary, seedsFor(40)), undefined);
    assert.equal(await passingSeed(never, boundary, seedsFor(40)), undefined);
  });
});

/** No more than this many of those that were changed: all of them is what `npm run mutants` is for. */
const MOST = 4;
/** In milliseconds of processor time for those of one exercise. */
const FOR_MUTANTS = 10_000;

/** As many as there is time for, from all over the solution: neighbours among them change the same line. */
function* inTime(mutants: readonly Mutant[]): Generator<Mutant> {
  const begin = process.cpuUsage();
  const stride = Math.max(1, Math.floor(Math.sqrt(mutants.length)));
  for (let first = 0; first < stride; first++)
    for (let i = first; i < mutants.length; i += stride) {
      if (process.cpuUsage(begin).user / 1000 > FOR_MUTANTS) return;
      yield mutants[i];
    }
}

describe("mutants of solutions", () => {
  for (const exercise of new Set([sample[0], ...changed.slice(0, MOST)])) {
    it(`of ${exercise.id} are killed, or do the same for a reason that is written down`, async function () {
      this.timeout(600_000);
      const { survived, mutants } = await runMutants(
        exercise,
        seedsFor(Math.min(3, manySeedsOf(exercise))),
        undefined,
        inTime,
      );
      assert(mutants > 0);
      const remedy = "kill each by a test case, or write it down in test/mutants/equivalent.ts";
      assert.deepEqual(survived, [], `${remedy}: npm run mutants -- ${exercise.id} --diagnoses`);
    });
  }

  it("in the table all fail with each seed", () => {
    for (const [id, { survived }] of Object.entries(results)) assert.deepEqual(survived, [], id);
  });

  it(`the table knows the exercises as they are, with ${MANY_SEEDS} seeds each: npm run mutants -- --write`, function () {
    // Pending, and so to be seen: it takes an hour, and goes on where it was stopped.
    if (new Set([...changed, ...few]).size > MOST) this.skip();
  });
});
