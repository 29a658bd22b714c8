import fs from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import type { Browser, Page } from "playwright-core";
import { inProject } from "../project";
import { findChromium, launchChromium } from "./notebooks/chromium";
import { startJupyterLab } from "./notebooks/jupyterLab";
import { findLessons, type Lesson, selectLessons } from "./notebooks/lessons";
import { type Notebook, readNotebook, writeNotebook } from "./notebooks/notebook";
import { patiently, type Standing } from "./notebooks/patience";
import { FIGURE } from "./notebooks/drawing";

/** As wide as a notebook beside a file list on a laptop; high, so that few pictures show a whole lesson. */
const SCREEN = { width: 1100, height: 1400 };

/** Adds `convbook look` to the program: for those who write lessons. */
export function addLookCommand(program: Command): void {
  program
    .command("look")
    .summary("take pictures of built lessons as JupyterLab shows them, light and dark")
    .description(
      "Opens the built notebooks in a JupyterLab of its own and writes a picture of each screenful to " +
        "build/look/NN-name/, light and dark, with what is folded away opened.",
    )
    .argument("[lesson...]", "numbers or names of lessons; all when left out")
    .option("--untrusted", "as the repository's notebooks look to somebody who has not run them")
    .action((wanted: string[], { untrusted = false }: { untrusted?: boolean }) =>
      lookAt(selectLessons(findLessons(), wanted), !untrusted),
    );
}

async function lookAt(lessons: readonly Lesson[], trusted: boolean): Promise<void> {
  const executable = findChromium();
  if (!executable) throw new Error("No Chromium was found on this machine.");
  const browser = await launchChromium(executable);
  try {
    for (const theme of ["light", "dark"] as const)
      await lookThrough(browser, lessons, { theme, trusted });
  } finally {
    await browser.close();
  }
}

async function lookThrough(
  browser: Browser,
  lessons: readonly Lesson[],
  { theme, trusted }: { theme: "light" | "dark"; trusted: boolean },
): Promise<void> {
  const target = inProject("build", "look");
  const kind = trusted ? theme : `untrusted-${theme}`;
  const folder = path.join(target, "notebooks");
  fs.mkdirSync(folder, { recursive: true });
  const jupyterLab = await startJupyterLab(folder, {
    "@jupyterlab/apputils-extension:themes": {
      theme: theme === "dark" ? "JupyterLab Dark" : "JupyterLab Light",
    },
    // All cells are in the page at once, not only those in view.
    "@jupyterlab/notebook-extension:tracker": { windowingMode: "none" },
  });
  try {
    for (const { name, notebook } of lessons) {
      const file = path.basename(notebook);
      const executed = readNotebook(notebook);
      const shown = trusted ? withoutPictures(executed) : executed;
      writeNotebook(path.join(folder, file), shown);
      if (trusted) jupyterLab.trust(file);
      const page = await browser.newPage({ viewport: SCREEN });
      page.setDefaultTimeout(0); // a clock says nothing on a busy machine: `drawn` waits by progress
      page.setDefaultNavigationTimeout(0);
      await page.goto(jupyterLab.address(file, "doc"), { waitUntil: "commit" });
      await drawn(page, shown, trusted);
      const pictures = path.join(target, name);
      fs.mkdirSync(pictures, { recursive: true });
      for (const old of fs
        .readdirSync(pictures)
        .filter((picture) => picture.startsWith(`${kind}-`)))
        fs.rmSync(path.join(pictures, old));
      const count = await photograph(page, path.join(pictures, kind));
      console.log(`${path.relative(process.cwd(), pictures)}: ${count} pictures, ${kind}`);
      await page.close();
    }
  } finally {
    await jupyterLab.stop();
  }
}

/** As the notebook is when its cells have been run: a figure with a picture beside it is drawn only under the mouse. */
function withoutPictures(notebook: Notebook): Notebook {
  const bare = (data: Record<string, unknown>): Record<string, unknown> => {
    if (!(FIGURE in data)) return data;
    const { "image/png": _, ...rest } = data;
    return rest;
  };
  const cells = notebook.cells.map((cell) => {
    const outputs = cell.outputs?.map((output) =>
      "data" in output ? { ...output, data: bare(output.data) } : output,
    );
    return outputs ? { ...cell, outputs } : cell;
  });
  return { ...notebook, cells };
}

/**
 * Waits until every cell and every output is there, every figure and picture drawn, every formula set, and nothing
 * turns any more that says "wait"; opens what is folded away.
 */
async function drawn(page: Page, notebook: Notebook, trusted: boolean): Promise<void> {
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  const hasFigure = (output: (typeof outputs)[number]) => "data" in output && FIGURE in output.data;
  const figures = trusted ? outputs.filter(hasFigure).length : 0; // else their pictures stand for them
  let requests = 0;
  page.on("requestfinished", () => requests++);
  const look = async (): Promise<Standing> => {
    const { cells, drawn, unfinished, size } = await page.evaluate(standing);
    return {
      isReady: cells === notebook.cells.length && drawn >= figures && unfinished === 0,
      seen: `${cells} of ${notebook.cells.length} cells, ${drawn} of ${figures} figures, ${unfinished} parts unfinished, ${requests} files, height ${size}`,
    };
  };
  await patiently("the notebook is drawn", look);
  for (const folded of await page.locator("details").all())
    await folded.evaluate((element) => element.setAttribute("open", ""));
  await patiently("what was folded away is drawn", look);
  // The layout is at rest when it has been the same for a while of the page's own frames.
  let [last, still] = ["", 0];
  await patiently("the page is at rest", async () => {
    const { seen } = await look();
    still = seen === last ? still + 1 : 0;
    last = seen;
    return { isReady: still >= 8, seen: `${seen}, ${still}` };
  });
}

/** How a page of JupyterLab stands; runs in the page. */
function standing(): { cells: number; drawn: number; unfinished: number; size: number } {
  const { document } = globalThis as unknown as { document: PageDocument };
  const count = (selector: string): number => document.querySelectorAll(selector).length;
  const pictures = [...document.querySelectorAll(".jp-Notebook img")];
  return {
    cells: count(".jp-Notebook .jp-Cell"),
    drawn: count(".jp-RenderedPlotly:has(.main-svg)"),
    unfinished:
      count(
        "#jupyterlab-splash, .jp-Spinner, .jp-Notebook .jp-mod-placeholder, .jp-Cell-Placeholder",
      ) + pictures.filter((picture) => !picture.complete).length,
    size: document.querySelector(".jp-Notebook")?.scrollHeight ?? 0,
  };
}

/** What of the page's document `standing` uses. */
interface PageDocument {
  querySelector(selector: string): { scrollHeight: number } | null;
  querySelectorAll(selector: string): Iterable<{ complete: boolean }> & { length: number };
}

/** Scrolls through the notebook and takes a picture of each screenful; a new one begins at a cell where it can. */
async function photograph(page: Page, prefix: string): Promise<number> {
  const scroller = page.locator(".jp-WindowedPanel-outer").first();
  const screen = (await scroller.boundingBox())!;
  const cells = await page.locator(".jp-Notebook .jp-Cell").all();
  const boxes = (await Promise.all(cells.map((cell) => cell.boundingBox()))).flatMap(
    (box) => box ?? [],
  );
  const tops = boxes.map((box) => box.y - screen.y);
  const end = Math.max(...boxes.map((box) => box.y + box.height - screen.y));
  let count = 0;
  for (let top = 0; top < end;) {
    await scroller.evaluate((element, top) => element.scrollTo(0, top), top);
    await page.waitForTimeout(200);
    const number = String(++count).padStart(2, "0");
    await scroller.screenshot({ path: `${prefix}-${number}.png` });
    const bottom = top + screen.height;
    if (bottom >= end) break;
    top =
      tops.filter((start) => start > top + screen.height / 2 && start <= bottom).at(-1) ?? bottom;
  }
  return count;
}
