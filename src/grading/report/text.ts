import { absenteeLines } from "./absent";
import { counted } from "./counted";
import { formatPoints } from "./formatPoints";
import type {
  ExerciseReport,
  GradeReport,
  ReportedVerdict,
  SubmissionReport,
  TestReport,
} from "./GradeReport";
import { printable } from "../../notebook";
import { slipped } from "./slipped";
import { type LessonSummary, summarise } from "./summary";
import { type ShownTypeErrors, shownTypeErrors } from "./typeErrors";

/** Marks for verdicts, the same in a terminal and on a page. */
export const SYMBOLS: Record<ReportedVerdict, string> = {
  passed: "✓",
  failed: "✗",
  error: "✗",
  timeout: "✗",
  refused: "✗",
  "not attempted": "○",
  withheld: "·",
  "by hand": "✎",
};

/**
 * The report to be read in a terminal: each submission with its exercises, and each test that did not pass
 * with its reason. Of a class the summary follows.
 */
export function textReport(report: GradeReport): string {
  const parts = report.submissions.map((submission) => submissionLines(submission));
  if (report.submissions.length > 1)
    for (const summary of summarise(report)) parts.push(summaryLines(summary));
  parts.push(closingLines(report));
  return inPrint(parts);
}

/** The same in short, for a class: a line for each submission, the marks below each other, then the summary. */
export function overview(report: GradeReport): string {
  const { submissions, lessons } = report;
  const width = submissions.reduce((most, one) => Math.max(most, markOf(one).length), 0);
  const line = (submission: SubmissionReport): string[] => {
    const { student, file, exercises, outcome, message = "", late } = submission;
    const mark = `  ${markOf(submission).padStart(width)}`;
    if (outcome !== "graded")
      return [`${mark}  ${student.id}  ${file}`, `${mark.replace(/./g, " ")}  ${message}`];
    const verdicts = exercises.map(({ verdict }) => SYMBOLS[verdict]).join("");
    const remark = late && late.days > 0 ? `  ${counted(late.days, "day")} late` : "";
    return [`${mark}  ${verdicts}  ${student.id}${remark}`];
  };
  const names = [...lessons.map(({ name }) => name), undefined];
  const groups = names.flatMap((name) => {
    const ofLesson = submissions.filter(({ lesson }) => lesson === name);
    return ofLesson.length > 0 ? [[name ?? "no lesson", ...ofLesson.flatMap(line)]] : [];
  });
  return inPrint([...groups, ...summarise(report).map(summaryLines), closingLines(report)]);
}

function markOf({ outcome, final, points }: SubmissionReport): string {
  return outcome === "graded" ? `${formatPoints(final)} of ${formatPoints(points)}` : outcome;
}

function inPrint(parts: readonly string[][]): string {
  return parts.map((lines) => printable(lines.map(hanging).join("\n"))).join("\n\n") + "\n";
}

/** What follows a line break stands further in: no message looks like a line of the report. */
function hanging(line: string): string {
  const margin = " ".repeat(line.search(/\S|$/) + 2);
  return line.replace(/\r\n|[\n\r\u2028\u2029]/g, `\n${margin}`);
}

function titleLines(submission: SubmissionReport): string[] {
  const { student, lesson, file, outcome, final, points, message } = submission;
  const title = `${student.id} · ${lesson ?? "no lesson"} · ${file}`;
  return outcome === "graded"
    ? [`${title}: ${formatPoints(final)} of ${formatPoints(points)} points`]
    : [`${title}: ${outcome}`, `  ${message ?? ""}`];
}

function submissionLines(submission: SubmissionReport): string[] {
  const { outcome, late, override, extension, notCounted, comment } = submission;
  const lines = titleLines(submission);
  if (outcome !== "graded") return lines;
  if (late && late.days > 0)
    lines.push(`  ${late.days} d late${slipped(late)}: ${formatPoints(late.penalty)} points less`);
  if (extension) lines.push(`  due ${extension.due}: ${extension.reason}`);
  if (notCounted) lines.push("  another notebook counts");
  if (comment !== undefined) lines.push(`  comment: ${comment}`);
  if (override) lines.push(`  set to ${formatPoints(override.points)}: ${override.reason}`);
  const typeErrors = shownTypeErrors(submission);
  return [
    ...lines,
    ...submission.exercises.flatMap((exercise, i) => exerciseLines(exercise, typeErrors[i])),
  ];
}

function exerciseLines(exercise: ExerciseReport, typeErrors: ShownTypeErrors): string[] {
  const { id, title, points, awarded, verdict, override, message, diagnosis, comment } = exercise;
  const marks = `${formatPoints(awarded)}/${formatPoints(points)}`;
  const lines = [`  ${SYMBOLS[verdict]} ${id} ${title}: ${marks}${suffix(verdict)}`];
  const given = verdict === "by hand" ? "given" : "set to";
  if (override) lines.push(`      ${given} ${formatPoints(override.points)}: ${override.reason}`);
  if (comment !== undefined) lines.push(`      comment: ${comment}`);
  for (const line of [message, diagnosis, ...exercise.remarks])
    if (line) lines.push(`      ${line}`);
  for (const { cell, line, column, message } of typeErrors.own)
    lines.push(`      cell ${cell}, line ${line}, column ${column}: ${message}`);
  for (const line of typeErrors.shared) lines.push(`      ${line}`);
  return [...lines, ...exercise.tests.flatMap(testLines)];
}

function testLines({ title, verdict, message }: TestReport): string[] {
  if (verdict === "passed" || verdict === "not attempted") return [];
  return [`      ${SYMBOLS[verdict]} ${title}`, ...(message ? [`          ${message}`] : [])];
}

function suffix(verdict: ReportedVerdict): string {
  return ["passed", "failed", "withheld"].includes(verdict) ? "" : ` (${verdict})`;
}

function summaryLines(summary: LessonSummary): string[] {
  const { name, count, mean, median, points, tenths, hardest, mistakes } = summary;
  return [
    `${name}: ${counted(count, "submission")}, mean ${formatPoints(mean)}, median ${formatPoints(median)} of ${points}`,
    `  marks by tenths of the points: ${tenths.join(" ")}`,
    ...hardest
      .slice(0, 5)
      .map(
        ({ passed, attempted, exercise, title }) =>
          `  ${passed} of ${attempted} passed ${exercise}: ${title}`,
      ),
    ...mistakes
      .slice(0, 5)
      .map(({ count, exercise, diagnosis }) => `  ${count} × ${exercise}: ${diagnosis}`),
  ];
}

function closingLines(report: GradeReport): string[] {
  const { isolation, warnings, settings, seed } = report;
  const absent = absenteeLines(report);
  return [
    ...(absent.length === 0 ? [] : [`On the roster, and missing: ${absent.length}`]),
    ...absent.map((line) => `  ${line}`),
    ...(settings.layout === "" ? [] : [`Whose they are: ${settings.layout}.`]),
    ...(settings.total === "" ? [] : [`Counts for the total: ${settings.total}.`]),
    ...(seed === undefined
      ? []
      : [`Random inputs come from seed ${seed}, which students need not know.`]),
    ...warnings.map((warning) => `Warning: ${warning}`),
    `${isolation.summary} ${isolation.missing.map((part) => `Missing: ${part}.`).join(" ")}`.trim(),
  ];
}
