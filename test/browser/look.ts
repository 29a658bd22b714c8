/// <reference lib="dom" />
import fs from "node:fs";
import path from "node:path";
import { courseRoot } from "convbook";
import { findLessons, type Lesson, selectLessons } from "convbook/dist/cli/notebooks/lessons";
import { type Notebook, readNotebook, writeNotebook } from "convbook/dist/cli/notebooks/notebook";
import type { Browser, Page } from "playwright-core";
import { findChromium, launchChromium } from "./chromium";
import { startJupyterLab } from "./jupyterlab";

/** As wide as a notebook beside a file list on a laptop; high, so that few pictures show a whole lesson. */
const SCREEN = { width: 1100, height: 1400 };

/**
 * Takes pictures of whole lessons as JupyterLab shows them, light and dark, for those who write lessons:
 *
 *     npm run look -- 02
 *
 * The pictures are in build/look/02-padding/, one for each screenful: light-01.png, ...
 */
async function look(wanted: readonly string[]): Promise<void> {
  const executable = findChromium();
  if (!executable) throw new Error("No Chromium was found on this machine.");
  const lessons = selectLessons(findLessons(), wanted);
  const target = path.join(courseRoot, "build", "look");
  const browser = await launchChromium(executable);
  try {
    for (const theme of ["light", "dark"] as const)
      await lookThrough(browser, lessons, theme, target);
  } finally {
    await browser.close();
  }
}

async function lookThrough(
  browser: Browser,
  lessons: readonly Lesson[],
  theme: "light" | "dark",
  target: string,
): Promise<void> {
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
      writeNotebook(path.join(folder, file), withoutPictures(readNotebook(notebook)));
      jupyterLab.trust(file);
      const page = await browser.newPage({ viewport: SCREEN });
      await page.goto(jupyterLab.address(file));
      await drawn(page);
      const pictures = path.join(target, name);
      fs.mkdirSync(pictures, { recursive: true });
      for (const old of fs.readdirSync(pictures).filter((picture) => picture.startsWith(theme)))
        fs.rmSync(path.join(pictures, old));
      const count = await photograph(page, path.join(pictures, theme));
      console.log(`${path.relative(process.cwd(), pictures)}: ${count} pictures, ${theme}`);
      await page.close();
    }
  } finally {
    await jupyterLab.stop();
  }
}

/** As the notebook is when its cells have been run: a figure with a picture beside it is drawn only under the mouse. */
function withoutPictures(notebook: Notebook): Notebook {
  const bare = (data: Record<string, unknown>): Record<string, unknown> => {
    if (!("application/vnd.plotly.v1+json" in data)) return data;
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

/** Waits until every cell is there and every figure has been drawn; opens what is folded away. */
async function drawn(page: Page): Promise<void> {
  await page.locator(".jp-Notebook .jp-Cell").first().waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => {
    const figures = Array.from(document.querySelectorAll(".jp-RenderedPlotly, .js-plotly-plot"));
    return figures.every((figure) => figure.parentElement!.querySelector(".main-svg") !== null);
  });
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(1500); // formulas and the figures' own layout settle
}

/** Scrolls through the notebook and takes a picture of each screenful; a new one begins at a cell where it can. */
async function photograph(page: Page, prefix: string): Promise<number> {
  const scroller = page.locator(".jp-WindowedPanel-outer").first();
  const { height, tops, end } = await scroller.evaluate((element) => {
    const zero = element.getBoundingClientRect().top - element.scrollTop;
    const cells = Array.from(element.querySelectorAll(".jp-Cell")).map((cell) =>
      cell.getBoundingClientRect(),
    );
    return {
      height: element.clientHeight,
      tops: cells.map(({ top }) => top - zero),
      end: Math.max(...cells.map(({ bottom }) => bottom - zero)),
    };
  });
  let count = 0;
  for (let top = 0; top < end;) {
    await scroller.evaluate((element, top) => element.scrollTo(0, top), top);
    await page.waitForTimeout(200);
    const number = String(++count).padStart(2, "0");
    await scroller.screenshot({ path: `${prefix}-${number}.png` });
    const bottom = top + height;
    if (bottom >= end) break;
    const cell = tops.filter((start) => start > top + height / 2 && start <= bottom).at(-1);
    top = cell ?? bottom;
  }
  return count;
}

look(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
