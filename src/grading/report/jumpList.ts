import { escapeMarkup } from "../../notebook";
import { absenteeLines } from "./absent";
import { formatPoints } from "./formatPoints";
import type { GradeReport, SubmissionReport } from "./GradeReport";
import { htmlName, htmlTable } from "./page";
import { studentsIn } from "./students";

/** What is shown of a page of marks: a word for a class of submissions, and what the reader sees. */
const SHOWN = {
  all: "all",
  lost: "points lost",
  look: "worth a look: not graded, late, set by hand",
};

/** Buttons above the submissions. A page holds no script, so that its style alone hides what was not chosen. */
export const FILTER =
  `<p class="filter">Show ` +
  Object.entries(SHOWN)
    .map(
      ([name, label], i) =>
        `<label><input type="radio" name="shown" id="show-${name}"${i === 0 ? ' checked=""' : ""}/> ${label}</label>`,
    )
    .join(" ") +
  "</p>";

/** The style that goes with it. */
export const FILTERS =
  Object.keys(SHOWN)
    .slice(1)
    .map((name) => `body:has(#show-${name}:checked) .submission:not(.${name}) { display: none; }`)
    .join("\n") +
  "\n.submission:target { outline: 2px solid var(--accent); } .filter label { margin-left: 1em; }";

/** Which choices show a submission. */
export function classesOf({ outcome, final, points, ...rest }: SubmissionReport): string {
  const { late, override, extension, notCounted, comment, exercises } = rest;
  const byHand = exercises.some((one) => one.override ?? one.comment);
  const look =
    outcome !== "graded" || late || override || extension || notCounted || comment || byHand;
  return ["submission", ...(final < points ? ["lost"] : []), ...(look ? ["look"] : [])].join(" ");
}

/** A row for each student and a column for each lesson; each mark leads to its submission. */
export function marksTable(report: GradeReport): string {
  const { submissions, lessons, roster = [] } = report;
  const names = lessons.map(({ name }) => name);
  const columns = submissions.some(({ lesson }) => lesson === undefined)
    ? [...names, undefined]
    : names;
  const cells = new Map<string, string>();
  for (const [i, { student, lesson, outcome, final, notCounted }] of submissions.entries()) {
    const key = JSON.stringify([student.id, lesson]);
    const mark = outcome === "graded" ? formatPoints(final) : escapeMarkup(outcome);
    const link = `<a href="#s${i}"${notCounted ? ' class="faint"' : ""}>${mark}</a>`;
    cells.set(key, [cells.get(key), link].filter(Boolean).join(", "));
  }
  const rows = studentsIn(report)
    .sort()
    .map((id) => {
      const name = roster.find(({ student }) => student === id)?.name;
      const known =
        name === undefined || name === id ? "" : ` <span class="faint">${htmlName(name)}</span>`;
      const marks = columns.map((lesson) => cells.get(JSON.stringify([id, lesson])) ?? "–");
      return [htmlName(id) + known, ...marks];
    });
  const header = ["student", ...columns.map((name) => escapeMarkup(name ?? "no lesson"))];
  return `<h2>Students</h2>\n${htmlTable(header, rows)}`;
}

/** Who is on the roster, and missing; empty where nobody is. */
export function absentHtml(report: GradeReport): string {
  const lines = absenteeLines(report).map((line) => `<li>${escapeMarkup(line)}</li>`);
  return lines.length === 0 ? "" : `<h3>Missing</h3>\n<ul>${lines.join("")}</ul>`;
}
