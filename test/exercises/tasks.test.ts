import assert from "node:assert/strict";
import { exercisesOf } from "convbook/authoring";
import { lessonNames } from "#dist/project/index.js";
import { runExample } from "../docs/runExample";

const MOST_LETTERS = 420;

for (const lesson of lessonNames()) {
  const exercises = exercisesOf(lesson);
  /** What an example may call besides the package: what the lesson's learners have written. */
  const written = Object.fromEntries(exercises.map(({ entry, solution }) => [entry, solution]));

  describe(`the tasks of lesson ${lesson}`, () => {
    for (const { id, entry, task, example, solution } of exercises) {
      it(`${id} says in a sentence or two what to do`, () => {
        assert(task.length <= MOST_LETTERS, `its task has ${task.length} letters`);
        assert(task.includes(`\`${entry}`), `its task does not name \`${entry}\``);
        assert.match(task.trim(), /[.?:]$/);
      });

      it(`${id} has an example that our solution gives`, async () => {
        assert(example.includes(`${entry}(`), `its example does not call ${entry}`);
        for (const line of example.split("\n"))
          assert(line.length <= 100, `a line of ${line.length}: ${line}`);
        assert.equal(
          /\/\/ such as /.test(example),
          solution.length === 0,
          "An example tells no prediction: // such as, for functions that take nothing, and only for these.",
        );
        await runExample(example, written);
      });
    }
  });
}
