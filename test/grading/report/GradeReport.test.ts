import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { inProject } from "#dist/project/index.js";
import { sampleReport } from "./sampleReport";

const schemaFile = inProject("src", "grading", "report", "GradeReport.schema.json");
const conforms = new Ajv().compile(JSON.parse(readFileSync(schemaFile, "utf8")) as object);

describe("GradeReport.schema.json", () => {
  it("is what the type says, npm run report-schema", () => {
    execFileSync(process.execPath, [inProject("scripts", "report-schema.mjs"), "--check"]);
  });

  it("takes a report", () => {
    assert(conforms(sampleReport()), JSON.stringify(conforms.errors));
  });

  it("takes no report of another version, without a mark, or with a verdict of its own", () => {
    const [first, ...others] = sampleReport().submissions;
    const { final: _, ...unmarked } = first;
    assert(!conforms({ ...sampleReport(), schema: "convbook-grades/0" }));
    assert(!conforms({ ...sampleReport(), submissions: [unmarked, ...others] }));
    const [exercise] = first.exercises;
    const praised = { ...first, exercises: [{ ...exercise, verdict: "excellent" }] };
    assert(!conforms({ ...sampleReport(), submissions: [praised] }));
  });
});
