import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { inProject, python } from "#dist/project/index.js";

/** Loads the configuration as Jupyter does, and saves a notebook's content by its hook. */
const PROGRAM = `
import json, sys
from traitlets.config.loader import PyFileConfigLoader
c = PyFileConfigLoader("jupyter_server_config.py", path=sys.argv[1]).load_config()
model = json.load(sys.stdin)
c.ContentsManager.pre_save_hook(model=model, path="a.ipynb", contents_manager=None)
print(json.dumps({"model": model, "custom": c.ServerApp.tornado_settings["static_custom_path"]}))
`;

interface Saved {
  model: { content?: { cells: { outputs?: { data?: Record<string, unknown> }[] }[] } };
  custom: string[];
}

function save(model: object): Saved {
  const { status, stdout, stderr } = spawnSync(
    python,
    ["-c", PROGRAM, inProject("environment", "jupyter")],
    { input: JSON.stringify(model), encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Saved;
}

describe("jupyter_server_config.py", function () {
  this.timeout(60_000);

  it("saves plots without the picture of one width, and leaves all other pictures", () => {
    const plot = { "application/vnd.plotly.v1+json": {}, "image/png": "a", "text/plain": "b" };
    const drawing = { "image/svg+xml": "<svg/>", "image/png": "a" };
    const cells = [
      { cell_type: "markdown", source: "text" },
      { cell_type: "code", outputs: [{ data: plot }, { data: drawing }, { name: "stdout" }] },
    ];
    const { model } = save({ type: "notebook", content: { cells } });
    assert.deepEqual(model.content?.cells[1].outputs, [
      { data: { "application/vnd.plotly.v1+json": {}, "text/plain": "b" } },
      { data: drawing },
      { name: "stdout" },
    ]);
  });

  it("saves files that are no notebooks as they are", () => {
    const file = { type: "file", format: "text", content: "image/png" };
    assert.deepEqual(save(file).model, file);
  });

  it("has the style sheet where it says", () => {
    const [folder] = save({ type: "file" }).custom;
    assert(existsSync(join(folder, "custom.css")), folder);
  });
});
