import { createHash } from "node:crypto";
import type { FeedbackLevel } from "../../exercises";
import type { ExerciseReport, Feedback, GradeReport, TestReport } from "./GradeReport";
import { htmlReport } from "./html";

/**
 * What students may see of a report: of each test what its feedback level allows at that time. Tests of which
 * nothing is told are left out, and so are the grader's warnings and what its sandbox lacks. Points stay: a mark is a mark. A student's
 * own code, what it printed and its type errors stay too, for they are nothing new to them.
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
  const { submissions, ...rest } = forStudents(report, at);
  const ids = [...new Set(submissions.map(({ student }) => student.id))];
  return new Map(
    ids.map((id) => {
      const theirs = submissions.filter(({ student }) => student.id === id);
      const lessons = rest.lessons.filter(({ name }) =>
        theirs.some(({ lesson }) => lesson === name),
      );
      return [fileNameFor(id), htmlReport({ ...rest, lessons, submissions: theirs })];
    }),
  );
}

/** The level of a test at a time. */
export function levelAt({ level, later }: Feedback, at: Date): FeedbackLevel {
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

/** A name that any file system takes; where characters had to go, a hash keeps two students apart. */
function fileNameFor(id: string): string {
  const plain = id
    .replace(/[^\w.@-]+/g, "_")
    .replace(/^\.+/, "_")
    .slice(0, 80);
  if (plain === id) return `${plain}.html`;
  return `${plain}-${createHash("sha256").update(id).digest("hex").slice(0, 8)}.html`;
}
