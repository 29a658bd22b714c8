import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as convbook from "convbook";
import { type Answer, type Exercise } from "convbook";
import {
  type ExerciseResult,
  exercisesOf,
  inProcess,
  runExercise,
  solutionListing,
  extractFunction,
  loadFunction,
} from "convbook/authoring";
import { lessonFolder, lessonNames } from "#dist/project/index.js";

/** The function that a cell with this text would define, its imports aside. */
function answerFrom(text: string, entry: string): Answer {
  const everything = `import { ${Object.keys(convbook).join(", ")} } from "convbook";\n`;
  const extracted = extractFunction([{ origin: "cell 1", text: everything + text }], entry);
  assert(extracted, `${entry} is not declared`);
  return loadFunction(extracted, entry, () => convbook);
}

function summaryOf(result: ExerciseResult): string {
  return [
    result.diagnosis,
    ...result.tests.map((test) => `${test.verdict}: ${test.title} ${test.message ?? ""}`),
  ].join("\n");
}

for (const lesson of lessonNames()) {
  const exercises: Exercise[] = exercisesOf(lesson);

  describe(`lesson ${lesson}`, () => {
    it("has at least three exercises", () => {
      assert(exercises.length >= 3, `it has ${exercises.length}`);
    });

    it("says at its beginning how many exercises it has, and how long they take", () => {
      const text = readFileSync(join(lessonFolder(lesson), "lesson.md"), "utf8");
      const minutes = exercises.reduce((sum, exercise) => sum + exercise.minutes, 0);
      const count = ["no", "one", "two", "three", "four", "five", "six"][exercises.length];
      const said = /\*\*Time:\*\* \d+ minutes, (.*? exercises)/.exec(text)?.[1];
      const due = `and ${minutes} for the ${count} exercises`;
      assert.equal(said, due, `lesson.md, after **Time:** n minutes, is to say "${due}"`);
    });

    for (const exercise of exercises) {
      describe(exercise.id, () => {
        it("has two hints and five wrong answers, each with words of its own", () => {
          const { hints, wrongAnswers } = exercise;
          assert(hints.length >= 2, `it has ${hints.length} hints`);
          assert(wrongAnswers.length >= 5, `it has ${wrongAnswers.length} wrong answers`);
          const sentences = wrongAnswers.map(({ says }) => says);
          const twice = sentences.filter((says, i) => sentences.indexOf(says) !== i);
          assert.deepEqual(twice, [], "two wrong answers have the same sentence");
        });

        it("counts the starter as not attempted", async () => {
          const starter = inProcess(answerFrom(exercise.starter, exercise.entry));
          const result = await runExercise(exercise, starter);
          assert.equal(result.verdict, "not attempted", summaryOf(result));
          assert.equal(result.earned, 0);
        });

        it("gives the solution full points, whatever the seed, and leaves inputs as they are", async () => {
          const solution = inProcess(answerFrom(solutionListing(exercise), exercise.entry));
          const begin = process.cpuUsage();
          const isExpensive = (): boolean => process.cpuUsage(begin).user > 1e6;
          for (let seed = 1; seed <= (isExpensive() ? 3 : 20); seed++) {
            const result = await runExercise(exercise, solution, { seed });
            assert.equal(result.verdict, "passed", summaryOf(result));
            assert.equal(result.earned, exercise.points);
            assert.equal(result.changedInput, false);
          }
        });

        exercise.wrongAnswers.forEach(({ answer, says }, i) => {
          it(`wrong answer ${i + 1} fails, and hears: ${says}`, async () => {
            for (const seed of [1, 2]) {
              const result = await runExercise(exercise, inProcess(answer), { seed });
              const failed = `with seed ${seed} it passes: what tells it from the solution is in no test`;
              assert(result.earned < exercise.points, `${failed}\n${summaryOf(result)}`);
              const heard = `with seed ${seed} it hears something else. Of mistakes that no test tells apart the first speaks: put special ones first, or add a test`;
              assert.equal(result.diagnosis, says, `${heard}\n${summaryOf(result)}`);
            }
          });
        });
      });
    }
  });
}
