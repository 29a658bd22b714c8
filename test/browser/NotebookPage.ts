import type { Locator, Page } from "playwright-core";

/** Longer than anything in a lesson takes on a slow machine. */
const PATIENCE = 120_000;

/** A notebook in JupyterLab, as somebody at the screen sees and uses it. */
export class NotebookPage {
  constructor(readonly page: Page) {
    page.setDefaultTimeout(PATIENCE);
  }

  /** Opens a notebook and waits until so many cells are there, and a kernel for them. */
  async open(address: string, cells: number): Promise<void> {
    await this.page.goto(address);
    await until(async () => (await this.cells.count()) === cells);
    await this.page.locator("#jp-main-statusbar", { hasText: "| Idle" }).waitFor();
  }

  get cells(): Locator {
    return this.page.locator(".jp-Notebook .jp-Cell");
  }

  /** The cell of a place in the notebook, from 0. */
  cell(place: number): Locator {
    return this.cells.nth(place);
  }

  output(place: number): Locator {
    return this.cell(place).locator(".jp-OutputArea-output");
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

  /** Writes new source into a cell and runs it. */
  async answer(place: number, source: string): Promise<void> {
    const editor = this.cell(place).locator(".cm-content");
    await editor.click();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.insertText(source); // as a paste: no brackets are closed by the editor
    await this.run(place);
  }

  /** Runs one cell, as Shift+Enter does. */
  async run(place: number): Promise<void> {
    const prompt = this.cell(place).locator(".jp-InputPrompt");
    const before = await prompt.innerText();
    await this.cell(place).locator(".cm-content").click();
    await this.page.keyboard.press("Shift+Enter");
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
