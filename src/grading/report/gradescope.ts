import { counted } from "./counted";
import { formatPoints, roundPoints } from "./formatPoints";
import type { ExerciseReport, Feedback, GradeReport, SubmissionReport } from "./GradeReport";
import { onlyStudent } from "./onlyStudent";
import { levelAt, levelsOf } from "./visible";
import { toStudent } from "./toStudent";

/**
 * The report on one student as Gradescope's `results.json`. The score is the mark, late penalty and override
 * included; each test is a row with its points, and with what the feedback level lets the student see.
 * A test of which nothing may be said is hidden; one of which something may be said later shows itself, with
 * that, after the due date set at Gradescope. https://gradescope-autograders.readthedocs.io/en/latest/specs/
 *
 * @param at the time at which feedback is given
 * @throws ArgumentError when the report is not on one student
 */
export function gradescopeReport(report: GradeReport, at = new Date()): string {
  const submissions = onlyStudent("gradescopeReport", report);
  const results = {
    score: roundPoints(submissions.reduce((sum, { final }) => sum + final, 0)),
    output: [...adding(submissions), ...submissions.flatMap(summaryOf)].join("\n"),
    output_format: "text",
    test_output_format: "text",
    test_name_format: "text",
    visibility: "visible",
    stdout_visibility: "hidden", // what the grader prints is the instructor's
    tests: submissions.flatMap(({ exercises }) =>
      exercises.flatMap((exercise) => testsOf(exercise, at)),
    ),
    extra_data: {
      convbook: report.convbook,
      isolation: report.isolation,
      files: submissions.map(({ file, sha256 }) => ({ file, sha256 })),
    },
  };
  return JSON.stringify(results, undefined, 2) + "\n";
}

/** Says to whoever reads the score where several lessons were added up, which nobody may have wanted. */
function adding(submissions: readonly SubmissionReport[]): string[] {
  const lessons = [...new Set(submissions.flatMap(({ lesson }) => lesson ?? []))];
  return lessons.length > 1 ? [`The score adds up ${lessons.join(" and ")}.`] : [];
}

function testsOf(exercise: ExerciseReport, at: Date): object[] {
  const levels = levelsOf(exercise.tests, (feedback) => shownLevel(feedback, at));
  if (exercise.verdict === "by hand") return [byHandRow(exercise)];
  return exercise.tests.map((test, i) => ({
    name: `${exercise.id}: ${test.title}`,
    number: `${exercise.id}.${i + 1}`,
    score: test.earned,
    max_score: test.points,
    status: test.verdict === "passed" ? "passed" : "failed",
    output: toStudent(exercise, test, levels[i]),
    visibility: visibilityOf(test.feedback, at),
    tags: [exercise.id],
  }));
}

/** A question that is answered in words has no tests: its row holds what the instructor gave. */
function byHandRow({
  id,
  title,
  awarded,
  points,
  override,
  comment,
  remarks,
}: ExerciseReport): object {
  return {
    name: `${id}: ${title}`,
    number: id,
    score: awarded,
    max_score: points,
    output: [override?.reason, comment, ...remarks].filter(Boolean).join("\n"),
    visibility: "visible",
    tags: [id],
  };
}

function visibilityOf(feedback: Feedback, at: Date): "visible" | "after_due_date" | "hidden" {
  if (levelAt(feedback, at) !== "nothing") return "visible";
  return shownLevel(feedback, at) === "nothing" ? "hidden" : "after_due_date";
}

/** While a test is to be seen: now, or once it shows itself. */
function shownLevel(feedback: Feedback, at: Date): Feedback["level"] {
  const level = levelAt(feedback, at);
  return level === "nothing" && feedback.later ? feedback.later.level : level;
}

function summaryOf(submission: SubmissionReport): string[] {
  const { file, outcome, message, earned, points, late, override, final, exercises } = submission;
  if (outcome === "unreadable") return [`${file}: ${message ?? "it cannot be read"}`];
  const lines = [`${file}: ${formatPoints(final)} of ${formatPoints(points)} points`];
  const isLate = late !== undefined && late.days > 0;
  if (
    isLate ||
    override ||
    exercises.some(({ override, verdict }) => override && verdict !== "by hand")
  )
    lines.push(`  the tests gave ${formatPoints(earned)}`);
  for (const { id, override, verdict } of exercises)
    if (override && verdict !== "by hand")
      lines.push(`  ${id} was set to ${formatPoints(override.points)}: ${override.reason}`);
  if (isLate)
    lines.push(`  ${counted(late.days, "day")} late: ${formatPoints(late.penalty)} points less`);
  if (override)
    lines.push(`  the instructor gave ${formatPoints(override.points)}: ${override.reason}`);
  return lines;
}
