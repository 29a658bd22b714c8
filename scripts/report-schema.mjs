#!/usr/bin/env node
/**
 * Writes the JSON Schema of the grader's report from its type and the comments in it. With --check it only
 * says whether the file is up to date.
 *
 *     node scripts/report-schema.mjs [--check]
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createGenerator } from "ts-json-schema-generator";

const folder = new URL("../src/grading/report/", import.meta.url);
const file = new URL("GradeReport.schema.json", folder);
const generator = createGenerator({
  path: fileURLToPath(new URL("GradeReport.ts", folder)),
  tsconfig: fileURLToPath(new URL("../src/tsconfig.json", import.meta.url)),
  type: "GradeReport",
  skipTypeCheck: true, // the build has done it
});
const schema = `${JSON.stringify(generator.createSchema("GradeReport"), undefined, 2)}\n`;

if (!process.argv.includes("--check")) writeFileSync(file, schema);
else if (readFileSync(file, "utf8") !== schema) {
  console.error("GradeReport.schema.json is older than GradeReport.ts: npm run report-schema");
  process.exitCode = 1;
}
