import assert from "node:assert/strict";
import { exerciseById, solutionListing } from "convbook/authoring";
import { findLessons, selectLessons } from "#dist/cli/notebooks/lessons.js";
import { isExecutable } from "#dist/cli/notebooks/notebook.js";
import { readLessons } from "#dist/cli/notebooks/read.js";
import { buildOnEachOther } from "../buildOnEachOther";
import type { NotebookPage } from "./NotebookPage";
import { savePicture } from "./savePicture";
import { startWorkbench, type Workbench } from "./workbench";

const LESSON = "04-volumes";
const EXERCISE = "04.convForward";

/** A lesson in the real JupyterLab, worked through as a learner does. */
describe("a lesson in the browser", function () {
  this.timeout(300_000);
  buildOnEachOther();

  let workbench: Workbench | undefined;
  let lesson: NotebookPage;

  before(async function () {
    const [{ notebook }] = await readLessons(selectLessons(findLessons(), [LESSON]));
    workbench = await startWorkbench({ [LESSON]: notebook });
    if (workbench) {
      lesson = await workbench.open(LESSON);
      return;
    }
    console.log("    No Chromium was found (CHROMIUM_PATH names one): these tests are left out.");
    this.skip();
  });
  after(() => workbench?.stop());

  it("runs all cells without an error", async () => {
    await lesson.runAll();
    const codeCells = lesson.notebook.cells.filter(isExecutable);
    assert.deepEqual(
      await lesson.prompts(),
      codeCells.map((_, i) => `[${i + 1}]:`),
    );
    assert.deepEqual(await lesson.complaints(), []);
  });

  it("draws the figures", async () => {
    const figures = await lesson.page.locator(".jp-RenderedPlotly").all();
    assert.ok(figures.length > 0);
    for (const figure of figures)
      await figure.locator(".heatmaplayer image, .cartesianlayer .trace").first().waitFor();
    await savePicture("lesson", () => lesson.pictureFrom(lesson.page.locator(".convbook-window")));
  });

  it("moves the window of the animation, and shows the sum of products at its new position", async () => {
    const animation = lesson.page.locator(".convbook-window").first();
    const shown = async (): Promise<string> => {
      const [products, sum] = sidesOf(await animation.locator(".sum").innerHTML());
      assert.equal(products, sum);
      return `${await animation.locator("output").innerText()}: ${sum}`;
    };
    const positions = [await shown()];
    await animation.getByRole("slider").focus();
    for (const key of ["ArrowRight", "End"]) {
      await lesson.page.keyboard.press(key);
      positions.push(await shown());
    }
    assert.equal(new Set(positions).size, 3, positions.join("\n"));
  });

  it("calls an exercise that nobody has touched not attempted", async () =>
    assert.match(await lesson.verdict(EXERCISE), /○ Not attempted yet/));

  it("tells a wrong answer what is wrong with it", async () => {
    const turned = solution.replace("w.get(down, right,", "w.get(f - 1 - down, f - 1 - right,");
    assert.notEqual(turned, solution);
    await lesson.answer(EXERCISE, turned);
    const verdict = await lesson.check(EXERCISE);
    assert.match(verdict, /✗ Not yet · \d+ of \d+ points · 04\.convForward/);
    assert.match(verdict, /Your filters are turned by 180 degrees/);
    await savePicture("check", () => lesson.pictureOfCheck(EXERCISE));
  });

  it("lets the right answer pass", async () => {
    await lesson.answer(EXERCISE, solution);
    assert.match(await lesson.check(EXERCISE), /✓ Passed · (\d+) of \1 points · 04\.convForward/);
  });
});

const solution = solutionListing(exerciseById("test", EXERCISE));

/** The values of both sides of "channel 0: 1·2 + 3·(−4) ... + bias −20 = −30", from its markup. */
function sidesOf(markup: string): number[] {
  const text = markup.replace(/<[^>]*>/g, " ").replace(/channel \d+|red|green|blue|bias/g, "");
  const formula = text.replaceAll("·", "*").replaceAll("−", "-").split("=");
  assert.equal(formula.length, 2, text);
  return formula.map((side) => Number(new Function(`return ${side.trim()}`)()));
}
