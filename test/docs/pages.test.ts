import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import * as convbook from "convbook";
import * as authoring from "convbook/authoring";
import * as grading from "convbook/grading";
import { inProject } from "#dist/project/index.js";
import { notebookText } from "../grading/class/notebookText";
import { runExample } from "./runExample";

const doors: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  convbook,
  "convbook/authoring": authoring,
  "convbook/grading": grading,
};
const IMPORT = /^import \{([^}]*)\} from "([\w/]+)";\n/gm;

/** The files that the pages speak of. */
function prepare(folder: string): void {
  const model = inProject("test", "models", "fixtures", "resnet18.traced.onnx");
  fs.copyFileSync(model, path.join(folder, "model.onnx"));
  const answer = authoring.solutionListing(
    authoring.exerciseById("pages.test", "05.globalAverage"),
  );
  const cells = ['import { Tensor, zeros, fromFunction } from "convbook";', answer];
  fs.mkdirSync(path.join(folder, "submissions", "ada"), { recursive: true });
  fs.writeFileSync(
    path.join(folder, "submissions", "ada", "05-pooling.ipynb"),
    notebookText(cells),
  );
}

for (const name of ["models.md", "operations.md", "weights.md", "programs.md"])
  describe(`docs/${name}`, function () {
    this.timeout(120_000);

    const text = fs.readFileSync(inProject("docs", name), "utf8");
    const started = process.cwd();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "convbook-pages-"));
    before(() => {
      prepare(folder);
      process.chdir(folder);
    });
    after(() => {
      process.chdir(started);
      fs.rmSync(folder, { recursive: true });
    });

    for (const [, title, block] of examplesOf(text))
      it(`${title}: the example does what it says`, () => {
        const names: Record<string, unknown> = {};
        for (const [, imported, door] of block.matchAll(IMPORT))
          for (const one of imported.split(",").map((word) => word.trim())) {
            if (one === "") continue;
            assert.ok(one in (doors[door] ?? {}), `${door} has no ${one}`);
            assert.match(block.replace(IMPORT, ""), new RegExp(`\\b${one}\\b`), "is not used");
            names[one] = doors[door][one];
          }
        return runExample(block.replace(IMPORT, ""), names);
      });

    it("is linked from README, and links to files that there are", () => {
      const readme = fs.readFileSync(inProject("README.md"), "utf8");
      assert.ok(readme.includes(`(docs/${name})`), `README does not link docs/${name}`);
      for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
        assert.ok(fs.existsSync(inProject("docs", target)), target);
    });
  });

describe("docs/operations.md, its table", () => {
  const text = fs.readFileSync(inProject("docs", "operations.md"), "utf8");

  it("has each operation that has a backward pass, with it, in the library's own parameters", () => {
    const rows = [...text.matchAll(/^\| `(\w+)\((.*?)\)` +\| `(\w+)\((.*?)\)` +\|/gm)].map(
      ([, ...cells]) => cells,
    );
    const passes = Object.keys(convbook).filter(
      (name) => name.endsWith("Backward") && name.replace("Backward", "") in convbook,
    );
    assert.deepEqual(
      rows.map(([, , backward]) => backward).sort(),
      passes.sort(),
      "docs/operations.md is to have a row for each operation with a backward pass, and for no other",
    );
    for (const [forward, takes, backward, takesBack] of rows) {
      assert.equal(backward, `${forward}Backward`);
      assert.equal(takes, parametersOf(forward), forward);
      assert.equal(takesBack, parametersOf(backward), backward);
    }
  });
});

/** The blocks of a page, each with the heading that it stands under. */
function examplesOf(text: string): [string, string, string][] {
  const examples: [string, string, string][] = [];
  let title = "";
  for (const match of text.matchAll(/^#+ (.*)$|^```ts\n([\s\S]*?)^```/gm)) {
    if (match[1] !== undefined) title = match[1];
    else examples.push([match[0], `${title}, ${examples.length + 1}`, match[2]]);
  }
  return examples;
}

function parametersOf(name: string): string {
  const text = String((convbook as Record<string, unknown>)[name]);
  const [, list] = /^function \w+\(([^)]*)\)/.exec(text) ?? [];
  assert.ok(list !== undefined, name);
  return list.replaceAll(/ = (\{\}|[\d.]+)/g, "");
}
