import fs from "node:fs";
import path from "node:path";
import { findChromium, launchChromium } from "#dist/cli/notebooks/chromium.js";
import { startJupyterLab } from "#dist/cli/notebooks/jupyterLab.js";
import { type Notebook, writeNotebook } from "#dist/cli/notebooks/notebook.js";
import { inProject } from "#dist/project/index.js";
import { NotebookPage } from "./NotebookPage";

/** JupyterLab and a browser, with notebooks to open. */
export interface Workbench {
  open(name: string): Promise<NotebookPage>;
  /** Ends all that was started, and removes the notebooks. */
  stop(): Promise<void>;
}

/**
 * Puts notebooks into a folder, and starts JupyterLab on it and a browser.
 *
 * @returns nothing when there is no browser on this machine
 */
export async function startWorkbench(
  notebooks: Record<string, Notebook>,
): Promise<Workbench | undefined> {
  const chromium = findChromium();
  if (!chromium) return undefined;
  // Inside the checkout, so that a notebook finds the package.
  const folder = fs.mkdtempSync(inProject("build", "browser-test-"));
  const ends: (() => unknown)[] = [() => fs.rmSync(folder, { recursive: true })];
  const stop = async (): Promise<void> => {
    for (const end of ends.reverse()) await end();
  };
  try {
    for (const [name, notebook] of Object.entries(notebooks))
      writeNotebook(path.join(folder, `${name}.ipynb`), notebook);
    const settings = {
      // All cells are in the page at once, not only those in view.
      "@jupyterlab/notebook-extension:tracker": { windowingMode: "none" },
    };
    const jupyterLab = await startJupyterLab(folder, settings, ["tslab", "convbook"]);
    ends.push(() => jupyterLab.stop());
    const browser = await launchChromium(chromium);
    ends.push(() => browser.close());
    const open = async (name: string): Promise<NotebookPage> => {
      const viewport = { width: 1280, height: 900 };
      const page = await browser.newPage({ viewport, deviceScaleFactor: 1.5 });
      const lesson = new NotebookPage(page, notebooks[name]);
      await lesson.open(jupyterLab.address(`${name}.ipynb`, "lab"));
      return lesson;
    };
    return { open, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
