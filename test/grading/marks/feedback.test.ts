import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { feedbackFor, readFeedback } from "#dist/grading/marks/feedback.js";

describe("readFeedback(text)", () => {
  it('readFeedback("message") is one level for all', () => {
    assert.deepEqual(readFeedback("message").default, { level: "message" });
  });

  it('readFeedback("verdict, difference from 2026-12-01T00:00Z") changes at that moment', () => {
    assert.deepEqual(readFeedback("verdict, difference from 2026-12-01T00:00Z").default, {
      level: "verdict",
      later: { from: "2026-12-01T00:00:00.000Z", level: "difference" },
    });
  });

  it('readFeedback("nothing, message from 2026-12-01") changes at midnight of this machine', () => {
    const { later } = readFeedback("nothing, message from 2026-12-01").default;
    assert.equal(later?.from, new Date(2026, 11, 1).toISOString());
  });

  for (const bad of ["all", "verdict, everything from 2026-12-01", "verdict, message", ""])
    it(`readFeedback("${bad}") is refused`, () =>
      assert.throws(() => readFeedback(bad), /--feedback must be nothing, verdict, message/));

  it("a file says it of exercises and tests; the nearest counts", () => {
    const folder = mkdtempSync(join(tmpdir(), "convbook-"));
    const file = join(folder, "feedback.json");
    const levels = { default: "message", "05.twin": "verdict", "05.twin: twin(x, 2)": "nothing" };
    writeFileSync(file, JSON.stringify(levels));
    const settings = readFeedback(file);
    const level = (exercise: string, title: string, own?: "difference", hidden = false) =>
      feedbackFor(settings, exercise, { title, ...(own && { feedback: own }) }, hidden).level;
    assert.equal(level("05.twin", "twin(x, 2)", "difference"), "nothing");
    assert.equal(level("05.twin", "twin(x, 3)", "difference"), "difference");
    assert.equal(level("05.twin", "twin(x, 3)", undefined, true), "verdict");
    writeFileSync(
      file,
      '{"default": "message", "05.twin": "difference", "05.twin: mine": "message"}',
    );
    const { others } = readFeedback(file);
    const open = { default: settings.default, others };
    const ofPrivate = (title: string) => feedbackFor(open, "05.twin", { title }, true).level;
    assert.equal(
      ofPrivate("twin(x, 3)"),
      "verdict",
      "a level of the exercise is not the private test's",
    );
    assert.equal(ofPrivate("mine"), "message");
    assert.equal(level("05.poolForward", "poolForward(x)"), "message");
    assert.equal(level("05.poolForward", "poolForward(x)", undefined, true), "verdict");
    writeFileSync(file, '{"05.twin": "loud"}');
    assert.throws(() => readFeedback(file), /feedback\.json, 05\.twin must be .* but is "loud"/);
    rmSync(folder, { recursive: true });
  });
});
