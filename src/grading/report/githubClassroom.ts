import { counted } from "./counted";
import { formatPoints, roundPoints } from "./formatPoints";
import type { ExerciseReport, GradeReport, SubmissionReport } from "./GradeReport";
import { onlyStudent } from "./onlyStudent";
import { levelAt, levelsOf } from "./visible";
import { toStudent } from "./toStudent";

/** A row of the autograding reporter's log. It adds up the scores; a line number of 0 is not printed. */
interface Row {
  name: string;
  status: "pass" | "fail";
  message: string | null;
  line_no: 0;
  score: number;
}

/**
 * The report on one student as GitHub Classroom's autograding reporter takes it, from the environment and in
 * Base64: `base64 --wrap=0` makes it so. Late penalty and overrides are rows of their own, since the reporter
 * adds up the scores of the rows. (The table that it prints counts passed rows instead, whatever they are
 * worth; the total it sends to Classroom is the mark.)
 *
 * Tests of which the student may see nothing are put together, one row an exercise.
 *
 * @param at the time at which feedback is given
 * @throws ArgumentError when the report is not on one student
 */
export function githubClassroomReport(report: GradeReport, at = new Date()): string {
  const submissions = onlyStudent("githubClassroomReport", report);
  const tests = submissions.flatMap((submission) => rowsOf(submission, at));
  const result = {
    version: 1,
    status: tests.every(({ status }) => status === "pass") ? "pass" : "fail",
    max_score: submissions.reduce((sum, { points }) => sum + points, 0),
    tests,
  };
  return JSON.stringify(result, undefined, 2) + "\n";
}

function rowsOf(submission: SubmissionReport, at: Date): Row[] {
  const { file, outcome, message, exercises, late, override, final } = submission;
  if (outcome === "unreadable") return [row(file, false, 0, message ?? "It cannot be read.")];
  const rows = exercises.flatMap((exercise) => exerciseRows(exercise, at));
  const adjust = (to: number, name: string, reason: string | null): void => {
    const score = roundPoints(to - rows.reduce((sum, { score }) => sum + score, 0));
    if (score !== 0) rows.push(row(name, score > 0, score, reason));
  };
  if (override)
    adjust(final, `${file}: set to ${formatPoints(override.points)} points`, override.reason);
  else if (late) adjust(final, `${file}: ${counted(late.days, "day")} late`, null);
  return rows;
}

function exerciseRows(exercise: ExerciseReport, at: Date): Row[] {
  const levels = levelsOf(exercise.tests, (feedback) => levelAt(feedback, at));
  const silent = exercise.tests.filter((_, i) => levels[i] === "nothing");
  const rows = exercise.tests.flatMap((test, i) => {
    if (levels[i] === "nothing") return [];
    return row(
      `${exercise.id}: ${test.title}`,
      test.verdict === "passed",
      test.earned,
      test.verdict === "passed" ? null : toStudent(exercise, test, levels[i]),
    );
  });
  if (silent.length > 0) {
    const passed = silent.every(({ verdict }) => verdict === "passed");
    const earned = silent.reduce((sum, test) => sum + test.earned, 0);
    rows.push(row(`${exercise.id}: further tests`, passed, earned, null));
  }
  const { override } = exercise;
  if (override) {
    const score = roundPoints(override.points - exercise.earned);
    const name = `${exercise.id}: set to ${formatPoints(override.points)} points`;
    rows.push(row(name, score >= 0, score, override.reason));
  }
  return rows;
}

function row(name: string, passed: boolean, score: number, message: string | null): Row {
  const status = passed ? "pass" : "fail";
  return { name: harmless(name), status, message: message && harmless(message), line_no: 0, score };
}

/**
 * The reporter prints names and messages into a log in which GitHub takes `::notice ...::` and `##[...]` for
 * commands: an error message that a student wrote could report points of its own.
 */
function harmless(text: string): string {
  return text.replace(/:(?=:)/g, ": ").replaceAll("##[", "# #[");
}
