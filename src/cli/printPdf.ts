import fs from "node:fs";
import path from "node:path";
import { inProject } from "../project";
import { findChromium, launchChromium } from "./notebooks/chromium";
import { findLessons, selectLessons } from "./notebooks/lessons";
import { printNotebook } from "./notebooks/pdf";

/**
 * Prints built lessons to `build/pdf/`, and notebooks of somebody's own, which are asked for by their path, beside
 * themselves. A line for each.
 */
export async function printLessons(wanted: readonly string[]): Promise<void> {
  const tasks = wanted.length === 0 ? lessonTasks([]) : wanted.flatMap(tasksOf);
  for (const { notebook } of tasks)
    if (!fs.existsSync(notebook))
      throw new Error(`${shown(notebook)} is not built yet: npx convbook build makes it.`);
  const executable = findChromium();
  if (!executable)
    throw new Error(
      "A PDF is printed by Chromium, and none was found. Install it (Debian and Ubuntu: apt install chromium), set " +
        "CHROMIUM_PATH to a Chrome or Edge, or print by hand: in JupyterLab, File → Save and Export Notebook As → " +
        "HTML, then print the page from any browser.",
    );
  const browser = await launchChromium(executable);
  try {
    for (const { notebook, target } of tasks) {
      await printNotebook(browser, notebook, target);
      console.log(shown(target));
    }
  } finally {
    await browser.close();
  }
}

interface Task {
  notebook: string;
  target: string;
}

function tasksOf(word: string): Task[] {
  const isFile = /\.ipynb$/i.test(word) && fs.existsSync(word);
  if (!isFile) return lessonTasks([word]);
  return [{ notebook: word, target: word.replace(/\.ipynb$/i, ".pdf") }];
}

function lessonTasks(wanted: readonly string[]): Task[] {
  return selectLessons(findLessons(), wanted).map(({ name, notebook }) => ({
    notebook,
    target: inProject("build", "pdf", `${name}.pdf`),
  }));
}

const shown = (file: string): string => path.relative(process.cwd(), file);
