import { escapeMarkup } from "../../notebook";
import { formatPoints } from "./formatPoints";
import type { ExerciseReport, SubmissionReport, TestReport } from "./GradeReport";
import { htmlDetails } from "./page";
import { SYMBOLS } from "./text";

/** One submission on the page of marks: a line with its mark, and all the rest folded below it. */
export function submissionHtml(submission: SubmissionReport): string {
  const { student, lesson, outcome, final, points } = submission;
  const mark =
    outcome === "graded"
      ? `<b>${formatPoints(final)}</b> of ${formatPoints(points)}`
      : `<b class="bad">${outcome}</b>`;
  const headline = `<b>${escapeMarkup(student.id)}</b> · ${escapeMarkup(lesson ?? "no lesson")} · ${mark}`;
  const facts = factsOf(submission).map((fact) => `<p>${escapeMarkup(fact)}</p>`);
  const printed = submission.output
    ? [htmlDetails("What it printed", preformatted(submission.output))]
    : [];
  return htmlDetails(
    headline,
    [...facts, ...submission.exercises.map(exerciseHtml), ...printed].join("\n"),
  );
}

function factsOf(submission: SubmissionReport): string[] {
  const { file, student, sha256, submitted, seed, message, earned, late, override } = submission;
  const facts = [`${file}, SHA-256 ${sha256}. The student is known from ${student.foundIn}.`];
  if (message) facts.push(message);
  if (submitted) facts.push(`Handed in ${submitted.at}, says ${submitted.foundIn}.`);
  if (seed !== undefined) facts.push(`Random inputs come from seed ${seed}.`);
  if (late && late.days > 0)
    facts.push(
      `${late.days} days late: ${formatPoints(late.penalty)} points less. ` +
        `${Math.round(late.factor * 100)}% of the points are kept.`,
    );
  if (override)
    facts.push(
      `The instructor gave ${formatPoints(override.points)} points in place of ` +
        `${formatPoints(earned)}: ${override.reason}`,
    );
  return facts;
}

function exerciseHtml(exercise: ExerciseReport): string {
  const { id, title, points, awarded, earned, verdict, override } = exercise;
  const headline =
    `<span class="${verdictClass(verdict)}">${SYMBOLS[verdict]} ${verdict}</span> ` +
    `<code>${escapeMarkup(id)}</code> ${escapeMarkup(title)}: ` +
    `<b>${formatPoints(awarded)}</b> of ${formatPoints(points)}`;
  const notes = [
    exercise.message,
    exercise.diagnosis && `Recognised: ${exercise.diagnosis}`,
    override &&
      `Set to ${formatPoints(override.points)} by the instructor, the tests gave ${formatPoints(earned)}: ${override.reason}`,
    exercise.changedInput ? "It writes into what it is given." : undefined,
    ...exercise.remarks,
    ...exercise.typeErrors.map(
      ({ cell, line, column, message }) =>
        `Type error in cell ${cell}, line ${line}, column ${column}: ${message}`,
    ),
  ].filter((note): note is string => Boolean(note));
  const code =
    exercise.code === undefined ? [] : [htmlDetails("Code", preformatted(exercise.code))];
  const body = [
    ...notes.map((note) => `<p>${escapeMarkup(note)}</p>`),
    `<ul>${exercise.tests.map(testHtml).join("\n")}</ul>`,
    ...code,
  ];
  return htmlDetails(headline, body.join("\n"));
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
  return verdict === "not attempted" ? "faint" : "bad";
}

function preformatted(text: string): string {
  return `<pre>${escapeMarkup(text)}</pre>`;
}
