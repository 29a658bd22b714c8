import { escapeMarkup } from "../../notebook";
import { formatPoints } from "./formatPoints";
import type { GradeReport } from "./GradeReport";
import { htmlPage, htmlTable } from "./page";
import { submissionHtml } from "./submissionHtml";
import { type LessonSummary, summarise } from "./summary";

/** More than this of a list is for the canonical report. */
const LONGEST_LIST = 10;

/**
 * The report as one page to be read: how the class did, then each submission, its exercises folded away. It
 * is the instructor's, with every message; for students there are `studentPages`. It holds no script and loads nothing; what students wrote is text in it, whatever they wrote.
 */
export function htmlReport(report: GradeReport): string {
  const { submissions, lessons, isolation, warnings } = report;
  const lessonNames = lessons.map(({ name }) => name).join(", ") || "no lesson";
  const parts = [
    `<p>${submissions.length} submission${submissions.length === 1 ? "" : "s"}. ` +
      `${escapeMarkup(isolation.summary)}</p>`,
    list("bad", [
      ...warnings,
      ...isolation.missing.map((part) => `The sandbox is without ${part}.`),
    ]),
    ...(submissions.length > 1 ? summarise(report).map(summaryHtml) : []),
    "<h2>Submissions</h2>",
    ...submissions.map(submissionHtml),
  ];
  return htmlPage(`Marks: ${lessonNames}`, parts.join("\n"));
}

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

/** Ten bars, one for each tenth of the points; the numbers stand on them, so that no axis is needed. */
function histogram({ tenths, points }: LessonSummary): string {
  const most = Math.max(...tenths);
  const bars = tenths.map((count, i) => {
    const [low, high] = [i, i + 1].map((tenth) => formatPoints((tenth / 10) * points));
    const height = Math.round((count / most) * 80);
    return (
      `<td style="vertical-align:bottom;text-align:center;border:0">${count || ""}` +
      `<div class="bar" style="height:${height}px;width:3.2em"></div>` +
      `<span class="faint">${low} to ${high}</span></td>`
    );
  });
  return `<div class="scroll"><table aria-label="How many marks lie in each tenth of the points"><tr>${bars.join("")}</tr></table></div>`;
}

function list(className: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  const items = lines.map((line) => `<li>${escapeMarkup(line)}</li>`).join("");
  return `<ul class="${className}">${items}</ul>`;
}
