import assert from "node:assert/strict";
import { exercisesOf, inProcess, lessonNames } from "convbook";
import { mutantsOf } from "./mutantsOf";
import { readResults } from "./results";
import { passesAll, runMutants, solutionOf } from "./runMutants";

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

/** In milliseconds of processor time: so much for the seeds of one exercise. `CONVBOOK_SEEDS=all` tries all 200. */
const FOR_SEEDS = process.env.CONVBOOK_SEEDS === "all" ? Infinity : 800;

describe("wrong answers", () => {
  for (const exercise of all) {
    it(`of ${exercise.id} fail whatever the seed`, async function () {
      this.timeout(600_000);
      const begin = process.cpuUsage();
      for (let seed = 1; seed <= 200; seed++) {
        for (const { answer, says } of exercise.wrongAnswers)
          assert(
            !(await passesAll(exercise, inProcess(answer), 7919 * seed)),
            `with seed ${7919 * seed} it has full points: ${says}`,
          );
        if (seed >= 4 && process.cpuUsage(begin).user / 1000 > FOR_SEEDS) break;
      }
    });
  }
});

/** No more than this many of those that were changed: all of them is what `npm run mutants` is for. */
const MOST = 4;

describe("mutants of solutions", () => {
  const results = readResults();
  const isChanged = (exercise: (typeof all)[number]): boolean =>
    results[exercise.id]?.fingerprint !== solutionOf(exercise).fingerprint;
  const changed = all.filter(isChanged).slice(0, MOST);
  const sample = all.filter(({ id }) => id === "02.samePadding");
  for (const exercise of new Set([...sample, ...changed])) {
    it(`of ${exercise.id} are killed, or do the same for a reason that is written down`, async function () {
      this.timeout(600_000);
      const { survived, mutants } = await runMutants(exercise, [1, 101]);
      assert(mutants > 0);
      assert.deepEqual(survived, [], `npm run mutants -- ${exercise.id} --told`);
    });
  }

  it("the table holds no exercise that passes with a mutant", () => {
    for (const [id, { survived }] of Object.entries(results)) assert.deepEqual(survived, [], id);
  });
});
