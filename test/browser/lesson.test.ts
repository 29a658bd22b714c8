import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { exerciseById, solutionListing } from "convbook";
import { findChromium, launchChromium } from "convbook/dist/cli/notebooks/chromium";
import { type JupyterLab, startJupyterLab } from "convbook/dist/cli/notebooks/jupyterLab";
import { findLessons } from "convbook/dist/cli/notebooks/lessons";
import { isExecutable, type Notebook, writeNotebook } from "convbook/dist/cli/notebooks/notebook";
import { readLessons } from "convbook/dist/cli/notebooks/read";
import { inProject } from "convbook/dist/installation";
import type { Browser } from "playwright-core";
import { NotebookPage } from "./NotebookPage";

const FILE = "90-sample.ipynb";

/** A lesson in the real JupyterLab, worked through as a learner does. The tests build on each other. */
describe("a lesson in the browser", function () {
  this.timeout(180_000);
  this.bail(true);

  let folder: string | undefined;
  let jupyterLab: JupyterLab | undefined;
  let browser: Browser | undefined;
  let lesson: NotebookPage;
  let notebook: Notebook;

  before(async function () {
    const chromium = findChromium();
    if (!chromium) {
      console.log("    No Chromium on this machine: the tests in the browser are left out.");
      return this.skip();
    }
    const exercises = [exerciseById("test", "02.zeroPad")];
    const [expanded] = await readLessons(
      findLessons(inProject("test", "fixtures", "lessons")),
      () => exercises,
    );
    notebook = expanded.notebook;
    // Inside the checkout, so that the notebook finds the package.
    folder = fs.mkdtempSync(inProject("build", "browser-test-"));
    writeNotebook(path.join(folder, FILE), notebook);
    jupyterLab = await startJupyterLab(folder, {
      "@jupyterlab/notebook-extension:tracker": { windowingMode: "none" },
    });
    browser = await launchChromium(chromium);
    lesson = new NotebookPage(await browser.newPage({ viewport: { width: 1280, height: 900 } }));
    await lesson.open(jupyterLab.address(FILE, "lab"), notebook.cells.length);
  });

  after(async () => {
    await browser?.close();
    await jupyterLab?.stop();
    if (folder) fs.rmSync(folder, { recursive: true });
  });

  const place = (role: "answer" | "check"): number =>
    notebook.cells.findIndex(({ metadata }) => metadata.convbook?.role === role);
  const check = async (answer: string): Promise<string> => {
    await lesson.answer(place("answer"), answer);
    await lesson.run(place("check"));
    return lesson.output(place("check")).innerText();
  };

  it("runs all cells without an error", async () => {
    await lesson.runAll();
    const codeCells = notebook.cells.filter(isExecutable);
    assert.deepEqual(
      await lesson.prompts(),
      codeCells.map((_, i) => `[${i + 1}]:`),
    );
    assert.deepEqual(await lesson.complaints(), []);
  });

  it("draws the figures", async () => {
    const figure = lesson.page.locator(".js-plotly-plot");
    assert.equal(await figure.count(), 1);
    await figure.locator(".heatmaplayer image").waitFor();
  });

  it("moves the window, and shows the sum of products at its new place", async () => {
    const animation = lesson.page.locator(".convbook-window");
    const shown = async (): Promise<string> =>
      (await animation.locator(".sum").allTextContents()).join(" ").replace(/\s+/g, "");
    assert.equal(await shown(), "1·1+2·0+4·0+5·1=6");
    await animation.getByRole("slider").focus();
    await lesson.page.keyboard.press("ArrowRight");
    assert.equal(await shown(), "2·1+3·0+5·0+6·1=8");
    await lesson.page.keyboard.press("End");
    assert.equal(await shown(), "5·1+6·0+8·0+9·1=14");
  });

  it("calls an exercise that nobody has touched not attempted", async () => {
    assert.match(await lesson.output(place("check")).innerText(), /○ Not attempted yet/);
  });

  it("tells a wrong answer what is wrong with it", async () => {
    const verdict = await check(
      "function zeroPad(x: Tensor, pad: number): Tensor {\n  return x;\n}",
    );
    assert.match(verdict, /✗ Not yet · \d of \d points · 02\.zeroPad/);
  });

  it("lets the right answer pass", async () => {
    const verdict = await check(solutionListing(exerciseById("test", "02.zeroPad")));
    assert.match(verdict, /✓ Passed · 3 of 3 points · 02\.zeroPad/);
  });
});
