import assert from "node:assert/strict";
import { findLessons, selectLessons } from "#dist/cli/notebooks/lessons.js";
import { type Notebook, readNotebook } from "#dist/cli/notebooks/notebook.js";
import type { NotebookPage } from "./NotebookPage";
import { savePicture } from "./savePicture";
import { startWorkbench, type Workbench } from "./workbench";

const LESSON = "05-pooling"; // photographs, drawings and plotly figures

/** The repository's notebook as a newcomer opens it: JupyterLab trusts nothing that it has not run itself. */
describe("a notebook that is not trusted, in the browser", function () {
  this.timeout(180_000);

  let workbench: Workbench | undefined;
  let notebook: Notebook;
  let page: NotebookPage;

  before(async function () {
    [notebook] = selectLessons(findLessons(), [LESSON]).map((lesson) =>
      readNotebook(lesson.notebook),
    );
    workbench = await startWorkbench({ [LESSON]: notebook });
    if (workbench) {
      page = await workbench.open(LESSON);
      return;
    }
    console.log("    No Chromium was found (CHROMIUM_PATH names one): these tests are left out.");
    this.skip();
  });
  after(() => workbench?.stop());

  it("shows a picture for every drawing and every figure, as large as they are", async () => {
    const sizes = notebook.cells.flatMap(({ outputs = [] }) =>
      outputs.flatMap((output) => {
        if (!("data" in output)) return [];
        const { "image/svg+xml": svg, "application/vnd.plotly.v1+json": figure } = output.data;
        if (!svg && !figure) return [];
        const { "image/png": size } = output.metadata as { "image/png"?: { width: number } };
        return [size?.width];
      }),
    );
    assert.ok(sizes.length > 5);
    const images = await page.page.locator(".jp-RenderedImage img, .jp-RenderedPlotly img").all();
    assert.equal(images.length, sizes.length);
    for (const [i, image] of images.entries()) {
      const shown = await image.evaluate(
        (element: unknown) =>
          new Promise<{ source: string; pixels: number; width: number; column: number }>((done) => {
            const img = element as {
              src: string;
              naturalWidth: number;
              clientWidth: number;
              parentElement: { clientWidth: number };
              decode(): Promise<void>;
            };
            void img.decode().then(() =>
              done({
                source: img.src.slice(0, 14),
                pixels: img.naturalWidth,
                width: img.clientWidth,
                column: img.parentElement.clientWidth,
              }),
            );
          }),
      );
      assert.equal(shown.source, "data:image/png");
      assert.ok(shown.pixels >= sizes[i]!, `picture ${i} has ${shown.pixels} pixels`);
      assert.ok(
        Math.abs(shown.width - Math.min(sizes[i]!, shown.column)) <= 1,
        `picture ${i} is ${shown.width} wide in a column of ${shown.column}, not ${sizes[i]}`,
      );
    }
    await savePicture("untrusted", () => page.pictureFrom(page.page.locator(".jp-RenderedImage")));
  });
});
