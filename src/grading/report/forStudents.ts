import { byStudent } from "./byStudent";
import type { ExerciseReport, GradeReport } from "./GradeReport";
import { htmlReport } from "./html";
import { levelAt, levelsOf, visibleTest, visibleExercise } from "./visible";

/**
 * What students may see of a report: of each test what its feedback level allows at that time, see `visibleTest`. The
 * grader's warnings, the roster, what its sandbox lacks, where it found the files, which exercises have private tests and where
 * random inputs come from are left out. Points stay: a mark is a mark. A student's own code and its type errors stay
 * too, for they are nothing new to them.
 */
export function forStudents(report: GradeReport, at: Date): GradeReport {
  const { seed: _, roster: __, ...open } = report;
  const submissions = report.submissions.map((submission) => ({
    ...submission,
    exercises: submission.exercises.map((exercise) => exerciseForStudents(exercise, at)),
  }));
  const isolation = { ...report.isolation, missing: [] }; // nobody needs to know where a wall is thin
  const settings = { ...report.settings, layout: "", total: "", privateTests: [] };
  return { ...open, isolation, settings, submissions, warnings: [] };
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

function exerciseForStudents(exercise: ExerciseReport, at: Date): ExerciseReport {
  const { diagnosis: _, output: __, ...rest } = exercise;
  const levels = levelsOf(exercise.tests, (feedback) => levelAt(feedback, at));
  const tests = exercise.tests.flatMap((test, i) => {
    const { feedback } = test;
    const visible = visibleTest(test, levels[i]);
    return visible ? [{ ...visible, feedback }] : [];
  });
  return { ...rest, ...visibleExercise(exercise, at), tests };
}
