import assert from "node:assert/strict";
import type { Notebook } from "#dist/cli/notebooks/notebook.js";
import type { NotebookPage } from "./NotebookPage";
import { startWorkbench, type Workbench } from "./workbench";

const code = (source: string, i: number) => ({
  cell_type: "code" as const,
  id: `cell-${i}`,
  metadata: {},
  execution_count: null,
  outputs: [],
  source,
});

/** Trains for minutes, were it not for an interrupt. */
const notebook: Notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {
    kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" },
    language_info: { name: "typescript" },
  },
  cells: [
    `import { fit, layers, mnist, network, toLayersModel } from "convbook";
const { dense, flatten } = layers;
const model = toLayersModel(network("linear", [28, 28, 1], flatten(), dense({ units: 10 })));`,
    `const run = await fit(model, mnist().train, { epochs: 1000, batchSize: 16 });`,
    `console.log("interrupted:", run.interrupted);`,
  ].map(code),
};

describe("training in the browser", function () {
  this.timeout(300_000);

  let workbench: Workbench | undefined;
  let lesson: NotebookPage;

  before(async function () {
    workbench = await startWorkbench({ training: notebook });
    if (workbench) lesson = await workbench.open("training");
    else this.skip();
  });
  after(() => workbench?.stop());

  it("draws the curve anew in place, stops when the kernel is interrupted, and goes on with the next cell", async () => {
    const choose = async (menu: string, command: string): Promise<void> => {
      await lesson.page.locator(".lm-MenuBar-itemLabel", { hasText: menu }).click();
      await lesson.page.locator(`.lm-Menu-item[data-command="${command}"]`).click();
    };
    await choose("Run", "runmenu:run-all");
    const curves = lesson.page.locator(".jp-OutputArea-output img");
    const first = await curves.first().getAttribute("src");
    while ((await curves.first().getAttribute("src")) === first)
      await lesson.page.waitForTimeout(100);
    assert.equal(await curves.count(), 1);
    await choose("Kernel", "kernelmenu:interrupt");
    await lesson.page.locator(".jp-OutputArea-output", { hasText: "interrupted: true" }).waitFor();
    const last = decodeURIComponent((await curves.first().getAttribute("src")) ?? "");
    assert.match(last, /interrupted; the model keeps the weights that it has/);
    assert.deepEqual(await lesson.complaints(), []);
  });
});
