import { readFileSync } from "node:fs";
import { join } from "node:path";
import { display, escapeMarkup } from "../notebook";
import type { Exercise } from "./Exercise";
import { COLOURS, cardHtml, inlineHtml } from "./html";
import { lessonFolder } from "../project";
import { requireOptions } from "../tensor";
import { exerciseById } from "./exercisesOf";
import { progressOf, remember } from "./progress";
import { extractFunction } from "../sources";

/**
 * Shows the next hint of an exercise, below those already seen.
 *
 * @param id the exercise, `"02.zeroPad"`
 * @throws ArgumentError for an id that no lesson has, with those that there are
 */
export function hint(id: string): void {
  const exercise = exerciseById("hint", id);
  const seen = Math.min(progressOf(id).hintsSeen + 1, exercise.hints.length);
  remember(id, { hintsSeen: seen });
  const left = exercise.hints.length - seen;
  const hints = exercise.hints.slice(0, seen);
  const next =
    left > 0 ? `${left} more: run this again.` : `That was the last. solution("${id}") shows ours.`;
  display({
    "text/html": cardHtml(
      COLOURS.help,
      `<b>Hint ${seen} of ${exercise.hints.length}</b> · ${escapeMarkup(`${id} ${exercise.title}`)}`,
      `<ol style="margin:4px 0 4px 1.2em;padding:0">${hints.map((text) => `<li>${inlineHtml(text)}</li>`).join("")}</ol><div style="opacity:.75">${escapeMarkup(next)}</div>`,
    ),
    "text/plain": [
      `Hint ${seen} of ${exercise.hints.length} for ${id}`,
      ...hints.map((text, i) => `${i + 1}. ${text}`),
      next,
    ].join("\n"),
  });
}

/**
 * Shows our solution: after the check has passed, or when it is asked for all the same.
 *
 * @param id the exercise, `"02.zeroPad"`
 * @param options `anyway: true` shows it before the check has passed
 * @throws ArgumentError for an id that no lesson has, with those that there are
 */
export function solution(id: string, options: { anyway?: boolean | undefined } = {}): void {
  const exercise = exerciseById("solution", id);
  requireOptions<{ anyway?: boolean }>("solution", options, { anyway: "flag" });
  const { verdict, hintsSeen, solutionSeen } = progressOf(id);
  if (verdict !== "passed" && !solutionSeen && !options.anyway) {
    const left = exercise.hints.length - hintsSeen;
    const hints =
      left > 0
        ? `There ${left === 1 ? "is a hint" : `are ${left} hints`} left: hint("${id}"). `
        : "";
    const text = `${hints}It opens once the check has passed. To see it now: solution("${id}", { anyway: true })`;
    const html = cardHtml(
      COLOURS.help,
      `<b>The solution of ${id} is still closed</b>`,
      `<div>${escapeMarkup(text)}</div>`,
    );
    display({ "text/html": html, "text/plain": text });
    return;
  }
  remember(id, { solutionSeen: true });
  const listing = solutionListing(exercise);
  const code = `<pre style="margin:6px 0;white-space:pre-wrap;font-family:var(--jp-code-font-family,monospace);font-size:13px">${escapeMarkup(listing)}</pre>`;
  const headline = `<b>One solution</b> · ${escapeMarkup(`${id} ${exercise.title}`)}`;
  display({ "text/html": cardHtml(COLOURS.help, headline, code), "text/plain": listing });
}

/** The text of a solution, with the helpers it calls, as it stands in the lesson's `solution.ts`. */
export function solutionListing(exercise: Exercise): string {
  const file = join(lessonFolder(exercise.lesson), "solution.ts");
  const extracted = extractFunction(
    [{ origin: file, text: readFileSync(file, "utf8") }],
    exercise.entry,
  );
  if (!extracted)
    throw new Error(`solution.ts of lesson ${exercise.lesson} does not declare ${exercise.entry}.`);
  return extracted.listing;
}
