import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Notebook, readNotebook, writeNotebook } from "#dist/cli/notebooks/notebook.js";
import { python } from "#dist/project/index.js";
import { code, markdown, notebook } from "./cells";

describe("writeNotebook", function () {
  this.timeout(60_000); // Python starts slowly on a busy machine

  let folder: string;
  let file: string;
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "convbook-notebooks-"));
    file = path.join(folder, "90-sample.ipynb");
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  const sample: Notebook = notebook(
    markdown("# Größe\n\nof $x$"),
    {
      ...code("const x = 1;\nx\n"),
      execution_count: 1,
      outputs: [
        { output_type: "stream", name: "stdout", text: "1\n2\n" },
        {
          output_type: "display_data",
          metadata: {},
          data: {
            "text/html": "<b>\n</b>",
            "image/svg+xml": "<svg>\n</svg>",
            "image/png": "aGFsbG8=",
            "application/vnd.plotly.v1+json": { layout: {}, data: [{ y: [1, 2.5, -3] }] },
          },
        },
      ],
    },
    code(""),
  );

  it("readNotebook(file) gives back what writeNotebook(file, notebook) was given", () => {
    writeNotebook(file, sample);
    assert.deepEqual(readNotebook(file), sample);
  });

  it("writeNotebook(file, notebook) leaves no other file behind", () => {
    writeNotebook(file, sample);
    assert.deepEqual(fs.readdirSync(folder), ["90-sample.ipynb"]);
  });

  it("writeNotebook(file, notebook) lays the file out as Jupyter does", () => {
    writeNotebook(file, sample);
    const saveAgain = `
import nbformat, sys
notebook = nbformat.read(sys.argv[1], as_version=4)
nbformat.validate(notebook)
nbformat.write(notebook, sys.argv[2])`;
    const saved = path.join(folder, "saved.ipynb");
    const { status, stderr } = spawnSync(python, ["-c", saveAgain, file, saved]);
    assert.equal(status, 0, String(stderr));
    assert.equal(fs.readFileSync(file, "utf8"), fs.readFileSync(saved, "utf8"));
  });
});
