import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GradeReport, GradeRun } from "#dist/grading/index.js";
import { inProject } from "#dist/project/index.js";
import { ALL } from "../samples";
import { marksInKernel, SEED } from "./class/compareMarks";
import { type HandedIn, makeClass } from "./class/makeClass";

/** `npm run class` takes 300. */
const SIZE = Number(process.env.CONVBOOK_STYLED_CLASS ?? (ALL ? 24 : 8));
/** Short ones: stock tslab compiles every cell. */
const LESSONS = (process.env.CONVBOOK_LESSONS ?? "02-padding,03-stride").split(",");
const DRAWN_FROM = Number(process.env.CONVBOOK_SEED ?? 16);
const PARTS = ALL ? 8 : 3;
/** In every format, for both sides of the feedback. */
const FORMATS = ["csv", "html", "junit", "text", "gradescope", "github-classroom"];

/** `CONVBOOK_STYLED_CLASS=300 CONVBOOK_LESSONS=02-padding,03-stride npx mocha ... styledClass.test.js` */
describe(`a class of ${SIZE} in many styles, ${LESSONS.join(" and ")}`, function () {
  this.timeout(120_000 + 30_000 * SIZE);
  let folder: string;
  let handedIn: HandedIn[];
  let one: GradeReport;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "convbook-styled-"));
    for (const name of ["submitted", "readable"]) mkdirSync(join(folder, name));
    handedIn = makeClass(SIZE, DRAWN_FROM, { lessons: LESSONS, inStyles: true });
    for (const { file, text, attempts } of handedIn) {
      writeFileSync(join(folder, "submitted", file), text);
      if (attempts) copyFileSync(join(folder, "submitted", file), join(folder, "readable", file));
    }
    assert.equal(await grade("one", "2"), 0);
    one = JSON.parse(readFileSync(join(folder, "one", "grades.json"), "utf8")) as GradeReport;
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Its exit code. */
  const grade = (out: string, jobs: string, ...more: string[]): Promise<number | null> => {
    const words = ["grade", "submitted", "--seed", SEED, "--out", out, "--jobs", jobs];
    const all = [...words, "--students", "--feedback", "message", ...more, "--format", ...FORMATS];
    const program = inProject("bin", "convbook.js");
    const process = spawn(globalThis.process.execPath, [program, ...all], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
    return new Promise((resolve) => process.on("exit", resolve));
  };

  it("everybody has the marks that the checks show in stock tslab", async () => {
    const kernel = await marksInKernel(join(folder, "readable"));
    let compared = 0;
    let above = 0;
    for (const { file, attempts } of handedIn) {
      const submission = one.submissions.find((found) => found.file === file)!;
      if (!attempts) {
        assert.deepEqual([submission.outcome, submission.final], ["unreadable", 0], file);
        continue;
      }
      for (const [id, mark] of Object.entries(kernel.get(file.replace(/\.ipynb$/, ""))!)) {
        const { earned, message, remarks, tests } = submission.exercises.find(
          (exercise) => exercise.id === id,
        )!;
        const why = [message, ...remarks, ...tests.map((test) => test.message)].join("\n");
        assert.equal(earned, mark, `${file}, ${id}: ${why}`);
        compared++;
        if (mark > 0) above++;
      }
    }
    assert(compared > 2 * SIZE && above > compared / 3, `${compared} marks, ${above} above 0`);
  });

  it(`${PARTS} graders that take a part each, into one folder, write the same files, byte for byte`, async () => {
    const parts = Array.from({ length: PARTS }, (_, i) =>
      grade("parts", "1", "--shard", `${i + 1}/${PARTS}`),
    );
    assert.deepEqual(await Promise.all(parts), new Array(PARTS).fill(0));
    assert.equal(await grade("parts", "1"), 0);
    const { graded } = JSON.parse(
      readFileSync(join(folder, "parts", "run.json"), "utf8"),
    ) as GradeRun;
    assert.equal(graded, 0, "the last run found all results there");
    const [expected, actual] = [filesIn(join(folder, "one")), filesIn(join(folder, "parts"))];
    assert.deepEqual([...actual.keys()], [...expected.keys()]);
    for (const [name, bytes] of expected) assert(bytes.equals(actual.get(name)!), name);
    assert(expected.size > 3 * SIZE, `${expected.size} files`);
  });
});

/** All files that do not say when a run took place. */
function filesIn(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "run.json")
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}
