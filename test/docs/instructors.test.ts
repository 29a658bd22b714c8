import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { exerciseById, solutionListing } from "convbook/authoring";
import { inProject } from "#dist/project/index.js";
import { notebookText } from "../grading/class/notebookText";

const guide = fs.readFileSync(inProject("docs", "instructors.md"), "utf8");

/** Commands of the guide that other tests run, or that set up what runs these. */
const RUN_ELSEWHERE: RegExp[] = [
  /^npm start$/, // without it no test runs
  /^npx convbook doctor$/, // test/installation/doctor
  /^python3 -m venv |\/bin\/pip install --require-hashes -r environment\/nbgrader\//, // test/nbgrader
  /^npx convbook build \d\d --nbgrader /, // test/nbgrader
  /^nbgrader (generate_assignment|release_assignment|collect|autograde|export)\b/, // test/nbgrader
  /^autograder\/pack\.sh /, // test/autograder
  /^parallel npx convbook grade .* --shard /, // test/grading/class, eight parts
  /^python .*import_marks\.py /, // test/nbgrader, with nbgrader itself
];

/** The commands in blocks of shell code, in order. */
const commands = [...guide.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block]) =>
  block.trim().split("\n"),
);

/** What the platforms export, and the page for review saves, of the two students below. */
const exported = {
  "overrides.json": JSON.stringify([
    { student: "ada", lesson: "05-pooling", exercise: "05.poolForward", comment: "Clear" },
  ]),
  "moodle.csv": [
    'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Last modified (grade)","Feedback comments"',
    '"Participant 1",ada,ada@example.org,Submitted,,100.00,Yes,-,',
    '"Participant 2",ben,ben@example.org,Submitted,,100.00,Yes,-,',
    "",
  ].join("\r\n"),
  "canvas.csv": [
    "Student,ID,SIS Login ID,Section,Homework 5 (88)",
    "    Points Possible,,,,30",
    "Ada,4711,ada,A,",
    "Ben,4712,ben,A,",
    "",
  ].join("\n"),
};

describe("docs/instructors.md", function () {
  this.timeout(300_000);

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "convbook-guide-"));
  after(() => fs.rmSync(folder, { recursive: true }));
  before(() => {
    handIn("ada", "05.globalAverage", "05.poolForward");
    handIn("ben", "05.globalAverage");
    for (const [name, text] of Object.entries(exported))
      fs.writeFileSync(path.join(folder, name), text);
    // The files that the guide shows: a name in backquotes and a colon, then a block.
    for (const [, name, text] of guide.matchAll(/^`([\w./-]+)`:\n\n```\w+\n([\s\S]*?)^```/gm)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
  });

  const handIn = (student: string, ...ids: string[]): void => {
    const solutions = ids.map((id) => solutionListing(exerciseById("test", id)));
    const library = 'import { Tensor, zeros, fromFunction } from "convbook";';
    fs.mkdirSync(path.join(folder, "submissions", student), { recursive: true });
    const file = path.join(folder, "submissions", student, "05-pooling.ipynb");
    fs.writeFileSync(file, notebookText([library, ...solutions]));
  };
  const run = (command: string): void => {
    const program = `"${process.execPath}" "${inProject("bin", "convbook.js")}"`;
    const shell = command.replace(/^npx convbook/, program);
    const { status, stdout, stderr } = spawnSync("bash", ["-c", shell], {
      cwd: folder,
      encoding: "utf8",
      // What a scheduler gives each of its jobs.
      env: { ...process.env, SLURM_ARRAY_TASK_ID: "1", JOB_COMPLETION_INDEX: "0" },
    });
    assert.equal(status, 0, `${command}\n${stdout}\n${stderr}`);
  };

  it("has no command that no test runs", () => {
    const unknown = commands.filter(
      (command) =>
        !/^(#SBATCH|npx convbook (grade|similarity)) /.test(command) &&
        !RUN_ELSEWHERE.some((pattern) => pattern.test(command)),
    );
    assert.deepEqual(unknown, []);
  });

  for (const command of commands.filter((line) => /^npx convbook (grade|similarity) /.test(line)))
    it(`${command}`, () => run(command));

  it("npx convbook grade ... --feedback feedback.json, as it is shown", () =>
    run("npx convbook grade submissions --out reports/05 --students --feedback feedback.json"));

  it("promises the files that there are", () => {
    for (const name of [
      "grades.json",
      "grades.csv",
      "grades.html",
      "review.html",
      "gradebook.csv",
      "junit.xml",
      "students/ada.html",
      "similarity-05-pooling.html",
    ])
      assert.ok(fs.existsSync(path.join(folder, "reports", "05", name)), name);
  });

  it("links to files that there are", () => {
    for (const [, target] of guide.matchAll(/\]\(([^)#]+)\)/g))
      assert.ok(fs.existsSync(inProject("docs", target)), target);
  });
});
