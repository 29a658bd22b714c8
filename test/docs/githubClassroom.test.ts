import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import Ajv from "ajv";
import { exerciseById, solutionListing } from "convbook/authoring";
import { inProject } from "#dist/project/index.js";
import { parse } from "yaml";
import { notebookText } from "../grading/class/notebookText";

interface Step {
  id?: string;
  name?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}
interface Job {
  env: Record<string, string>;
  steps: Step[];
}

const file = inProject("docs", "examples", "github-classroom.yml");
const schema = inProject("test", "fixtures", "reports", "github-classroom-result.schema.json");

describe("docs/examples/github-classroom.yml", function () {
  this.timeout(60_000);

  const workflow = parse(fs.readFileSync(file, "utf8"), { strict: true }) as {
    on: string[];
    permissions: Record<string, string>;
    jobs: Record<string, Job>;
  };
  const job = workflow.jobs["run-autograding-tests"];
  const grade = job.steps.find(({ id }) => id === "convbook");
  const reporter = job.steps.at(-1)!;

  it("runs on each push, and may do no more than report", () => {
    assert(workflow.on.includes("push"));
    assert.deepEqual(workflow.permissions, { checks: "write", actions: "read", contents: "read" });
  });

  it("hands the result of the step that grades to the reporter, under the name that it looks for", () => {
    const runner = String(reporter.with?.runners);
    assert.match(reporter.uses ?? "", /autograding-grading-reporter@v1$/);
    assert.deepEqual(reporter.env, {
      [`${runner.toUpperCase()}_RESULTS`]: `\${{ steps.${grade?.id}.outputs.result }}`,
    });
  });

  it("has a step that grades, whose commands give what the reporter takes", () => {
    const workspace = fs.mkdtempSync(path.join(os.tmpdir(), "convbook-classroom-"));
    try {
      fs.symlinkSync(inProject(), path.join(workspace, "convbook"));
      fs.mkdirSync(path.join(workspace, "submission"));
      const solution = solutionListing(exerciseById("test", "05.globalAverage"));
      const library = 'import { Tensor, zeros, fromFunction } from "convbook";';
      fs.writeFileSync(
        path.join(workspace, "submission", job.env.NOTEBOOK),
        notebookText([library, solution]),
      );
      const output = path.join(workspace, "output");
      // As GitHub runs a step with `shell: bash`.
      const { status, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", grade!.run!], {
        cwd: workspace,
        env: { ...process.env, ...job.env, GITHUB_OUTPUT: output },
        encoding: "utf8",
      });
      assert.equal(status, 0, stderr);
      const [, encoded] = /^result=([\w+/=]+)\n$/.exec(fs.readFileSync(output, "utf8")) ?? [];
      const result = JSON.parse(Buffer.from(encoded, "base64").toString("utf8")) as {
        status: string;
        max_score: number;
        tests: { score: number }[];
      };
      assert(new Ajv({ allowUnionTypes: true }).compile(readJson(schema))(result));
      const { points } = exerciseById("test", "05.globalAverage");
      assert.equal(result.status, "fail");
      assert.equal(
        result.tests.reduce((sum, { score }) => sum + score, 0),
        points,
      );
    } finally {
      fs.rmSync(workspace, { recursive: true });
    }
  });
});

function readJson(file: string): object {
  return JSON.parse(fs.readFileSync(file, "utf8")) as object;
}
