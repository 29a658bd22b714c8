import assert from "node:assert/strict";
import { overview, textReport } from "#dist/grading/report/index.js";
import { hostileTexts, withHostileText } from "./hostileTexts";
import { sampleReport } from "./sampleReport";

describe("textReport", () => {
  it("textReport(report) says each mark and why points are missing", () => {
    const text = textReport(sampleReport());
    assert.match(text, /^ada · 05-pooling · ada\/05-pooling\.ipynb: 6 of 6 points$/m);
    assert.match(text, /^ {2}✗ 05\.poolForward Pool a batch of images: 4\/4$/m);
    assert.match(text, /^ {10}poolForward\(x, 3\): at \[0, 0, 0, 0\] expected 3, got -1\.$/m);
    assert.match(text, /You took the average & not the maximum/);
    assert.match(text, /cell 9, line 2, column 3: Type 'number'/);
    assert.match(text, /cleo .*: unreadable\n {2}It is not JSON/);
    assert.match(text, /Warning: overrides\.csv names "dora"/);
  });

  it("textReport(a class) ends in a summary, and one submission's does not", () => {
    assert.match(
      textReport(sampleReport()),
      /05-pooling: 2 submissions, mean 4\.6, median 4\.6 of 6/,
    );
    const [ada] = sampleReport().submissions;
    assert.doesNotMatch(textReport({ ...sampleReport(), submissions: [ada] }), /median/);
  });

  it("overview(report) has a line for each submission, the reason where one has no mark, and the summary", () => {
    const text = overview(sampleReport());
    assert.match(text, /^05-pooling\n {6}6 of 6 {2}✓✓ {2}ada$/m);
    assert.match(text, /^ {4}3\.2 of 6 {2}✗○ {2}bob, <jr\.> {2}2 days late$/m);
    assert.match(text, /^ {2}unreadable {2}cleo {2}cleo_05-pooling\.ipynb\n {14}It is not JSON/m);
    assert.match(text, /median 4\.6 of 6/);
    assert.doesNotMatch(text, /expected 3, got -1/);
  });

  it("textReport(report) lets nobody write a line of it, by a name or a message with a line break", () => {
    for (const write of [textReport, overview]) {
      const text = write(withHostileText(sampleReport(), "x\nzoe · 05-pooling · a: 6 of 6 points"));
      assert.match(text, /^ +zoe · /m);
      assert.doesNotMatch(text, /^zoe/m);
    }
  });

  it("textReport(report) lets no control character through to the terminal", () => {
    for (const text of hostileTexts)
      for (const write of [textReport, overview])
        assert.doesNotMatch(
          write(withHostileText(sampleReport(), text)),
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/,
        );
  });
});
