import { escapeMarkup } from "../../notebook";
import { counted } from "./counted";
import { formatPoints } from "./formatPoints";
import type { ExerciseReport, SubmissionReport, TestReport } from "./GradeReport";
import { htmlDetails, htmlName } from "./page";
import { slipped } from "./slipped";
import { SYMBOLS } from "./text";
import { type ShownTypeErrors, shownTypeErrors } from "./typeErrors";

/**
 * One submission on the page of marks: a line with its mark, and all the rest folded below it.
 *
 * @param open whether it stands open, with the exercises that are not right yet
 */
export function submissionHtml(submission: SubmissionReport, open: boolean): string {
  const { student, lesson, outcome, final, points, late, override, exercises } = submission;
  const mark =
    outcome === "graded"
      ? `<b>${formatPoints(final)}</b> of ${formatPoints(points)}`
      : `<b class="bad">${outcome}</b>`;
  const verdicts = exercises.map(
    ({ verdict }) => `<span class="${verdictClass(verdict)}">${SYMBOLS[verdict]}</span>`,
  );
  const remarks = [
    ...(late && late.days > 0 ? [`${counted(late.days, "day")} late`] : []),
    ...(override || exercises.some(({ override, verdict }) => override && verdict !== "by hand")
      ? ["set by hand"]
      : []),
  ];
  const headline =
    `<b>${htmlName(student.id)}</b> · ${escapeMarkup(lesson ?? "no lesson")} · ${mark}` +
    `<span class="verdicts">${verdicts.join("")}</span> <span class="faint">${remarks.join(", ")}</span>`;
  const facts = factsOf(submission).map((fact) => `<p>${escapeMarkup(fact)}</p>`);
  const typeErrors = shownTypeErrors(submission);
  const parts = exercises.map((exercise, i) =>
    exerciseHtml(
      exercise,
      typeErrors[i],
      open && !["passed", "by hand"].includes(exercise.verdict),
    ),
  );
  const origin = `<p class="faint">${escapeMarkup(originOf(submission))}</p>`;
  return htmlDetails(headline, [...facts, ...parts, origin].join("\n"), open);
}

/** Where all this comes from, with what it takes to have the mark again. */
function originOf({ file, student, sha256, codeHash, submitted }: SubmissionReport): string {
  const parts = [`${file}, SHA-256 ${sha256}.`, `The student is known from ${student.foundIn}.`];
  if (codeHash !== undefined) parts.push(`SHA-256 of its code ${codeHash}.`);
  if (submitted) parts.push(`Handed in ${timeInWords(submitted.at)}, says ${submitted.foundIn}.`);
  return parts.join(" ");
}

/** `"2026-11-20 20:15 UTC"` */
function timeInWords(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

function factsOf(submission: SubmissionReport): string[] {
  const { message, earned, late, override, extension, notCounted, comment } = submission;
  const facts: string[] = [];
  if (comment !== undefined) facts.push(`The instructor says: ${comment}`);
  if (notCounted) facts.push("Another notebook counts for this lesson.");
  if (extension) facts.push(`Due ${timeInWords(extension.due)}: ${extension.reason}`);
  if (message) facts.push(message);
  if (late && late.days > 0)
    facts.push(
      `${counted(late.days, "day")} late${slipped(late)}: ${formatPoints(late.penalty)} points less. ` +
        `${Math.round(late.factor * 100)}% of the points are kept.`,
    );
  if (override)
    facts.push(
      `The instructor gave ${formatPoints(override.points)} points in place of ` +
        `${formatPoints(earned)}: ${override.reason}`,
    );
  return facts;
}

function exerciseHtml(
  exercise: ExerciseReport,
  typeErrors: ShownTypeErrors,
  open: boolean,
): string {
  const { id, title, points, awarded, earned, verdict, override } = exercise;
  const headline =
    `<span class="${verdictClass(verdict)}">${SYMBOLS[verdict]} ${verdict}</span> ` +
    `<code>${escapeMarkup(id)}</code> ${escapeMarkup(title)}: ` +
    `<b>${formatPoints(awarded)}</b> of ${formatPoints(points)}`;
  const notes = [
    exercise.comment && `The instructor says: ${exercise.comment}`,
    exercise.message,
    exercise.diagnosis && `Recognised: ${exercise.diagnosis}`,
    override &&
      verdict === "by hand" &&
      `The instructor gave ${formatPoints(override.points)} points: ${override.reason}`,
    override &&
      verdict !== "by hand" &&
      `Set to ${formatPoints(override.points)} by the instructor, the tests gave ${formatPoints(earned)}: ${override.reason}`,
    exercise.changedInput ? "It writes into what it is given." : undefined,
    ...exercise.remarks,
    ...typeErrors.own.map(
      ({ cell, line, column, message }) =>
        `Type error in cell ${cell}, line ${line}, column ${column}: ${message}`,
    ),
    ...typeErrors.shared,
  ].filter((note): note is string => Boolean(note));
  const code =
    exercise.code === undefined ? [] : [htmlDetails("Code", preformatted(exercise.code))];
  const printed = exercise.output
    ? [htmlDetails("What it printed", preformatted(exercise.output))]
    : [];
  const body = [
    ...notes.map((note) => `<p>${escapeMarkup(note)}</p>`),
    `<ul>${exercise.tests.map(testHtml).join("\n")}</ul>`,
    ...code,
    ...printed,
  ];
  return htmlDetails(headline, body.join("\n"), open);
}

function testHtml(test: TestReport): string {
  const { title, verdict, earned, points, message, expected, actual } = test;
  const lines = [
    `<span class="${verdictClass(verdict)}">${SYMBOLS[verdict]} ${verdict}</span> ` +
      `<code>${escapeMarkup(title)}</code> ${formatPoints(earned)}/${formatPoints(points)}` +
      (test.private ? ' <span class="faint">(private)</span>' : ""),
  ];
  if (message) lines.push(escapeMarkup(message));
  if (expected !== undefined || actual !== undefined)
    lines.push(
      preformatted(`expected: ${expected ?? "nothing"}\nactual:   ${actual ?? "nothing"}`),
    );
  return `<li>${lines.join("<br>")}</li>`;
}

function verdictClass(verdict: TestReport["verdict"]): string {
  if (verdict === "passed") return "good";
  return ["not attempted", "withheld", "by hand"].includes(verdict) ? "faint" : "bad";
}

function preformatted(text: string): string {
  return `<pre>${escapeMarkup(text)}</pre>`;
}
