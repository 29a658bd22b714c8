import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findChromium, launchChromium } from "#dist/cli/notebooks/chromium.js";
import { type GradeReport, reviewPage } from "#dist/grading/index.js";
import { readOverrides } from "#dist/grading/marks/overrides.js";
import { hostileTexts, withHostileText } from "../report/hostileTexts";
import { sampleReport } from "../report/sampleReport";

const ROWS = [
  { where: "", student: "ada", lesson: "05-pooling", comment: "Well done" },
  { where: "", student: "zoe", lesson: "02-padding", points: 3, reason: "Told me" },
];

/** The sample with a class that wrote the same. */
function report(): GradeReport {
  const sample = sampleReport();
  const [ada, bob] = sample.submissions;
  const copy = {
    ...ada,
    student: { ...ada.student, id: "dan" },
    texts: ["Because <b>windows</b> overlap."],
  };
  return { ...sample, submissions: [ada, bob, copy] };
}

describe("reviewPage(report, rows)", () => {
  it("shows every answer of every exercise, with its verdict, its code and fields to write in", () => {
    const html = reviewPage(report(), ROWS);
    assert.equal(
      html.match(/<article /g)?.length,
      9,
      "three students, two exercises and the whole",
    );
    assert.equal(html.match(/<textarea name="comment"/g)?.length, 9);
    assert.match(html, /✗ failed, 1 of 2 tests: <b>3<\/b> of 4/);
    assert.match(html, /return x; \/\/ &lt;b&gt;&amp;/);
    assert.match(html, /Because &lt;b&gt;windows&lt;\/b&gt; overlap\./);
    assert.match(html, /The same for all 2 who wrote this/);
  });

  it("has one script, ours, which its policy says by a hash, and loads nothing", () => {
    const html = reviewPage(report(), ROWS);
    const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script]) => script);
    assert.equal(scripts.length, 1);
    const hash = createHash("sha256").update(scripts[0]).digest("base64");
    assert(
      html.includes(`default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`),
    );
    assert.doesNotMatch(html, /<link|<img|<iframe|\\son\\w+=|https?:/i);
  });

  it("has the same tags whatever students write", () => {
    const tags = (text: string): string[] => {
      const hostile = withHostileText(report(), text);
      const submissions = hostile.submissions.map((one) => ({ ...one, texts: [text] }));
      return reviewPage({ ...hostile, submissions }, []).match(/<\/?[a-z][^>]*>/gi) ?? [];
    };
    const harmless = tags("harmless").map((tag) => tag.replace(/data-same="[^"]*"/, ""));
    for (const text of hostileTexts)
      assert.deepEqual(
        tags(text).map((tag) => tag.replace(/data-same="[^"]*"/, "")),
        harmless,
        text,
      );
  });

  describe("in a browser", function () {
    this.timeout(120_000);
    const chromium = findChromium();
    let folder: string;
    before(function () {
      if (!chromium) this.skip();
      folder = mkdtempSync(join(tmpdir(), "convbook-review-"));
    });
    after(() => folder && rmSync(folder, { recursive: true }));

    it("what is written is saved as a file that --overrides reads, with what was there before", async () => {
      const hostile = report();
      hostile.submissions[1].student.id = `${hostileTexts[0]}\u202e`;
      const page = join(folder, "review.html");
      writeFileSync(page, reviewPage(hostile, ROWS));
      const browser = await launchChromium(chromium!);
      try {
        const tab = await browser.newPage();
        const faults: string[] = [];
        tab.on("pageerror", (error) => faults.push(error.message));
        tab.on("console", (message) => message.type() === "error" && faults.push(message.text()));
        tab.on("dialog", (dialog) => void dialog.accept());
        await tab.goto(pathToFileURL(page).href);
        const article = (i: number) => tab.locator(`[data-card="${i}"]`);
        await article(1).locator("[name=points]").fill("2.5");
        await tab.click("#save");
        assert.match((await tab.textContent("#state"))!, /Not saved: Points need a reason/);
        const say = () => tab.textContent("#state");
        await article(1).locator("[name=reason]").fill("Explained it");
        for (const [wrong, words] of [
          ["-1", /Not saved: Points are a number of at least 0/],
          ["99", /Not saved: There are 4 points, and more is a bonus/],
          ["1e9", /Not saved: There are 4 points/],
        ] as const) {
          await article(1).locator("[name=points]").fill(wrong);
          await tab.click("#save");
          assert.match((await say())!, words);
        }
        await article(1).locator("[name=points]").fill("");
        await article(1).locator("[name=points]").pressSequentially("-e");
        await tab.click("#save");
        assert.match((await say())!, /Not saved: Points are a number/);
        for (const [text, words] of [
          ["{}", /cannot be read: it holds no list of rows/],
          ["[null]", /cannot be read: row 1 names no student/],
          [
            '[{"student":"ada","points":"many"}]',
            /row 1: points must be a number of at least 0, but is "many"/,
          ],
          [
            '[{"student":"ada","points":-3}]',
            /row 1: points must be a number of at least 0, but is -3/,
          ],
          ["[{", /cannot be read: /],
        ] as const) {
          const buffer = Buffer.from(text);
          await tab.locator("#open").setInputFiles([]);
          await tab
            .locator("#open")
            .setInputFiles({ name: "bad.json", mimeType: "application/json", buffer });
          await tab.locator("#state", { hasText: words }).waitFor();
          await article(1).locator("[name=comment]").fill("x");
          await article(1).locator("[name=comment]").fill("");
        }
        await article(1).locator("[name=points]").fill("2.5");
        await article(0).locator("textarea").fill('Fine,\n"really" = good');
        await article(0).locator("button.same").click();
        const [download] = await Promise.all([tab.waitForEvent("download"), tab.click("#save")]);
        assert.equal(download.suggestedFilename(), "overrides.json");
        const file = join(folder, "overrides.json");
        await download.saveAs(file);
        const rows = readOverrides(file).map(({ where: _, ...row }) => row);
        const of = (student: string, exercise?: string) =>
          rows.find((row) => row.student === student && row.exercise === exercise);
        assert.deepEqual(of("zoe")?.points, 3, "what is about others is kept");
        assert.deepEqual(of("ada")?.comment, "Well done");
        for (const student of ["ada", "dan"])
          assert.equal(of(student, "05.poolForward")?.comment, 'Fine,\n"really" = good');
        const bob = of(hostile.submissions[1].student.id, "05.poolForward");
        assert.deepEqual([bob?.points, bob?.reason], [2.5, "Explained it"]);
        assert.equal(rows.length, 5);
        assert.deepEqual(faults, []);

        await tab.selectOption("#chooser", "part1");
        assert.equal(await article(0).isVisible(), false);
        assert.equal(await article(3).isVisible(), true);
        await tab.locator("#open").setInputFiles({
          name: "o.json",
          mimeType: "application/json",
          buffer: readFileSync(file),
        });
        await tab.locator("#state", { hasText: "Opened o.json" }).waitFor();
        assert.equal(await article(1).locator("[name=points]").inputValue(), "2.5");
      } finally {
        await browser.close();
      }
    });
  });
});
