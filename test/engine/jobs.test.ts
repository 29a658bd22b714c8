import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";

const root = resolve(__dirname, "../../..");

/** The fields of each class in assembly/jobs.ts, those of the class it extends first. */
function fieldsByClass(): Map<string, string[]> {
  const text = readFileSync(join(root, "src/engine/assembly/jobs.ts"), "utf8");
  const source = ts.createSourceFile("jobs.ts", text, ts.ScriptTarget.ES2022, true);
  const fields = new Map<string, string[]>();
  for (const statement of source.statements.filter(ts.isClassDeclaration)) {
    const parent = statement.heritageClauses?.[0].types[0].getText();
    const own = statement.members.map((member) => member.name!.getText());
    fields.set(statement.name!.text, [...(parent ? fields.get(parent)! : []), ...own]);
  }
  return fields;
}

describe("jobFields", () => {
  it("names the fields of each job in the order in which the assembly declares them", () => {
    const { jobFields } = require(join(root, "dist/engine/jobs.js")) as {
      jobFields: Record<string, readonly string[]>;
    };
    const declared = fieldsByClass();
    const classOf: Record<string, string> = {
      convolveTile: "Convolution",
      filterGradientTile: "FilterGradient",
      depthwiseTile: "Depthwise",
      depthwiseFilterGradientTile: "DepthwiseFilterGradient",
      poolTile: "Pooling",
      poolGradientTile: "Pooling",
      foldTile: "Folding",
      packPanel: "Packing",
      transformFilterPanel: "Packing",
      winogradTile: "Winograd",
    };
    assert.deepEqual(Object.keys(jobFields).sort(), Object.keys(classOf).sort());
    for (const [kernel, name] of Object.entries(classOf))
      assert.deepEqual([...jobFields[kernel]], declared.get(name), kernel);
  });
});
