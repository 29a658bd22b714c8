import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { findChromium, launchChromium } from "#dist/cli/notebooks/chromium.js";
import { type Cell, writeNotebook } from "#dist/cli/notebooks/notebook.js";
import { openForPrinting, printNotebook } from "#dist/cli/notebooks/pdf.js";

/** One pixel. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const cells = [
  {
    cell_type: "markdown",
    source:
      "# A lesson\n\nThe output has $\\lfloor (n - f) / s \\rfloor + 1$ rows.\n\n$$\\sum_{u, v} w_{uv} x_{uv}$$\n\n<details><summary>Answer</summary>Six.</details>",
  },
  {
    cell_type: "code",
    source: `const words = "${"long ".repeat(60)}";\nconst word = "${"l".repeat(300)}";`,
    execution_count: 1,
    outputs: [
      { output_type: "display_data", data: { "image/png": PNG }, metadata: {} },
      {
        output_type: "display_data",
        data: { "text/html": "<details><summary>stage 1</summary>many layers</details>" },
        metadata: {},
      },
      { output_type: "stream", name: "stdout", text: `${"9".repeat(400)}\n` },
    ],
  },
];

describe("printing a notebook", function () {
  this.timeout(180_000);

  let browser: Browser | undefined;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "convbook pdf é-"));
  const notebook = path.join(folder, "a lesson.ipynb");

  before(async function () {
    const chromium = findChromium();
    if (!chromium) this.skip();
    browser = await launchChromium(chromium);
    writeNotebook(notebook, {
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {
        kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" },
        language_info: { name: "typescript" },
      },
      cells: cells.map((cell, i) => ({ ...cell, id: `cell-${i}`, metadata: {} }) as Cell),
    });
  });
  after(async () => {
    await browser?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it("sets formulas, breaks long lines, opens what the text folds away, and asks nothing of the network", async () => {
    const page = await browser!.newPage({ viewport: { width: 794, height: 1123 } });
    const requested: string[] = [];
    page.on("requestfinished", (request) => requested.push(request.url()));
    await openForPrinting(page, notebook);
    const found = await page.evaluate(() => {
      const { document, getComputedStyle } = globalThis as unknown as PageGlobals;
      const all = (selector: string) => [...document.querySelectorAll(selector)];
      return {
        formulas: all(".katex").length,
        faults: all(".katex-error").length,
        answersFolded: all(".jp-MarkdownCell details:not([open])").length,
        tablesFolded: all(".jp-CodeCell details:not([open])").length,
        pictures: all("img").filter(({ naturalWidth }) => naturalWidth > 0).length,
        cut: all("pre").filter((pre) => pre.scrollWidth > pre.clientWidth + 1).length,
        wide: document.body.scrollWidth > document.body.clientWidth + 1,
        paper: getComputedStyle(document.body).backgroundColor,
      };
    });
    assert.deepEqual(found, {
      formulas: 2,
      faults: 0,
      answersFolded: 0,
      tablesFolded: 1,
      pictures: 1,
      cut: 0,
      wide: false,
      paper: "rgb(255, 255, 255)",
    });
    assert.deepEqual(
      requested.filter((url) => !/^(file|data|blob):/.test(url)),
      [],
    );
    await page.close();
  });

  it("writes a PDF, and leaves nothing beside it", async () => {
    const target = path.join(folder, "pdf", "a lesson.pdf");
    await printNotebook(browser!, notebook, target);
    const pdf = fs.readFileSync(target, "latin1");
    assert.ok(pdf.startsWith("%PDF-"));
    assert.ok(pdf.trimEnd().endsWith("%%EOF"));
    assert.match(pdf, /\/Subtype\s*\/Image/);
    assert.deepEqual(fs.readdirSync(path.dirname(target)), ["a lesson.pdf"]);
  });

  it("says what is wrong with a file that is no notebook", async () => {
    const broken = path.join(folder, "broken.ipynb");
    fs.writeFileSync(broken, "{");
    await assert.rejects(
      printNotebook(browser!, broken, path.join(folder, "broken.pdf")),
      /broken\.ipynb could not be turned into a page/,
    );
  });
});

interface PageGlobals {
  document: {
    body: { scrollWidth: number; clientWidth: number };
    querySelectorAll(
      selector: string,
    ): Iterable<{ naturalWidth: number; scrollWidth: number; clientWidth: number }>;
  };
  getComputedStyle(element: unknown): { backgroundColor: string };
}
