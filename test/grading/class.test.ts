import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { random } from "convbook";
import { inProcess, runExercise } from "convbook/authoring";
import type { GradeReport, SubmissionReport } from "#dist/grading/index.js";
import { inProject } from "#dist/project/index.js";
import { ALL } from "../samples";
import { type Attempt, type HandedIn, makeClass } from "./class/makeClass";

/** `npm run soak` takes 1,000. */
const SIZE = Number(process.env.CONVBOOK_CLASS ?? (ALL ? 16 : 6));
const SEED = Number(process.env.CONVBOOK_SEED ?? 7);
describe(`a class of ${SIZE}`, function () {
  this.timeout(60_000 + 20_000 * SIZE);
  let folder: string;
  let handedIn: HandedIn[];
  let quiet: GradeReport;
  /** How long the quiet run took, in milliseconds. */
  let duration: number;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "convbook-class-"));
    mkdirSync(join(folder, "submitted"));
    handedIn = makeClass(SIZE, SEED);
    for (const { file, text } of handedIn) writeFileSync(join(folder, "submitted", file), text);
    const start = performance.now();
    assert.equal(await finished(grader("quiet")), 0);
    duration = performance.now() - start;
    quiet = reportIn("quiet");
  });
  after(() => rmSync(folder, { recursive: true }));

  const grader = (out: string, ...more: string[]): ChildProcess =>
    spawn(process.execPath, [inProject("bin", "convbook.js"), ...words, "--out", out, ...more], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
  const words = ["grade", "submitted", "--seed", String(SEED)];
  const textIn = (out: string): string => readFileSync(join(folder, out, "grades.json"), "utf8");
  const reportIn = (out: string): GradeReport => JSON.parse(textIn(out)) as GradeReport;

  it("everybody has the marks that the notebook's own check gives", async () => {
    assert.equal(quiet.submissions.length, SIZE);
    for (const submission of quiet.submissions) {
      const { attempts } = handedIn.find(({ student }) => student === submission.student.id)!;
      if (attempts) await expectMarksOfCheck(submission, attempts, quiet.seed);
      else assert.deepEqual([submission.outcome, submission.final], ["unreadable", 0]);
    }
  });

  it("a grader killed at any moment and started again comes to the same report, byte for byte", async () => {
    const source = random(SEED);
    let kills = 0;
    for (let code: number | null = null; code === null;) {
      const patience = 0.5 + 0.1 * kills; // in parts of the time that the quiet run took
      const process = grader("killed");
      const end = finished(process);
      const killed = sleep(duration * source.uniform(0.1, patience), "late", { ref: false });
      if ((await Promise.race([end, killed])) === "late" && process.kill("SIGKILL")) kills++;
      code = await end;
      for (const name of resultsIn(join(folder, "killed", "results")))
        JSON.parse(readFileSync(join(folder, "killed", "results", name), "utf8"));
      assert(kills < 100 + SIZE, "no run comes to its end before it is killed");
    }
    assert(kills > 0, "no run was killed: the test tested nothing");
    assert.equal(textIn("killed"), textIn("quiet"));
  });
});

async function expectMarksOfCheck(
  { exercises, file }: SubmissionReport,
  attempts: readonly Attempt[],
  seed: number | undefined,
): Promise<void> {
  for (const [i, { exercise, kind, answer }] of attempts.entries()) {
    const { tests, verdict, earned, diagnosis } = exercises[i];
    const where = `${file}, ${exercise.id}, ${kind}: ${verdict}, ${exercises[i].message ?? tests[0]?.message ?? ""}`;
    if (answer) {
      const expected = await runExercise(exercise, inProcess(answer), { seed });
      assert.equal(earned, expected.earned, where);
      assert.equal(diagnosis, expected.diagnosis, where);
      assert.deepEqual(
        tests.map((test) => [test.verdict, test.message]),
        expected.tests.map((test) => [test.verdict, test.message]),
        where,
      );
    } else {
      assert.deepEqual(
        [earned, verdict],
        [0, kind === "syntax error" ? "error" : "not attempted"],
        where,
      );
    }
  }
}

/** Whole results, without the drafts of a grader that was killed while it wrote. */
function resultsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(".json"));
}

function finished(process: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => process.on("exit", resolve));
}
