import assert from "node:assert/strict";
import type { SubmissionReport } from "#dist/grading/index.js";
import { ALL, sampleOf } from "../samples";
import { compareMarks } from "./class/compareMarks";
import { readNotebooks, readStyles } from "./class/styles";

const LESSON = "02-padding";
/** Notebooks of yours to be compared as well: `CONVBOOK_NOTEBOOKS=folder npx mocha ... styles.test.js`. */
const FOLDER = process.env.CONVBOOK_NOTEBOOKS;

describe("notebooks in odd but honest styles", function () {
  this.timeout(1_200_000);
  const styles = new Map(sampleOf(readStyles("styles.md"), 5));
  let kernel: Map<string, Record<string, number>>;
  let graded: Map<string, SubmissionReport>;

  before(async () => {
    ({ kernel, graded } = await compareMarks(styles, LESSON));
  });

  it("are a class", () => {
    assert(styles.size >= (ALL ? 100 : 20), `${styles.size}`);
    assert.equal(kernel.size, styles.size);
    assert.equal(graded.size, styles.size);
    const marks = [...kernel.values()].flatMap((one) => Object.values(one));
    assert(marks.filter((mark) => mark > 0).length > 0.9 * styles.size, "the kernel ran them");
  });

  for (const name of styles.keys())
    it(`${name}: the grader's marks are the kernel's`, () =>
      same(graded.get(name)!, kernel.get(name)!));
});

compared(
  "notebooks in ordinary styles of other lessons",
  new Map(sampleOf(readStyles("otherLessons.md"), 5)),
);
if (FOLDER) compared(`notebooks of ${FOLDER}`, readNotebooks(FOLDER));

/** That the grader's marks of some notebooks, each of which says its lesson by its checks, are the kernel's. */
function compared(title: string, notebooks: ReadonlyMap<string, readonly string[]>): void {
  describe(title, function () {
    this.timeout(1_200_000);
    let both: Awaited<ReturnType<typeof compareMarks>>;
    before(async () => {
      both = await compareMarks(notebooks);
    });
    for (const name of notebooks.keys())
      it(`${name}: the grader's marks are the kernel's`, () =>
        same(both.graded.get(name)!, both.kernel.get(name)!));
  });
}

function same({ exercises }: SubmissionReport, marks: Record<string, number>): void {
  for (const { id, earned, message, remarks, tests } of exercises) {
    const why = [message, ...remarks, ...tests.map((test) => test.message)].join("\n");
    assert.equal(earned, marks[id] ?? 0, `${id}: ${why}`);
  }
}
