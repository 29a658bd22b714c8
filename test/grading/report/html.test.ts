import assert from "node:assert/strict";
import { validateXML } from "xmllint-wasm";
import { htmlReport, studentPages } from "#dist/grading/report/index.js";
import { hostileTexts, withHostileText } from "./hostileTexts";
import { sampleReport } from "./sampleReport";

/** Every tag of a page: name and attributes as they stand. */
function tagsOf(html: string): string[] {
  return html.match(/<\/?[a-z][^>]*>/gi) ?? [];
}

describe("htmlReport", () => {
  it("htmlReport(report) shows marks, distribution, hardest tests and mistakes", () => {
    const html = htmlReport(sampleReport());
    assert.match(html, /<b><bdi>ada<\/bdi><\/b> · 05-pooling · <b>6<\/b> of 6/);
    assert.match(html, /mean 4\.6, median 4\.6, lowest 3\.2, highest 6/);
    assert.match(html, /Hardest tests[\s\S]*poolForward\(x, 3\)[\s\S]*1 \/ 2/);
    assert.match(html, /Most frequent mistakes[\s\S]*You took the average &amp; not the maximum/);
    assert.match(html, /expected: tensor \[1, 1, 1, 1\] float32: 3/);
    assert.match(html, /The sandbox is without a namespace sandbox: bubblewrap is not installed/);
    assert.match(html, /overrides\.csv names &quot;dora&quot;/);
    assert.match(html, /return x; \/\/ &lt;b&gt;&amp;/);
  });

  it("htmlReport(report) is well-formed: read as XML it has no complaint", async () => {
    const html = htmlReport(sampleReport())
      .replace("<!doctype html>", "")
      .replace(/<(meta|br)([^>]*)>/g, "<$1$2/>");
    const anything = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="html"/></xs:schema>`;
    const { errors } = await validateXML({ xml: html, schema: anything });
    assert.deepEqual(errors, []);
  });

  it("htmlReport(report) is light or dark as the reader's system is", () => {
    assert.match(htmlReport(sampleReport()), /:root { color-scheme: light;/); // and on paper
    assert.match(
      htmlReport(sampleReport()),
      /@media screen and \(prefers-color-scheme: dark\) { :root { color-scheme: dark;/,
    );
  });

  it("htmlReport(report) has the same tags whatever students write", () => {
    const harmless = tagsOf(htmlReport(withHostileText(sampleReport(), "harmless")));
    for (const text of hostileTexts) {
      const html = htmlReport(withHostileText(sampleReport(), text));
      assert.deepEqual(tagsOf(html), harmless, JSON.stringify(text));
    }
  });

  it("htmlReport(report) has no script, loads nothing, and its policy forbids both", () => {
    const html = htmlReport(sampleReport());
    assert.doesNotMatch(html, /<script|<link|<img|<iframe|\son\w+=|https?:/i);
    assert.match(
      html,
      /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/,
    );
  });

  it("htmlReport(one submission) has no summary of a class", () => {
    const [ada] = sampleReport().submissions;
    assert.doesNotMatch(htmlReport({ ...sampleReport(), submissions: [ada] }), /median/);
  });
});

describe("htmlReport of a class: a list to jump to, and a filter", () => {
  const report = sampleReport();
  report.roster = [
    { student: "ada", name: "Ada <Lovelace>" },
    { student: "dora", name: "Dora" },
  ];
  const page = htmlReport(report);

  it("each mark leads to its submission, and who is missing has a row", () => {
    for (const [i, { outcome, final }] of report.submissions.entries()) {
      assert(page.includes(`<a href="#s${i}">${outcome === "graded" ? final : outcome}</a>`));
      assert(page.includes(`<div id="s${i}" class="submission`));
    }
    assert(page.includes("<bdi>Ada &lt;Lovelace&gt;</bdi>"));
    assert(page.includes("<li>Dora (dora): nothing handed in</li>"));
  });

  it("without a script: what is chosen above hides what is not of it", () => {
    const classes = [...page.matchAll(/class="(submission[^"]*)"/g)].map(([, names]) => names);
    assert.deepEqual(classes, ["submission", "submission lost look", "submission lost look"]);
    assert(page.includes("body:has(#show-look:checked) .submission:not(.look) { display: none; }"));
    assert(!page.includes("<script"));
  });

  it("a page of one student names nobody else", () => {
    for (const [, own] of studentPages(report, new Date())) assert(!own.includes("Dora"));
  });
});
