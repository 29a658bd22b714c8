import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { exerciseById, solutionListing } from "convbook/authoring";
import { inProject } from "#dist/project/index.js";
import { notebookText } from "../grading/class/notebookText";
import { makeZip } from "../grading/hostile/makeZip";

describe("convbook grade", function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
    const solved = notebookText([solutionListing(exerciseById("test", "02.reflectIndex"))]);
    writeFileSync(join(folder, "ada_02-padding.ipynb"), solved);
    writeFileSync(join(folder, "bob_02-padding.ipynb"), "{");
    writeFileSync(join(folder, "homework.ipynb"), solved);
    mkdirSync(join(folder, "empty"));
    writeFileSync(join(folder, "empty", "class.7z"), "");
    writeFileSync(join(folder, "empty", "class.txt"), "");
    mkdirSync(join(folder, ".zips"));
    writeFileSync(join(folder, ".zips", "class.zip"), "PK");
  });
  after(() => rmSync(folder, { recursive: true }));

  const grade = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const program = [inProject("bin", "convbook.js"), "grade", ...args];
      execFile(process.execPath, program, { cwd: folder }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
      );
    });

  it("grade notebook prints a report and exits 0, whatever the marks", async () => {
    const { code, stdout, stderr } = await grade("ada_02-padding.ipynb");
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /ada · 02-padding · .*: 3 of \d+ points/);
    assert.match(stdout, /✓ 02.reflectIndex/);
    assert.match(stdout, /Each answer ran in a process of its own/);
  });

  it("grade class.zip grades what a platform gave, as it is, and says which it was", async () => {
    const solved = readFileSync(join(folder, "ada_02-padding.ipynb"));
    const zip = await makeZip(
      ["Ada Lovelace_12", "Ben Roy_13"].map((student) => ({
        name: `${student}_assignsubmission_file/final.ipynb`,
        text: solved,
      })),
    );
    writeFileSync(join(folder, ".zips", "moodle.zip"), zip);
    const out = join(".zips", "marks");
    const { code, stdout } = await grade(".zips/moodle.zip", "--out", out, "--students");
    assert.equal(code, 0);
    assert.match(stdout, /Ada Lovelace_12 · 02-padding · Ada .*final\.ipynb: 3 of \d+ points/);
    assert.match(stdout, /Whose they are: Moodle's names, in .*moodle\.zip\./);
    assert(existsSync(join(folder, out, "feedback.zip")));
  });

  it("grade . --out folder --format csv html writes them, the JSON, and when it was", async () => {
    const { code, stdout } = await grade(".", "--out", "out", "--format", "csv,html", "junit");
    assert.equal(code, 0);
    for (const file of ["grades.json", "grades.csv", "grades.html", "junit.xml", "run.json"])
      assert(existsSync(join(folder, "out", file)), file);
    assert.match(stdout, /2 graded, 0 kept from before/);
    const { submissions } = JSON.parse(readFileSync(join(folder, "out", "grades.json"), "utf8"));
    assert.deepEqual(
      submissions.map(({ outcome }: { outcome: string }) => outcome),
      ["graded", "unreadable", "graded"],
    );
  });

  it("grade . --format gradescope github-classroom writes a file for each student", async () => {
    writeFileSync(join(folder, "cid_02-padding.ipynb"), notebookText([]));
    const formats = ["--format", "gradescope", "github-classroom"];
    const { code, stdout } = await grade(".", "--out", "each", ...formats);
    assert.equal(code, 0);
    for (const student of ["ada", "bob", "cid"]) {
      assert(existsSync(join(folder, "each", "gradescope", student, "results.json")));
      const file = join("github-classroom", student, "github-classroom.json");
      assert(existsSync(join(folder, "each", file)));
    }
    assert.match(stdout, /Written: each\/grades\.json, each\/gradescope, each\/github-classroom$/m);
    rmSync(join(folder, "cid_02-padding.ipynb"));
  });

  for (const [signal, status] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)
    it(`grade folder --out out, ended by ${signal}, says what is kept, and goes on from there`, async () => {
      const endless = "function reflectIndex(i: number, n: number): number { for (;;) i++; }";
      const unending = join(folder, "endless");
      mkdirSync(unending);
      for (const student of ["dora", "eve", "fay"])
        writeFileSync(join(unending, `${student}_02-padding.ipynb`), notebookText([endless]));
      const words = [
        inProject("bin", "convbook.js"),
        "grade",
        unending,
        "--out",
        join(folder, `stopped-${signal}`),
      ];
      const child = spawn(process.execPath, [...words, "--jobs", "1"]);
      let printed = "";
      child.stdout.on("data", (bytes: Buffer) => (printed += bytes.toString()));
      child.stderr.on("data", (bytes: Buffer) => (printed += bytes.toString()));
      const results = join(folder, `stopped-${signal}`, "results");
      while (!existsSync(results)) await sleep(20);
      child.kill(signal);
      const [code] = (await once(child, "close")) as [number];
      assert.equal(code, status);
      assert.match(
        printed,
        /^convbook: stopped; what is graded is kept in .*stopped-SIG\w+, and the same command goes/,
      );
      assert(!existsSync(join(folder, `stopped-${signal}`, "grades.json")));
      rmSync(unending, { recursive: true });
    });

  it("grade notebook --format json prints the report and nothing else", async () => {
    const { stdout } = await grade("homework.ipynb", "--lesson", "02", "--format", "json");
    const report = JSON.parse(stdout) as { schema: string; lessons: { name: string }[] };
    assert.deepEqual([report.schema, report.lessons[0].name], ["convbook-grades/1", "02-padding"]);
  });

  const refused: [string[], RegExp][] = [
    [["gone.ipynb"], /^convbook: There is no notebook gone\.ipynb\.$/],
    [
      [".", "--format", "gradescope"],
      /^convbook: gradescope has a file for each of the 3 students/,
    ],
    [
      ["homework.ipynb", "--lesson", "99"],
      /^convbook: --lesson must be the number or name of a lesson/,
    ],
    [
      ["--format", "csv", "."],
      /^convbook: There is no format "\."\. .* Notebooks come before --format/,
    ],
    [[".zips/class.zip"], /^convbook: \.zips\/class\.zip: This zip cannot be read: .*[^.]\.$/],
    [
      ["empty"],
      /^convbook: There is no notebook \(\.ipynb\) in empty or its folders\. .*class\.7z is an archive/,
    ],
    [
      [".", "--out", "empty/class.txt"],
      /^convbook: empty\/class\.txt.* cannot be written: .* is a file/,
    ],
    [[".", "--format", "csv", "html"], /^convbook: Several formats need a folder to go into/],
  ];
  for (const [args, message] of refused)
    it(`grade ${args.join(" ")} fails with a line`, async () => {
      const { code, stdout, stderr } = await grade(...args);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr.trim(), message);
      assert.equal(stderr.trim().split("\n").length, 1);
    });
});
