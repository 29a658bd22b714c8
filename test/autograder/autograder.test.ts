import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import Ajv from "ajv";
import { exerciseById, solutionListing } from "convbook/authoring";
import { inProject } from "#dist/project/index.js";
import { notebookText } from "../grading/class/notebookText";

const schema = inProject("test", "fixtures", "reports", "gradescope-results.schema.json");
const conforms = new Ajv({ allowUnionTypes: true }).compile(
  JSON.parse(fs.readFileSync(schema, "utf8")) as object,
);

interface Results {
  score: number;
  output: string;
  tests?: { name: string; status: string; output: string }[];
}

const LIBRARY = 'import { Tensor, yourCode } from "convbook";';
const solutionOf = (name: string): string => solutionListing(exerciseById("test", `00.${name}`));

const notebook = (...cells: string[]): string => notebookText(cells);

/** Gradescope's folders, below one of our own. */
describe("autograder/run_autograder", function () {
  this.timeout(120_000);

  let root: string;
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), "convbook-autograder-"));
    for (const folder of ["source", "submission"]) fs.mkdirSync(path.join(root, folder));
    fs.symlinkSync(inProject(), path.join(root, "source", "convbook"));
    options("--feedback", "message");
    fs.copyFileSync(inProject("autograder", "run_autograder"), path.join(root, "run_autograder"));
    const metadata = {
      id: 123456,
      created_at: "2026-11-22T10:00:00.000000-08:00",
      assignment: {
        due_date: "2026-11-20T23:00:00.000000-08:00",
        id: 25828,
        title: "Start here",
        total_points: "10.0",
      },
      submission_method: "upload",
      users: [{ email: "ada@example.org", id: 1234, name: "Ada Lovelace" }],
      previous_submissions: [],
    };
    fs.writeFileSync(path.join(root, "submission_metadata.json"), JSON.stringify(metadata));
  });
  afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

  const options = (...words: string[]): void =>
    fs.writeFileSync(path.join(root, "source", "options.txt"), `# Ours\n${words.join("\n")}\n`);
  const handIn = (name: string, text: string): void =>
    fs.writeFileSync(path.join(root, "submission", name), text);
  const run = (): { status: number | null; stderr: string } =>
    spawnSync(path.join(root, "run_autograder"), {
      cwd: root,
      env: { ...process.env, AUTOGRADER_ROOT: root },
      encoding: "utf8",
    });
  const resultsFile = (): string => path.join(root, "results", "results.json");
  const results = (): Results => {
    const { status, stderr } = run();
    assert.equal(status, 0, stderr);
    const read = JSON.parse(fs.readFileSync(resultsFile(), "utf8")) as Results;
    assert(conforms(read), JSON.stringify(conforms.errors));
    return read;
  };

  it("grades a submission, and says which tests failed", () => {
    const wrong = "function negative(image: Tensor) { return image; }";
    handIn("00-start-here.ipynb", notebook(LIBRARY, solutionOf("countValues"), wrong));
    const { score, tests } = results();
    assert.ok(score >= 3 && score < 7, `${score}`);
    assert.equal(tests?.length, 10);
    const [first] = tests!.filter(({ name }) => name.startsWith("00.negative"));
    assert.equal(first.status, "failed");
    assert.match(first.output, /expected/);
  });

  it("takes a late penalty from the date set at Gradescope", () => {
    options("--late", "10%/day");
    const all = ["countValues", "negative", "brightest"].map(solutionOf);
    handIn("my notebook.ipynb", notebook(LIBRARY, ...all, 'await check("00.negative", negative);'));
    const { score, output } = results();
    assert.equal(score, 8);
    assert.match(output, /2 days late: 2 points less/);
  });

  it("says so where --late has no due date to count from, and leaves no results", () => {
    options("--late", "10%/day");
    handIn("00-start-here.ipynb", notebook(LIBRARY));
    const metadata = {
      created_at: "2026-11-22T10:00:00Z",
      assignment: { due_date: null },
      users: [],
    };
    fs.writeFileSync(path.join(root, "submission_metadata.json"), JSON.stringify(metadata));
    const { status, stderr } = run();
    assert.notEqual(status, 0);
    assert.match(stderr, /--late needs a due date, and this assignment has none at Gradescope/);
    assert.ok(!fs.existsSync(resultsFile()));
  });

  it("counts the better of two notebooks", () => {
    handIn("00-start-here.ipynb", notebook(LIBRARY, solutionOf("countValues")));
    handIn("00-start-here-Copy1.ipynb", notebook(LIBRARY));
    assert.equal(results().score, 3);
  });

  it("gives 0 points, and the reason, where there is no notebook or it cannot be read", () => {
    assert.deepEqual(results(), {
      score: 0,
      output: "There is no notebook (.ipynb) in this submission.",
    });
    handIn("00-start-here.ipynb", "{");
    const { score, output } = results();
    assert.equal(score, 0);
    assert.match(output, /not JSON/);
  });

  it("leaves no results where the grader itself fails, not those of an earlier run either", () => {
    handIn("00-start-here.ipynb", notebook(LIBRARY));
    assert.equal(results().score, 0);
    options("--no-such-option");
    assert.notEqual(run().status, 0);
    assert.ok(!fs.existsSync(resultsFile()));
  });
});

describe("autograder/", () => {
  it("has scripts in which shellcheck finds nothing", function () {
    const scripts = ["setup.sh", "run_autograder", "pack.sh"].map((name) =>
      inProject("autograder", name),
    );
    const { error, status, stdout } = spawnSync("shellcheck", scripts, { encoding: "utf8" });
    if (error) {
      console.log("      (skipped: shellcheck is not installed)");
      this.skip();
    }
    assert.equal(status, 0, stdout);
  });

  it("pack.sh writes a zip with the scripts at its root, the course, and what else is named", function () {
    this.timeout(60_000);
    const { status: isRepository } = spawnSync("git", ["-C", inProject(), "rev-parse", "HEAD"]);
    if (isRepository !== 0) {
      console.log("      (skipped: this is no git repository, and the zip is made of a commit)");
      this.skip();
    }
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "convbook-pack-"));
    try {
      fs.mkdirSync(path.join(folder, "private-tests"));
      fs.writeFileSync(path.join(folder, "private-tests", "note.txt"), "ours");
      const zip = path.join(folder, "autograder.zip");
      const words = [zip, path.join(folder, "private-tests")];
      const packed = spawnSync(inProject("autograder", "pack.sh"), words, { encoding: "utf8" });
      assert.equal(packed.status, 0, packed.stderr);
      const listed = spawnSync("python3", ["-m", "zipfile", "-l", zip], { encoding: "utf8" });
      const names = listed.stdout.split("\n").map((line) => line.split(/\s{2,}/)[0]);
      for (const name of [
        "setup.sh",
        "run_autograder",
        "options.txt",
        "node.txt",
        "private-tests/note.txt",
        "convbook/package-lock.json",
        "convbook/bin/convbook.js",
      ])
        assert.ok(names.includes(name), `${name} is not in the zip.`);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
