import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { exerciseById, solutionListing } from "convbook/authoring";
import { executeNotebooks, type ExecutedNotebook } from "#dist/cli/notebooks/execute.js";
import type { ExpandedLesson } from "#dist/cli/notebooks/expand.js";
import { findLessons } from "#dist/cli/notebooks/lessons.js";
import { type Notebook, readNotebook } from "#dist/cli/notebooks/notebook.js";
import {
  describeProblems,
  notebookProblems,
  type Problem,
  runProblems,
} from "#dist/cli/notebooks/problems.js";
import { readLessons } from "#dist/cli/notebooks/read.js";
import { staleness } from "#dist/cli/notebooks/stale.js";
import { typeErrors } from "#dist/cli/notebooks/typeCheck.js";
import { STOCK_KERNEL } from "#dist/installation/index.js";
import { inProject } from "#dist/project/index.js";

/** Fails with all of the complaints, each in full. */
function none(complaints: string[]): void {
  if (complaints.length > 0) assert.fail(`\n${complaints.join("\n")}`);
}

/** What stock tslab runs at every test, since the library changes too: figures, exercises, a set of controls. */
const ALWAYS_IN_STOCK = ["00-start-here", "02-padding"];

function execute(
  lessons: readonly ExpandedLesson[],
  kernel: string,
): Promise<Map<string, ExecutedNotebook>> {
  // One at a time: on the other core mocha runs other files, and trainings that share theirs meet a cell's limit.
  const options = { kernel, parallel: 1 };
  return executeNotebooks(new Map(lessons.map((e) => [e.name, e.notebook])), options);
}

/** What holds for every lesson of the course. The titles below are made from the lessons' folders. */
describe("the lessons", function () {
  this.timeout(1_500_000); // the whole course, on a machine that runs other tests beside it

  const lessons = findLessons();
  let expanded: ExpandedLesson[];
  before(async () => {
    expanded = await readLessons(lessons);
  });

  it("notebooks/ holds one notebook for each lesson", () => {
    const built = fs.existsSync(inProject("notebooks"))
      ? fs.readdirSync(inProject("notebooks"))
      : [];
    assert.deepEqual(
      built.filter((file) => file.endsWith(".ipynb")).sort(),
      lessons.map(({ notebook }) => path.basename(notebook)),
      "Run npx convbook build for lessons without a notebook; remove notebooks without a lesson.",
    );
  });

  it("every cell passes the strict type-check, with starters and with solutions", () => {
    const errors = typeErrors(expanded, (id) => solutionListing(exerciseById("test", id)));
    none(errors.flat());
  });

  lessons.forEach((lesson, i) => {
    const built = (): Notebook => {
      const command = `npx convbook build ${lesson.name.slice(0, 2)}`;
      assert.ok(fs.existsSync(lesson.notebook), `${lesson.name} is not built. Run ${command}.`);
      return readNotebook(lesson.notebook);
    };
    const noProblems = (problems: Problem[]): void => none(describeProblems(expanded[i], problems));

    describe(lesson.name, () => {
      it("has a notebook that is what the lesson gives now", () =>
        assert.equal(staleness(expanded[i], built()), undefined));

      it("has a notebook that is executed, clean, with a picture for each figure", () =>
        noProblems(notebookProblems(built())));
    });
  });

  /** A test for each lesson, of what its execution has come to. */
  const executes = (executed: () => Map<string, ExecutedNotebook>): void => {
    lessons.forEach(({ name }, i) =>
      it(`${name} executes from top to bottom without a failure or a word on stderr`, function () {
        const ran = executed().get(name);
        if (!ran) return this.skip();
        const problems = [
          // The machine may be slow, so it does not matter here how long a cell is silent.
          ...runProblems(ran.notebook, ran.runs, Infinity),
          ...notebookProblems(ran.notebook, { pictures: false }),
        ];
        none(describeProblems(expanded[i], problems));
      }),
    );
  };

  describe("in the course's own kernel", () => {
    let executed: Map<string, ExecutedNotebook>;
    before(async () => {
      executed = await execute(expanded, "convbook");
    });
    executes(() => executed);
  });

  // `convbook build` has executed there what notebooks/ holds, or it would not have been written. Lessons that are
  // newer than their notebooks it has not, and what is asked for by npm run test:tslab is all of them.
  describe("in stock tslab", () => {
    let executed: Map<string, ExecutedNotebook>;
    before(async () => {
      const wanted = expanded.filter(
        (lesson, i) =>
          process.env.CONVBOOK_STOCK_TSLAB !== undefined ||
          ALWAYS_IN_STOCK.includes(lesson.name) ||
          !fs.existsSync(lessons[i].notebook) ||
          staleness(lesson, readNotebook(lessons[i].notebook)) !== undefined,
      );
      executed = await execute(wanted, STOCK_KERNEL);
    });

    it("all that notebooks/ holds was executed", () => {
      const { language_info } = executed.get(ALWAYS_IN_STOCK[0])!.notebook.metadata;
      for (const { name, notebook } of lessons)
        assert.deepEqual(
          readNotebook(notebook).metadata.language_info,
          language_info,
          `${name} was executed in another kernel. Run npx convbook build ${name.slice(0, 2)}.`,
        );
    });

    executes(() => executed);
  });
});
