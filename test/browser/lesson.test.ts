import assert from "node:assert/strict";
import { exerciseById, solutionListing } from "convbook";
import { findLessons, selectLessons } from "convbook/dist/cli/notebooks/lessons";
import { isExecutable } from "convbook/dist/cli/notebooks/notebook";
import { readLessons } from "convbook/dist/cli/notebooks/read";
import { inProject } from "convbook/dist/installation";
import type { NotebookPage } from "./NotebookPage";
import { savePicture } from "./savePicture";
import { startWorkbench, type Workbench } from "./workbench";

/** The lesson that README.md shows. */
const README_LESSON = "02-padding";

/** Puts the image into a corner of the larger one. */
const WRONG_ANSWER = `function zeroPad(x: Tensor, pad: number): Tensor {
  const [m, height, width, channels] = x.shape;
  const padded = zeros([m, height + 2 * pad, width + 2 * pad, channels]);
  for (let i = 0; i < m; i++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        for (let c = 0; c < channels; c++)
          padded.set(x.get(i, row, column, c), i, row, column, c);
  return padded;
}`;

/** Lessons in the real JupyterLab, worked through as a learner does. The tests of a lesson build on each other. */
describe("in the browser", function () {
  this.timeout(300_000);

  let workbench: Workbench | undefined;

  before(async function () {
    const exercise = exerciseById("test", "02.zeroPad");
    const samples = findLessons(inProject("test", "fixtures", "lessons"));
    const lessons = [
      ...(await readLessons(samples, () => [exercise])),
      ...(await readLessons(selectLessons(findLessons(), ["02"]))),
    ];
    workbench = await startWorkbench(
      Object.fromEntries(lessons.map(({ name, notebook }) => [name, notebook])),
    );
    if (workbench) return;
    console.log("    No Chromium was found (CHROMIUM_PATH names one): these tests are left out.");
    this.skip();
  });
  after(() => workbench?.stop());

  for (const name of ["90-sample", "02-padding"]) {
    describe(name, function () {
      this.bail(true);
      let lesson: NotebookPage;
      before(async () => void (lesson = await workbench!.open(name)));

      const check = async (answer: string): Promise<string> => {
        await lesson.answer("02.zeroPad", answer);
        return lesson.check("02.zeroPad");
      };

      it("runs all cells without an error", async () => {
        await lesson.runAll();
        const codeCells = lesson.notebook.cells.filter(isExecutable);
        assert.deepEqual(
          await lesson.prompts(),
          codeCells.map((_, i) => `[${i + 1}]:`),
        );
        assert.deepEqual(await lesson.complaints(), []);
        if (name === README_LESSON) await savePicture("lesson", () => lesson.overview());
      });

      it("draws the figures", async () => {
        const figures = await lesson.page.locator(".jp-RenderedPlotly").all();
        assert.ok(figures.length > 0);
        for (const figure of figures)
          await figure.locator(".heatmaplayer image, .cartesianlayer .trace").first().waitFor();
      });

      if (name === "90-sample")
        it("moves the window, and shows the sum of products at its new place", async () => {
          const animation = lesson.page.locator(".convbook-window");
          const sum = async (): Promise<string> =>
            (await animation.locator(".sum").innerHTML()).replace(/<[^>]*>|\s/g, "");
          assert.equal(await sum(), "1·1+2·0+4·0+5·1=6");
          await animation.getByRole("slider").focus();
          await lesson.page.keyboard.press("ArrowRight");
          assert.equal(await sum(), "2·1+3·0+5·0+6·1=8");
          await lesson.page.keyboard.press("End");
          assert.equal(await sum(), "5·1+6·0+8·0+9·1=14");
        });

      it("calls an exercise that nobody has touched not attempted", async () =>
        assert.match(await lesson.verdict("02.zeroPad"), /○ Not attempted yet/));

      it("tells a wrong answer what is wrong with it", async () => {
        const verdict = await check(WRONG_ANSWER);
        assert.match(verdict, /✗ Not yet · 1 of 3 points · 02\.zeroPad/);
        assert.match(verdict, /The image sits in the top left corner/);
        if (name === README_LESSON) await savePicture("check", () => lesson.attempt("02.zeroPad"));
      });

      it("lets the right answer pass", async () => {
        const solution = solutionListing(exerciseById("test", "02.zeroPad"));
        assert.match(await check(solution), /✓ Passed · 3 of 3 points · 02\.zeroPad/);
      });
    });
  }
});
