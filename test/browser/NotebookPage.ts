import type { Notebook } from "#dist/cli/notebooks/notebook.js";
import type { Locator, Page } from "playwright-core";

/** Longer than anything in a lesson takes on a slow machine. */
const PATIENCE = 120_000;

/** A notebook in JupyterLab, as somebody at the screen sees and uses it. */
export class NotebookPage {
  constructor(
    readonly page: Page,
    readonly notebook: Notebook,
  ) {
    page.setDefaultTimeout(PATIENCE);
  }

  /** Opens the notebook and waits until all its cells are there, and a kernel for them. */
  async open(address: string): Promise<void> {
    await this.page.goto(address);
    const cells = this.page.locator(".jp-Notebook .jp-Cell");
    await until(async () => (await cells.count()) === this.notebook.cells.length);
    await this.page.locator("#jp-main-statusbar", { hasText: "| Idle" }).waitFor();
  }

  /** A cell of an exercise. */
  cell(exercise: string, role: "answer" | "check"): Locator {
    const index = this.notebook.cells.findIndex(
      ({ metadata: { convbook } }) => convbook?.exercise === exercise && convbook.role === role,
    );
    return this.page.locator(".jp-Notebook .jp-Cell").nth(index);
  }

  /** The numbers beside the code cells: `[3]:` after a run, `[*]:` during it, `[ ]:` before. */
  prompts(): Promise<string[]> {
    return this.page.locator(".jp-CodeCell .jp-InputPrompt").allInnerTexts();
  }

  /** What the page shows on stderr or as an error. */
  complaints(): Promise<string[]> {
    return this.page
      .locator('[data-mime-type$="vnd.jupyter.stderr"], [data-mime-type$="vnd.jupyter.error"]')
      .allInnerTexts();
  }

  /** Chooses Run All Cells from the menu, and waits until all have run or one has failed. */
  async runAll(): Promise<void> {
    await this.page.locator(".lm-MenuBar-itemLabel", { hasText: /^Run$/ }).click();
    await this.page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click();
    await until(async () => {
      const waiting = (await this.prompts()).filter((prompt) => !/\d/.test(prompt));
      return waiting.length === 0 || (await this.complaints()).length > 0;
    });
  }

  /** Puts an answer in place of what stands in the exercise's cell, and runs it. */
  async answer(exercise: string, source: string): Promise<void> {
    const cell = this.cell(exercise, "answer");
    await cell.locator(".cm-content").click();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.insertText(source); // as a paste: the editor closes no brackets
    await this.runCell(cell);
  }

  /** Runs the check of an exercise, and gives what it says. */
  async check(exercise: string): Promise<string> {
    await this.runCell(this.cell(exercise, "check"));
    return this.verdict(exercise);
  }

  /** What the check of an exercise has said last. */
  verdict(exercise: string): Promise<string> {
    return this.cell(exercise, "check").locator(".jp-OutputArea-output").innerText();
  }

  /** A picture of the window, without the file browser, from the cell on that holds something. */
  async pictureFrom(something: Locator): Promise<Buffer> {
    await this.page.locator('.jp-SideBar [data-id="filebrowser"]').click();
    const cell = this.page.locator(".jp-Notebook .jp-Cell", { has: something }).first();
    await cell.evaluate((element) => element.scrollIntoView());
    return this.page.screenshot();
  }

  /** A picture of an exercise's check and of what it says. */
  pictureOfCheck(exercise: string): Promise<Buffer> {
    return this.cell(exercise, "check").screenshot();
  }

  /** Starts one cell by Shift+Enter. */
  async startCell(cell: Locator): Promise<void> {
    await cell.locator(".cm-content").click();
    await this.page.keyboard.press("Shift+Enter");
  }

  /** Runs one cell by Shift+Enter, to its end. */
  async runCell(cell: Locator): Promise<void> {
    const prompt = cell.locator(".jp-InputPrompt");
    const before = await prompt.innerText();
    await this.startCell(cell);
    await until(async () => {
      const now = await prompt.innerText();
      return now !== before && /\d/.test(now);
    });
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error("The notebook did not get ready in time.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
