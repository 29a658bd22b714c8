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

/** The numbers of a WebAssembly binary's sections: each is a byte, its length (LEB128), and as many bytes. */
function sectionsOf(binary: Uint8Array): number[] {
  const sections: number[] = [];
  for (let at = 8; at < binary.length;) {
    sections.push(binary[at++]);
    let length = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      length |= (binary[at] & 127) << shift;
      more = binary[at++] > 127;
    }
    at += length;
  }
  return sections;
}

describe("jobFields", () => {
  it("the kernels bring no data, which every thread that starts would write to the memory of all", () => {
    for (const name of ["kernels.wasm", "kernels.relaxed.wasm"])
      assert.ok(!sectionsOf(readFileSync(join(root, "dist/engine", name))).includes(11), name);
  });

  it("floatFields are those that the assembly declares as f32", () => {
    const { floatFields } = require(join(root, "dist/engine/jobs.js")) as {
      floatFields: ReadonlySet<string>;
    };
    const text = readFileSync(join(root, "src/engine/assembly/jobs.ts"), "utf8");
    const declared = [...text.matchAll(/^  (\w+): (\w+);/gm)];
    for (const [, field, type] of declared)
      assert.equal(floatFields.has(field), type === "f32", `${field}: ${type}`);
  });

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
      mapTile: "Mapping",
      copyTile: "Copying",
      fillTile: "Filling",
      reduceTile: "Reduction",
      softmaxTile: "AlongChannels",
      localResponseNormTile: "AlongChannels",
    };
    assert.deepEqual(Object.keys(jobFields).sort(), Object.keys(classOf).sort());
    for (const [kernel, name] of Object.entries(classOf))
      assert.deepEqual([...jobFields[kernel]], declared.get(name), kernel);
  });
});
