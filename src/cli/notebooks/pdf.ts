import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { jupyterVariables } from "../../installation";
import { python } from "../../project";
import { patiently } from "./patience";

/** What differs between a page that is scrolled and sheets of paper. */
const PAPER = `
  body { background: white; }
  .jp-Notebook { padding: 0; }
  .jp-InputPrompt, .jp-OutputPrompt { flex: 0 0 64px; min-width: 64px; font-size: 11px; }
  .jp-Cell { padding: 2px 0; }
  pre, .highlight pre { white-space: pre-wrap !important; overflow-wrap: anywhere; }
  .jp-OutputArea-output, .jp-RenderedHTMLCommon, .jp-Editor, .highlight { overflow: visible !important; }
  .jp-OutputArea-child, .jp-OutputArea-output, .jp-InputArea, .jp-Cell { display: flow-root; }
  .jp-InputArea, .jp-OutputArea-child { display: flex; }
  .jp-OutputArea-output, .jp-InputArea-editor, .jp-MarkdownOutput { flex: 1 1 0; min-width: 0; }
  img, svg, video, canvas { max-width: 100% !important; }
  img { height: auto !important; }
  img, svg, figure, tr, .katex-display, .jp-InputArea { break-inside: avoid; }
  h1, h2, h3, h4 { break-after: avoid; }
  table { max-width: 100%; }
  .katex-display { overflow: visible; }
`;

/** A notebook is wider than a sheet: lines of code of 100 characters fit. */
const SCALE = 0.75;
/** Where a PDF's page ends and its text begins. */
const MARGIN = { top: "16mm", bottom: "18mm", left: "14mm", right: "14mm" };
const FOOTER = `<div style="width:100%;text-align:center;font:8px sans-serif;color:#666"><span class="pageNumber"></span> / <span class="totalPages"></span></div>`;

/**
 * Prints an executed notebook: nbconvert makes a page of it, Chromium sheets of paper. Nothing is fetched: formulas are
 * set by the KaTeX that is installed, figures are the pictures that the notebook carries. What the text folds away is opened.
 *
 * @param notebook an executed notebook's file
 * @param target the PDF's
 */
export async function printNotebook(
  browser: Browser,
  notebook: string,
  target: string,
): Promise<void> {
  const page = await browser.newPage();
  try {
    await openForPrinting(page, notebook);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    const unfinished = `${target}.${process.pid}.unfinished`;
    await page.pdf({
      path: unfinished,
      format: "A4",
      margin: MARGIN,
      printBackground: true,
      scale: SCALE,
      displayHeaderFooter: true,
      headerTemplate: "<span></span>",
      footerTemplate: FOOTER,
      tagged: true,
      outline: true,
    });
    fs.renameSync(unfinished, target);
  } finally {
    await page.close();
  }
}

/** Opens an executed notebook in a page, ready to be printed. */
export async function openForPrinting(page: Page, notebook: string): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "convbook-pdf-"));
  try {
    page.setDefaultTimeout(0);
    await page.route(/^(https?|wss?):/, (route) => route.abort());
    await page.goto(pathToFileURL(await toHtml(notebook, folder)).href);
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    await setFormulas(page);
    await page.addStyleTag({ content: PAPER });
    await patiently("the pictures are loaded", () => page.evaluate(openAll));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The notebook as one page; its name is not taken from the notebook's, which may be anything. */
async function toHtml(notebook: string, folder: string): Promise<string> {
  const options = ["--to=html", "--template=lab", "--theme=light", `--output-dir=${folder}`];
  const command = ["-m", "nbconvert", ...options, "--output=notebook", path.resolve(notebook)];
  try {
    await promisify(execFile)(python, command, { env: jupyterVariables() });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    const last = stderr?.trim().split("\n").at(-1) ?? (error as Error).message;
    throw new Error(`${notebook} could not be turned into a page: ${last}`);
  }
  return path.join(folder, "notebook.html");
}

async function setFormulas(page: Page): Promise<void> {
  const inKatex = (file: string): string => require.resolve(`katex/dist/${file}`);
  // By its address, so that the fonts beside it are found.
  await page.addStyleTag({ url: pathToFileURL(inKatex("katex.min.css")).href });
  await page.addScriptTag({ path: inKatex("katex.min.js") });
  await page.addScriptTag({ path: inKatex("contrib/auto-render.min.js") });
  await page.evaluate(() => {
    const { document, renderMathInElement } = globalThis as unknown as {
      document: { body: unknown };
      renderMathInElement(element: unknown, options: object): void;
    };
    renderMathInElement(document.body, {
      delimiters: [
        { left: "$$", right: "$$", display: true },
        { left: "$", right: "$", display: false },
        { left: "\\begin{equation}", right: "\\end{equation}", display: true },
        { left: "\\begin{align}", right: "\\end{align}", display: true },
      ],
      throwOnError: false,
    });
  });
}

/** Opens what the text folds away, answers above all, not the blocks of a long table; tells whether all pictures and fonts are there. Runs in the page. */
async function openAll(): Promise<{ isReady: boolean; seen: string }> {
  const { document } = globalThis as unknown as {
    document: {
      fonts: { status: string };
      querySelectorAll(selector: string): Iterable<{ complete: boolean; open: boolean }>;
    };
  };
  for (const folded of document.querySelectorAll(".jp-MarkdownCell details")) folded.open = true;
  const missing = [...document.querySelectorAll("img")].filter(({ complete }) => !complete).length;
  const { status } = document.fonts;
  return {
    isReady: missing === 0 && status === "loaded",
    seen: `${missing} pictures missing, fonts ${status}`,
  };
}
