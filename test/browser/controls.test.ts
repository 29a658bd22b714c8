import assert from "node:assert/strict";
import type { Notebook } from "#dist/cli/notebooks/notebook.js";
import { registerKernel } from "#dist/installation/index.js";
import { inProject } from "#dist/project/index.js";
import { buildOnEachOther } from "../buildOnEachOther";
import type { NotebookPage } from "./NotebookPage";
import { savePicture } from "./savePicture";
import { startWorkbench, type Workbench } from "./workbench";

const CELL = `import { digitPad, full, heatmap, interact, photoUpload, range, zeros } from "convbook";
const controls = {
  side: range(2, 9), digit: digitPad({ start: full([28, 28], 1) }), photo: photoUpload({ size: 64 }),
};
await interact(controls, ({ side, digit, photo }) => {
  const bright = digit.data.filter((value) => value > 0.5).length;
  const pad = bright === 784 ? "full" : bright > 0 ? "drawn" : "empty";
  const size = photo ? photo.shape.join(" x ") : "none";
  return heatmap(zeros([side, side]), { title: \`side \${side}, \${pad}, photo \${size}\` });
});`;

/** Live controls as a learner moves them. */
describe("live controls in the browser", function () {
  this.timeout(300_000);
  buildOnEachOther();

  let workbench: Workbench | undefined;
  let page: NotebookPage;

  before(async function () {
    registerKernel();
    const notebook = {
      cells: [
        {
          cell_type: "code",
          id: "controls",
          source: CELL,
          metadata: {},
          outputs: [],
          execution_count: null,
        },
      ],
      metadata: {
        kernelspec: { name: "convbook", display_name: "TypeScript", language: "typescript" },
      },
      nbformat: 4,
      nbformat_minor: 5,
    } as unknown as Notebook;
    workbench = await startWorkbench({ controls: notebook });
    if (workbench) {
      page = await workbench.open("controls");
      return;
    }
    console.log("    No Chromium was found (CHROMIUM_PATH names one): these tests are left out.");
    this.skip();
  });
  after(() => workbench?.stop());

  const drawn = (text: string) =>
    page.page.locator(".jp-RenderedPlotly", { hasText: text }).filter({ visible: true });

  it("draws the picture of the first values, once", async () => {
    await page.runAll();
    assert.deepEqual(await page.complaints(), []);
    await page.page.locator(".convbook-controls").waitFor();
    await drawn("side 2, full, photo none").waitFor();
    assert.equal(await drawn("side 2").count(), 1);
  });

  it("draws again when a slider is moved, and when a digit is drawn", async () => {
    await page.page.getByRole("slider").focus();
    for (let i = 0; i < 5; i++) await page.page.keyboard.press("ArrowRight");
    await drawn("side 7, full").waitFor();
    await page.page.getByRole("button", { name: "Clear" }).click();
    await drawn("side 7, empty").waitFor();
    const pad = (await page.page.locator(".convbook-controls canvas").boundingBox())!;
    await page.page.mouse.move(pad.x + 50, pad.y + 40);
    await page.page.mouse.down();
    await page.page.mouse.move(pad.x + 120, pad.y + 150, { steps: 5 });
    await page.page.mouse.up();
    await drawn("side 7, drawn").waitFor();
    await savePicture("controls", () => page.pictureFrom(page.page.locator(".convbook-controls")));
  });

  it("draws again for a photograph of the learner's own, made smaller", async () => {
    const file = inProject("assets", "photographs", "chelsea.png"); // 451 x 300
    await page.page.locator(".convbook-controls input[type=file]").setInputFiles(file);
    await drawn("side 7, drawn, photo 1 x 43 x 64 x 3").waitFor();
  });

  it("keeps what the controls say when the page is loaded anew", async () => {
    await page.page.keyboard.press("ControlOrMeta+S");
    await page.page.waitForTimeout(2000);
    await page.page.reload();
    await page.page.locator(".convbook-controls").waitFor();
    assert.equal(await page.page.getByRole("slider").inputValue(), "7");
    await drawn("side 7, drawn").waitFor();
  });
});
