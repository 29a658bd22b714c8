import { escapeMarkup } from "../../notebook";
import { bestOf } from "../report/bestOf";
import { formatPoints } from "../report/formatPoints";
import { slipped } from "../report/slipped";
import type { GradedLesson, GradeReport, SubmissionReport } from "../report";
import { someOf } from "../someOf";
import { lessonNamedIn, lessonOfNumber } from "../submissions/lessonNames";
import { type Gradebook, gradebookText, isOfPoints } from "./readGradebook";
import { cell, rowsOf } from "./rowsOf";

/** A gradebook with marks in it. */
export interface FilledGradebook {
  /** To be taken back by the platform as it is. */
  text: string;
  /** What was done and what was left, a line each. */
  notes: string[];
}

/**
 * Fills a report's marks into a gradebook: brought to the platform's own maximum, and nothing else changed. Of those
 * who handed in nothing the cell is left as it is, or 0 where they are on the roster.
 *
 * @param column the gradebook's column, where its name does not say the lesson
 * @throws Error where none of the students is in it, or a lesson has no column
 */
export function fillGradebook(
  gradebook: Gradebook,
  report: GradeReport,
  column?: string,
): FilledGradebook {
  const { file } = gradebook;
  requireColumns(gradebook);
  const { students, unmatched } = rowsOf(gradebook, report);
  if (students.size === 0)
    throw new Error(
      `${file} has none of the ${unmatched.length} students: is it of another course? They are ` +
        `${someOf(unmatched)}. A roster can say who they are: --roster.`,
    );
  const rows = gradebook.rows.map((row) => [...row]);
  const notes: string[] = [];
  for (const { lesson, at } of columnsFor(gradebook, report, column)) {
    let [filled, left, locked, capped, excused] = [0, 0, 0, 0, 0];
    const scales = new Set<string>();
    for (const [i, row] of gradebook.rows.entries()) {
      const student = students.get(row);
      if (student === undefined) continue;
      const counted = countedOf(report, student, lesson);
      const absent = report.roster?.some((one) => one.student === student) ? 0 : undefined;
      const mark = counted?.outcome === "not graded" ? undefined : (counted?.final ?? absent);
      if (mark === undefined) left++;
      else if (/^no$/i.test(cell(gradebook, row, "Grade can be changed"))) locked++;
      else if (gradebook.kind === "canvas" && /^ex$/i.test(row[at].trim())) excused++;
      else {
        const maximum = maximumOf(gradebook, row, at);
        const most = numberIn(maximum) ?? lesson.points;
        if (most !== lesson.points) scales.add(formatPoints(most));
        const brought = (mark * most) / lesson.points;
        const tooMuch = gradebook.kind === "moodle" && brought > most; // which Moodle refuses
        if (tooMuch) capped++;
        const text = formatPoints(tooMuch ? most : brought);
        rows[i][at] = maximum.includes(",") ? text.replace(".", ",") : text;
        comment(gradebook, rows[i], counted);
        filled++;
      }
    }
    const scale =
      scales.size > 0
        ? `, brought from ${formatPoints(lesson.points)} to ${[...scales].join(" and ")} points`
        : "";
    notes.push(`${lesson.name}: ${filled} marks in "${gradebook.head[at]}"${scale}.`);
    if (left > 0) notes.push(`${left} without a mark, left as they were.`);
    if (capped > 0) notes.push(`${capped} cut to the maximum, of which Moodle takes no more.`);
    if (excused > 0) notes.push(`${excused} left as they were, since they are excused (EX).`);
    if (locked > 0)
      notes.push(`${locked} left as they were, since the platform lets nobody change them.`);
  }
  if (unmatched.length > 0)
    notes.push(`Not in ${file}, or not to be told apart there: ${someOf(unmatched)}.`);
  return { text: gradebookText({ ...gradebook, rows }), notes };
}

/**
 * What the two importers ask of a file, by their own source: where it is not there, Moodle and Canvas refuse the whole of
 * it, or pass over the marks without a word.
 */
function requireColumns({ kind, file, head, rows }: Gradebook): void {
  const wrong = (what: string): Error => new Error(`${file}, line 1: ${what}`);
  if (kind === "canvas") {
    const names = head[0].includes("LastName") ? 2 : 1;
    if (!head[names]?.includes("ID") || !head.includes("Section") || head.length < names + 3)
      throw wrong(
        "Canvas takes a gradebook that begins with Student (or LastName, FirstName), ID and, behind the logins, Section, as " +
          `it exports it. This has ${head.slice(0, 6).join(", ")}.`,
      );
    return;
  }
  if (!head.includes(MODIFIED))
    throw wrong(`Moodle takes no worksheet without the column "${MODIFIED}". Download it again.`);
  if (head.includes("Scale") && !head.includes("Maximum Grade"))
    throw wrong("the assignment is graded by the words of a scale, and marks are points.");
  const at = head.indexOf("Maximum Grade");
  if (at !== -1 && rows.length > 0 && rows.every((row) => Number(row[at].replace(",", ".")) === 0))
    throw wrong("the assignment has a maximum of 0 points, and Moodle takes none above it.");
}

/** By it Moodle sees whether somebody has changed a mark since. */
const MODIFIED = "Last modified (grade)";

function countedOf(
  { submissions }: GradeReport,
  student: string,
  lesson: GradedLesson,
): SubmissionReport | undefined {
  return bestOf(
    submissions.filter((one) => one.student.id === student && one.lesson === lesson.name),
  );
}

function columnsFor(
  { kind, file, head, rows }: Gradebook,
  report: GradeReport,
  column: string | undefined,
): { lesson: GradedLesson; at: number }[] {
  const lessons = report.lessons.filter(({ besides }) => !besides);
  const [only, ...others] = lessons;
  if (only === undefined) throw new Error("No lesson was graded that a gradebook could take.");
  if ((kind === "moodle" || column !== undefined) && others.length > 0)
    throw new Error(
      `${kind === "moodle" ? `${file} is about one assignment` : "--column is one column"}, and ${lessons.length} ` +
        `lessons were graded: grade one, --lesson ${only.name.slice(0, 2)}.`,
    );
  if (kind === "moodle") return [{ lesson: only, at: head.indexOf("Grade") }];
  const assignments = head.filter((name) => /\(\d{1,15}\)$/.test(name.trim()));
  const points = rows.find(isOfPoints);
  const writable = ({ lesson, at }: { lesson: GradedLesson; at: number }) => {
    if (!/read\s+only/i.test(points?.[at] ?? "")) return { lesson, at };
    throw new Error(`${file}: "${head[at]}" is read only, and Canvas takes no marks there.`);
  };
  const wrong = (what: string): Error =>
    new Error(`${file}, line 1: ${what}. Its assignments: ${assignments.join("; ") || "none"}.`);
  if (column !== undefined) {
    const at = head.findIndex(
      (name) => name === column || name.trim().replace(/ \(\d{1,15}\)$/, "") === column,
    );
    if (at === -1) throw wrong(`there is no column "${column}"`);
    return [writable({ lesson: only, at })];
  }
  return lessons.map((lesson) => {
    const found = assignments.filter((name) => lessonInTitle(name) === lesson.name);
    if (found.length === 1) return writable({ lesson, at: head.indexOf(found[0]) });
    throw wrong(
      `${found.length === 0 ? "no column is" : `${found.length} columns are`} called ${lesson.name} or ` +
        `${lesson.name.slice(0, 2)}; name it with --column`,
    );
  });
}

/** `05-pooling` of `05-pooling (88)`, of `05 Pooling (88)` and of `Lesson 05 (88)`. */
function lessonInTitle(title: string): string | undefined {
  const named = lessonNamedIn(title);
  if (named !== undefined) return named;
  const number = /(?:^|\s)(\d\d)(?=[\s:,.]|$)/.exec(title.replace(/\(\d{1,15}\)\s*$/, ""))?.[1];
  return number === undefined ? undefined : lessonOfNumber(number);
}

/** Moodle says it in each row, Canvas in a row of its own. */
function maximumOf(gradebook: Gradebook, row: readonly string[], at: number): string {
  if (gradebook.kind === "moodle") return cell(gradebook, row, "Maximum Grade");
  const points = gradebook.rows.find(isOfPoints);
  return points?.[at].trim() ?? "";
}

/** Of `100.00`, and `100,00` where the decimal point is a comma. */
function numberIn(text: string): number | undefined {
  const value = Number(text.replace(",", "."));
  return text !== "" && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** Moodle's comment, where there is none yet: the points, and what the instructor wrote. It is shown as HTML. */
function comment(gradebook: Gradebook, row: string[], counted: SubmissionReport | undefined): void {
  const at = gradebook.head.indexOf("Feedback comments");
  if (gradebook.kind !== "moodle" || at === -1 || row[at].trim() !== "") return;
  if (!counted) row[at] = "Nothing was handed in.";
  else {
    const lines = [
      counted.comment,
      ...counted.exercises.map(
        ({ id, awarded, points, comment, override }) =>
          `${id}: ${formatPoints(awarded)} of ${formatPoints(points)}${override ? ` (${override.reason})` : ""}${comment === undefined ? "" : `. ${comment}`}`,
      ),
      counted.late && counted.late.days > 0
        ? `${counted.late.days} d late${slipped(counted.late)}: ${formatPoints(counted.late.penalty)} points less`
        : undefined,
      counted.override
        ? `Set to ${formatPoints(counted.override.points)}: ${counted.override.reason}`
        : undefined,
    ];
    row[at] = lines.flatMap((line) => (line === undefined ? [] : escapeMarkup(line))).join("<br>");
  }
}
