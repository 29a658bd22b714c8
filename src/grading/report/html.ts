import { escapeMarkup } from "../../notebook";
import { counted } from "./counted";
import { formatPoints } from "./formatPoints";
import type { GradeReport } from "./GradeReport";
import { absentHtml, classesOf, FILTER, FILTERS, marksTable } from "./jumpList";
import { htmlBars, htmlPage, htmlTable } from "./page";
import { submissionHtml } from "./submissionHtml";
import { type LessonSummary, summarise } from "./summary";

/** More than this of a list is for the canonical report. */
const LONGEST_LIST = 10;

/** This many lessons are named in a title. */
const MOST_NAMES = 3;

/**
 * The report as one page to be read: how the class did, then each submission, its exercises folded away. On a
 * page about one student what is not right yet is open at once, and all of it on paper. The page is the
 * instructor's, with every message; for students there are `studentPages`. It holds no script and loads
 * nothing; what students wrote is text in it, whatever they wrote.
 */
export function htmlReport(report: GradeReport): string {
  const { submissions, lessons, isolation, warnings } = report;
  const students = new Set(submissions.map(({ student }) => student.id));
  const alone = students.size === 1;
  const names = lessons.map(({ name }) => name);
  const parts = [
    `<p>${counted(submissions.length, "submission")}. ${escapeMarkup(isolation.summary)}</p>`,
    ...(report.settings.layout === ""
      ? []
      : [`<p class="faint">Whose they are: ${escapeMarkup(report.settings.layout)}.</p>`]),
    ...(report.settings.total === ""
      ? []
      : [`<p>Counts for the total: ${escapeMarkup(report.settings.total)}.</p>`]),
    list("bad", [
      ...warnings,
      ...isolation.missing.map((part) => `The sandbox is without ${part}.`),
    ]),
    ...(alone ? [] : summarise(report).map(summaryHtml)),
    ...(alone ? [] : [marksTable(report), absentHtml(report)]),
    "<h2>Submissions</h2>",
    ...(alone ? [] : [FILTER]),
    ...submissions.flatMap((submission, i) => [
      ...(names.length > 1 && submission.lesson !== submissions[i - 1]?.lesson
        ? [`<h3>${escapeMarkup(submission.lesson ?? "No lesson")}</h3>`]
        : []),
      `<div id="s${i}" class="${classesOf(submission)}">${submissionHtml(submission, alone)}</div>`,
    ]),
  ];
  const about = [
    names.length > MOST_NAMES ? counted(names.length, "lesson") : names.join(", ") || "no lesson",
    ...(alone ? students : []),
  ];
  return htmlPage(`Marks: ${about.join(" · ")}`, parts.join("\n"), alone ? OPEN_ON_PAPER : FILTERS);
}

const OPEN_ON_PAPER =
  "@media print { details::details-content { content-visibility: visible; height: auto; } }";

function summaryHtml(summary: LessonSummary): string {
  const { name, points, count, mean, median, lowest, highest, hardest, mistakes } = summary;
  const figures = { mean, median, lowest, highest };
  const sentence = Object.entries(figures)
    .map(([figure, value]) => `${figure} ${formatPoints(value)}`)
    .join(", ");
  const parts = [
    `<h2>${escapeMarkup(name)}</h2>`,
    `<p>${count} graded; of ${formatPoints(points)} points: ${sentence}.</p>`,
    histogram(summary),
  ];
  if (hardest.length > 0) {
    const rows = hardest
      .slice(0, LONGEST_LIST)
      .map(({ exercise, title, passed, attempted }) => [
        escapeMarkup(exercise),
        `<code>${escapeMarkup(title)}</code>`,
        `${passed} / ${attempted}`,
      ]);
    parts.push("<h3>Hardest tests</h3>", htmlTable(["exercise", "test", "passed"], rows));
  }
  if (mistakes.length > 0) {
    const rows = mistakes
      .slice(0, LONGEST_LIST)
      .map(({ exercise, diagnosis, count }) => [
        escapeMarkup(exercise),
        escapeMarkup(diagnosis),
        `${count}`,
      ]);
    parts.push(
      "<h3>Most frequent mistakes</h3>",
      htmlTable(["exercise", "mistake", "students"], rows),
    );
  }
  return parts.join("\n");
}

/** Ten bars, one for each tenth of the points. */
function histogram({ tenths, points }: LessonSummary): string {
  const most = Math.max(...tenths);
  const bars = tenths.map((count, i) => {
    const [low, high] = [i, i + 1].map((tenth) => formatPoints((tenth / 10) * points));
    return { label: `${low}–${high}`, count, height: count / most };
  });
  return htmlBars("How many marks lie in each tenth of the points", bars, 80);
}

function list(className: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  const items = lines.map((line) => `<li>${escapeMarkup(line)}</li>`).join("");
  return `<ul class="${className}">${items}</ul>`;
}
