import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { type Notebook, readNotebook, writeNotebook } from "#dist/cli/notebooks/notebook.js";
import type { GradeReport } from "#dist/grading/index.js";
import { inProject } from "#dist/project/index.js";
import { buildOnEachOther } from "../buildOnEachOther";
import { ALL } from "../samples";
import { installNbgrader } from "./environment";

const LESSON = "00-start-here";
const POINTS = 10;

/**
 * A class at nbgrader, by nbgrader's own commands: an assignment is made, released, fetched, handed in,
 * collected, graded in the course's kernel, and the marks are exported.
 */
describe("a class at nbgrader", function () {
  this.timeout(600_000);
  buildOnEachOther();

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "convbook-class-"));
  const exchange = path.join(folder, "exchange");
  const me = os.userInfo().username;
  let bin: string;

  const run = (program: string, ...args: string[]): string => {
    const env = {
      ...process.env,
      PATH: `${bin}${path.delimiter}${process.env.PATH}`, // as after `source bin/activate`
      HOME: folder,
    };
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    assert.equal(status, 0, `${args.join(" ")} failed:\n${stdout}\n${stderr}`);
    return stdout + stderr;
  };
  const nbgrader = (...args: string[]): string =>
    run("nbgrader", ...args, `--Exchange.root=${exchange}`);

  const notebookIn = (...parts: string[]): string =>
    path.join(folder, ...parts, LESSON, `${LESSON}.ipynb`);
  const cellOf = (notebook: Notebook, id: string): Notebook["cells"][number] => {
    const found = notebook.cells.find((cell) => cell.id === id);
    assert.ok(found, `There is no cell ${id}.`);
    return found;
  };

  /** Hands in what was released, with these cells changed. */
  const handIn = (student: string, answers: Record<string, string>): void => {
    const notebook = readNotebook(notebookIn("release"));
    for (const [id, source] of Object.entries(answers)) cellOf(notebook, id).source = source;
    const file = notebookIn("submitted", student);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    writeNotebook(file, notebook);
  };

  let solutions: Record<string, string>;

  before(function () {
    if (!ALL) this.skip(); // it installs nbgrader, and takes minutes: for .ci/run
    const installed = installNbgrader();
    if ("missing" in installed) {
      console.log(`      (skipped: ${installed.missing})`);
      this.skip();
    }
    bin = installed.bin;
    fs.mkdirSync(exchange);
    fs.chmodSync(exchange, 0o777); // every student writes there
    const convbook = inProject("bin", "convbook.js");
    run(process.execPath, convbook, "build", "00", "--nbgrader", folder);
    const source = readNotebook(notebookIn("source"));
    solutions = Object.fromEntries(
      source.cells
        .filter(({ metadata }) => metadata.convbook?.role === "answer")
        .map(({ id, source }) => [id, source]),
    );
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it("nbgrader generate_assignment puts the starters in place of the solutions", () => {
    nbgrader("generate_assignment", LESSON);
    const released = readNotebook(notebookIn("release"));
    for (const id of Object.keys(solutions)) {
      const { source, metadata } = cellOf(released, id);
      assert.match(source, /return yourCode\(\);/);
      assert.equal(metadata.convbook?.starter, undefined);
    }
    for (const line of ["product * n", "1 - value", "best = [row, column]"])
      assert(!JSON.stringify(released).includes(line), `The release holds "${line}".`);
  });

  it("nbgrader release, fetch, submit and collect carry a notebook there and back", () => {
    nbgrader("release_assignment", LESSON);
    nbgrader("fetch_assignment", LESSON);
    nbgrader("submit", LESSON);
    nbgrader("collect", LESSON);
    assert.ok(fs.existsSync(notebookIn("submitted", me)));
  });

  it("nbgrader autograde and export give each student the points of each exercise", () => {
    // All is right; what is printed to stderr costs nothing.
    const { "00-countValues-answer": countValues } = solutions;
    const noisy = countValues.replace("{", '{\n  console.error("here");');
    handIn("ada", { ...solutions, "00-countValues-answer": noisy });
    // Two of three tests pass; then a cell of the student's own throws, just before a check.
    handIn("bob", {
      "00-countValues-answer":
        "function countValues(shape: number[]): number {\n  return shape[0] * shape[1] * shape[2] * shape[3];\n}",
      "00-countValues-check-hints": 'throw new Error("a loose cell");',
      "00-negative-answer": solutions["00-negative-answer"],
    });
    // An answer that does not compile, one that was not written, and a check that was made to say nothing.
    handIn("cleo", {
      "00-countValues-answer":
        "function countValues(shape: number[]): number {\n  return shape.;\n}",
      "00-negative-check-hints": "const check = async (...x: unknown[]) => {};",
      "00-brightest-answer": solutions["00-brightest-answer"],
    });

    nbgrader("autograde", LESSON);
    nbgrader("export", "--to=grades.csv");
    const rows: Record<string, string>[] = parse(
      fs.readFileSync(path.join(folder, "grades.csv"), "utf8"),
      { columns: true },
    );
    const marks = Object.fromEntries(rows.map((row) => [row.student_id, Number(row.score)]));
    assert.deepEqual(marks, { ada: POINTS, bob: 5, cleo: 0, [me]: 0 });
    assert(rows.every(({ max_score }) => Number(max_score) === POINTS));
  });

  it("what convbook grade gives comes into nbgrader's gradebook, with penalty and overrides", () => {
    const convbook = inProject("bin", "convbook.js");
    const overrides = path.join(folder, "overrides.csv");
    fs.writeFileSync(
      overrides,
      "student,lesson,exercise,points,reason\n" +
        "bob,00,00.countValues,1,At the blackboard\ncleo,00,,7.5,Agreed upon\n",
    );
    const out = path.join(folder, "reports");
    const late = ["--due", "2020-01-01T00:00Z", "--late", "10%/day", "--floor", "80%"];
    const options = ["--out", out, "--seed", "7", "--overrides", overrides, ...late];
    run(process.execPath, convbook, "grade", path.join(folder, "submitted"), ...options);
    const { submissions } = JSON.parse(
      fs.readFileSync(path.join(out, "grades.json"), "utf8"),
    ) as GradeReport;
    const finals = Object.fromEntries(submissions.map(({ student, final }) => [student.id, final]));
    assert.equal(finals.cleo, 7.5);
    assert.equal(finals.ada, 0.8 * POINTS);
    for (let times = 0; times < 2; times++) {
      const script = inProject("environment", "nbgrader", "import_marks.py");
      run(path.join(bin, "python"), script, path.join(out, "grades.json"));
      nbgrader("export", "--to=imported.csv");
      const rows: Record<string, string>[] = parse(
        fs.readFileSync(path.join(folder, "imported.csv"), "utf8"),
        { columns: true },
      );
      const marks = rows.map((row) => [row.student_id, Number(row.score)]);
      assert.deepEqual(Object.fromEntries(marks), finals);
      assert(rows.every(({ max_score }) => Number(max_score) === POINTS));
    }
  });

  it("nbgrader's graded notebooks show the points first, and the errors, which stock tslab only prints", () => {
    const firstOutput = (student: string, id: string) =>
      cellOf(readNotebook(notebookIn("autograded", student)), id).outputs?.[0];
    const errorIn = (student: string, id: string): string => {
      const output = firstOutput(student, id);
      assert(
        output?.output_type === "error",
        `The first output of ${id} is ${output?.output_type}.`,
      );
      return `${output.ename}: ${output.evalue}`;
    };
    assert.deepEqual(firstOutput("bob", "00-countValues-check"), {
      output_type: "execute_result",
      data: { "text/plain": "2.0" },
      metadata: {},
      execution_count: null,
    });
    assert.equal(errorIn("bob", "00-countValues-check-hints"), "Error: a loose cell");
    assert.match(errorIn("cleo", "00-countValues-check"), /^TypeCheckError: Cannot find name/);
    assert.match(errorIn("cleo", "00-brightest-check"), /^NoResult: /);
  });
});
