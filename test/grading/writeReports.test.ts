import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  formatNames,
  type GradeReport,
  type GradeRun,
  reportFormats,
  writeReports,
  writeStudentPages,
} from "#dist/grading/index.js";
import { inProject } from "#dist/project/index.js";
import { oneStudent } from "./report/oneStudent";
import { sampleReport } from "./report/sampleReport";

const run: GradeRun = { startedAt: "", finishedAt: "", seconds: 0, graded: 3, kept: 0 };
const all = formatNames(Object.keys(reportFormats));

describe("writeReports(folder, report, run, formats)", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "convbook-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (report: GradeReport): Promise<string[]> => writeReports(folder, report, run, all);
  const scoreIn = (...parts: string[]): number =>
    (JSON.parse(readFileSync(join(folder, ...parts), "utf8")) as { score: number }).score;

  it("of a class: all formats, and for platforms that take one student a file for each", async () => {
    const files = await write(sampleReport());
    assert.deepEqual(
      files.map((file) => file.slice(folder.length + 1)),
      [
        "grades.json",
        "grades.csv",
        "junit.xml",
        "gradescope",
        "github-classroom",
        "grades.html",
        "grades.txt",
      ],
    );
    assert.equal(readdirSync(join(folder, "gradescope")).length, 3);
    assert.equal(scoreIn("gradescope", "ada", "results.json"), 6);
    assert.equal(scoreIn("gradescope", "cleo", "results.json"), 0);
    assert(existsSync(join(folder, "github-classroom", "ada", "github-classroom.json")));
    assert(!existsSync(join(folder, "results.json")));
  });

  it("of one student: the one file that the platform looks for", async () => {
    const files = await write(oneStudent(sampleReport(), "ada"));
    assert(files.includes(join(folder, "results.json")));
    assert.equal(scoreIn("results.json"), 6);
    assert(existsSync(join(folder, "github-classroom.json")));
    assert(!existsSync(join(folder, "gradescope")));
  });

  it("of a student on whom the grader failed: no file that would say 0 points", async () => {
    const report = sampleReport();
    Object.assign(report.submissions[0], { outcome: "not graded", message: "disk full", final: 0 });
    await write(report);
    assert.equal(readdirSync(join(folder, "gradescope")).length, 2);
    assert(!existsSync(join(folder, "gradescope", "ada")));
  });

  it("a student's name leads into no other folder", async () => {
    const report = sampleReport();
    report.submissions[0].student.id = "../../ada";
    await write(report);
    await writeStudentPages(join(folder, "students"), report, new Date(0));
    for (const name of ["gradescope", "github-classroom", "students"])
      assert.equal(readdirSync(join(folder, name)).length, 3);
    assert.deepEqual(
      readdirSync(folder).filter((name) => /ada/.test(name)),
      [],
    );
  });

  it("a file that cannot be written is named, with the reason and what to do", async () => {
    writeFileSync(join(folder, "taken"), "");
    await assert.rejects(
      writeReports(join(folder, "taken"), sampleReport(), run, all),
      /taken cannot be written: there is a file of that name, .*--out/,
    );
  });
});

describe("replaceFile(file, text)", () => {
  it("leaves the old file whole, and no draft, where only a part of the new one finds room", () => {
    const folder = mkdtempSync(join(tmpdir(), "convbook-"));
    const file = join(folder, "grades.json");
    writeFileSync(file, "old");
    const module = JSON.stringify(inProject("dist", "project", "replaceFile.js"));
    const write =
      `require(${module}).replaceFile(${JSON.stringify(file)}, "x".repeat(1e6))` +
      ".catch((error) => console.log(error.message))";
    // No file may have more than 16 blocks.
    const limited = ["-c", 'ulimit -f 16 && exec "$@"', "sh", process.execPath, "-e", write];
    const { stdout, stderr } = spawnSync("sh", limited, { encoding: "utf8" });
    assert.match(stdout, /grades\.json cannot be written: the file would be larger/, stderr);
    assert.deepEqual(readdirSync(folder), ["grades.json"]);
    assert.equal(readFileSync(file, "utf8"), "old");
    rmSync(folder, { recursive: true });
  });
});

describe("formatNames", () => {
  it('formatNames(["csv,html", "csv"]) takes lists apart, and each once', () => {
    assert.deepEqual(formatNames(["csv,html", "csv"]), ["csv", "html"]);
  });

  it('formatNames(["csv", "submissions"]) says that notebooks come first', () => {
    assert.throws(
      () => formatNames(["csv", "submissions"]),
      /no format "submissions"\. Formats: json, csv, .*Notebooks come before --format/,
    );
  });
});
