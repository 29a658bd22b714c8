import { cardHtml, COLOURS, inlineHtml, progressOf, readProgress } from "../../exercises";
import { escapeMarkup, type MimeBundle, printable } from "../../notebook";
import { counted } from "../report/counted";
import { formatPoints } from "../report/formatPoints";
import type { ExerciseReport, GradeReport, SubmissionReport } from "../report";
import { SYMBOLS } from "../report/text";

/** What the grader has seen, and of which file. */
export interface Preview {
  report: GradeReport;
  /** When the file was saved, and when it was graded. */
  saved: Date;
  at: Date;
}

/** What the grader sees in a saved notebook, exercise by exercise, with a receipt. */
export function previewCard({ report, saved, at }: Preview): MimeBundle {
  const { submissions, warnings } = report;
  const parts = submissions.map((one) => ({ ...one, lines: one.exercises.map(linesOf) }));
  const headlines = submissions.map(headlineOf);
  const whens = [
    `This is the file as it was saved ${ago(at.getTime() - saved.getTime())}. Save it and run this again after a change.`,
    ...warnings,
  ];
  const receipts = submissions.map((one) => receiptOf(one, report, at));
  const text = parts.flatMap(({ lines }, i) => [
    headlines[i],
    ...lines.flatMap(({ headline, notes }) => [
      `  ${headline}`,
      ...notes.map((note) => `      ${note}`),
    ]),
  ]);
  const isWhole = submissions.every(
    ({ earned, points, outcome }) => outcome === "graded" && earned === points,
  );
  const html = parts.map(({ exercises, lines }, i) => {
    const rows = lines.map(({ headline, notes }, j) => exerciseHtml(exercises[j], headline, notes));
    return `<div style="margin-top:6px"><b>${escapeMarkup(headlines[i])}</b></div>${rows.join("")}`;
  });
  const faint = (lines: readonly string[]): string =>
    lines
      .map(
        (line) =>
          `<div style="opacity:.75;margin-top:6px;overflow-wrap:anywhere">${inlineHtml(line)}</div>`,
      )
      .join("");
  const card = cardHtml(
    isWhole ? COLOURS.good : COLOURS.help,
    "What the grader sees",
    html.join("") + faint([...whens, ...receipts]),
  );
  return {
    "text/html": printable(card),
    "text/plain": printable([...text, ...whens, ...receipts].join("\n")),
  };
}

function headlineOf({ lesson, file, outcome, message, earned, points }: SubmissionReport): string {
  if (outcome !== "graded") return `${file}: ${message ?? outcome}`;
  return `${lesson}: ${formatPoints(earned)} of ${formatPoints(points)} points`;
}

function linesOf(exercise: ExerciseReport): { headline: string; notes: string[] } {
  const { id, title, verdict, earned, points, message, diagnosis, remarks, typeErrors } = exercise;
  const failing = exercise.tests.find((test) => test.verdict !== "passed");
  const passedBefore = verdict !== "passed" && progressOf(id, readProgress()).verdict === "passed";
  return {
    headline: `${SYMBOLS[verdict]} ${id} ${title}: ${formatPoints(earned)} of ${formatPoints(points)}, ${verdict}`,
    notes: [
      message,
      diagnosis,
      ...typeErrors
        .slice(0, 1)
        .map(({ cell, line, message }) => `Cell ${cell}, line ${line}: ${message}`),
      ...(failing && !message && failing.message
        ? [`\`${failing.title}\`: ${failing.message}`]
        : []),
      ...remarks,
      ...(passedBefore
        ? [
            "In your record it is passed. Is the notebook saved as it was then, and does it run from top to bottom?",
          ]
        : []),
    ].filter((note): note is string => Boolean(note)),
  };
}

function exerciseHtml({ verdict }: ExerciseReport, headline: string, notes: string[]): string {
  const colour =
    verdict === "passed"
      ? COLOURS.good
      : verdict === "not attempted"
        ? COLOURS.neutral
        : COLOURS.bad;
  const [symbol, ...words] = headline.split(" ");
  const below = notes.map((note) => `<div style="margin-left:1.4em">${inlineHtml(note)}</div>`);
  return `<div><span style="color:${colour}">${symbol}</span> ${escapeMarkup(words.join(" "))}</div>${below.join("")}`;
}

/** What says later which file this was about. The file's hash changes with every output that is saved, the code's does not. */
function receiptOf(
  { file, sha256, codeHash, lesson, earned, points }: SubmissionReport,
  { seed, convbook }: GradeReport,
  at: Date,
): string {
  const time = `${at.toISOString().slice(0, 19)}Z`;
  const code = codeHash === undefined ? "" : `, of its code ${codeHash}`;
  const marks = `${formatPoints(earned)} of ${formatPoints(points)} points`;
  return `Receipt: ${file}, ${lesson ?? "no lesson"}, ${marks}, ${time}. SHA-256 of the file ${sha256}${code}. convbook ${convbook}, seed ${seed}.`;
}

function ago(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return "just now";
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return `${counted(minutes, "minute")} ago`;
  return hours < 48
    ? `${counted(hours, "hour")} ago`
    : `${counted(Math.floor(hours / 24), "day")} ago`;
}
