import type { FeedbackLevel } from "../../exercises";
import { byStudent } from "./byStudent";
import type { ExerciseReport, Feedback, GradeReport, TestReport } from "./GradeReport";
import { htmlReport } from "./html";

/**
 * What students may see of a report: of each test what its feedback level allows at that time. Tests of which
 * nothing is told are left out, and so are the grader's warnings and what its sandbox lacks. Points stay: a
 * mark is a mark. A student's own code, what it printed and its type errors stay too, for they are nothing new
 * to them.
 */
export function forStudents(report: GradeReport, at: Date): GradeReport {
  const submissions = report.submissions.map((submission) => ({
    ...submission,
    exercises: submission.exercises.map((exercise) => exerciseForStudents(exercise, at)),
  }));
  const isolation = { ...report.isolation, missing: [] }; // nobody needs to know where a wall is thin
  return { ...report, isolation, submissions, warnings: [] };
}

/**
 * A page for each student, by file name: `ada.html`. A page holds nothing of anybody else's.
 *
 * @param at the time at which feedback is given: some may be for later
 */
export function studentPages(report: GradeReport, at: Date): Map<string, string> {
  const students = byStudent(forStudents(report, at));
  return new Map([...students].map(([name, own]) => [`${name}.html`, htmlReport(own)]));
}

/** The level of a test at a time. */
function levelAt({ level, later }: Feedback, at: Date): FeedbackLevel {
  return later && new Date(later.from) <= at ? later.level : level;
}

function exerciseForStudents(exercise: ExerciseReport, at: Date): ExerciseReport {
  const { diagnosis, message, ...rest } = exercise;
  const tests = exercise.tests.flatMap((test) => testForStudents(test, levelAt(test.feedback, at)));
  const explained = exercise.tests.some(
    ({ verdict, feedback }) =>
      verdict !== "passed" && ["message", "difference"].includes(levelAt(feedback, at)),
  );
  return {
    ...rest,
    tests,
    verdict: tests.find(({ verdict }) => verdict !== "passed")?.verdict ?? "passed",
    ...(message !== undefined && { message }), // what is missing or refused they must know
    ...(explained && diagnosis !== undefined && { diagnosis }),
  };
}

function testForStudents(test: TestReport, level: FeedbackLevel): TestReport[] {
  if (level === "nothing") return [];
  const { message, expected, actual, ...verdict } = test;
  if (level === "verdict") return [verdict];
  return level === "message" ? [{ ...verdict, ...(message !== undefined && { message }) }] : [test];
}
