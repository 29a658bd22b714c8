import assert from "node:assert/strict";
import type { Notebook } from "#dist/cli/notebooks/notebook.js";
import { registerKernel } from "#dist/installation/index.js";
import type { NotebookPage } from "./NotebookPage";
import { savePicture } from "./savePicture";
import { startWorkbench, type Workbench } from "./workbench";

/** A flood, a loop without end, one behind an await, and errors of every kind: as a learner sees them. */
const CELLS = {
  flood:
    'import { conv2d, zeros } from "convbook";\nfor (let i = 0; i < 100_000; i++) console.log("line " + i);\nlet kept = 41;',
  loop: "while (true) kept += 0;",
  afterAwait: "await new Promise((resume) => setTimeout(resume, 50));\nwhile (true) kept += 0;",
  after: "kept + 1",
  types: "const picture = zeros([1, 4, 4, 1]);\npicture[0]",
  argument: "conv2d(zeros([1, 4, 4, 3]), zeros([3, 3, 1, 1]))",
  thrown: 'function half(x: number) {\n  throw new Error("odd");\n}\nhalf(3)',
  brace: "function f(n: number) {\n  for (let i = 0; i < n; i++) {\n    kept++;\n}\nf(3)",
};
type Name = keyof typeof CELLS;

describe("the kernel in the browser", function () {
  this.timeout(300_000);

  let workbench: Workbench | undefined;
  let page: NotebookPage;

  before(async function () {
    registerKernel();
    const cells = Object.entries(CELLS).map(([id, source]) => ({
      cell_type: "code",
      id,
      source,
      metadata: {},
      outputs: [],
      execution_count: null,
    }));
    const kernelspec = { name: "convbook", display_name: "TypeScript", language: "typescript" };
    const metadata = { kernelspec };
    workbench = await startWorkbench({
      kernel: { cells, metadata, nbformat: 4, nbformat_minor: 5 } as unknown as Notebook,
    });
    if (workbench) {
      page = await workbench.open("kernel");
      return;
    }
    console.log("    No Chromium was found (CHROMIUM_PATH names one): these tests are left out.");
    this.skip();
  });
  after(() => workbench?.stop());

  const cellOf = (name: Name) =>
    page.page.locator(".jp-Notebook .jp-Cell").nth(Object.keys(CELLS).indexOf(name));
  const shown = (name: Name) => cellOf(name).locator(".jp-OutputArea").innerText();

  it("shows 100,000 lines, the last one too, and is idle again", async () => {
    await page.runCell(cellOf("flood"));
    const text = await shown("flood");
    assert.match(text, /^line 0\nline 1\n/);
    assert.match(text, /line 99999\s*$/);
    await page.page.locator("#jp-main-statusbar", { hasText: "| Idle" }).waitFor();
  });

  for (const name of ["loop", "afterAwait"] as const)
    it(`the stop button ends a loop (${name}), and the variables live on`, async () => {
      await page.startCell(cellOf(name));
      await page.page.waitForTimeout(1500);
      await page.page.locator('[data-command="notebook:interrupt-kernel"]').first().click();
      await cellOf(name).locator(".jp-OutputArea", { hasText: "was stopped" }).waitFor();
      await page.runCell(cellOf("after"));
      assert.match(await shown("after"), /\b42\b/);
    });

  it("shows errors with the learner's line, and no frame of ours", async () => {
    for (const name of ["types", "argument", "thrown", "brace"] as const)
      await page.runCell(cellOf(name));
    assert.match(await shown("types"), /picture\[0\][^]*x\.get\(i, j\)/);
    assert.match(
      await shown("thrown"),
      /Error: odd[^]*line 2, in half[^]*called from cell \d+, line 4/,
    );
    assert.match(await shown("brace"), /line 2: The \{ opened here is not closed/);
    for (const name of ["types", "argument", "thrown", "brace"] as const)
      assert.doesNotMatch(await shown(name), /node_modules|dist\/|evalmachine/);
    await savePicture("kernel-errors", () =>
      page.pictureFrom(page.page.locator(".jp-OutputArea", { hasText: "x.get(i, j)" })),
    );
  });
});
