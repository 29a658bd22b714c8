import type { ExerciseReport, GradeReport, TestReport } from "#dist/grading/report/index.js";

/** What of a report is about one student. */
export function oneStudent(report: GradeReport, id: string): GradeReport {
  return { ...report, submissions: report.submissions.filter(({ student }) => student.id === id) };
}

/** The report with every test changed. */
export function withTests(
  report: GradeReport,
  change: (test: TestReport, exercise: ExerciseReport) => TestReport,
): GradeReport {
  const submissions = report.submissions.map((submission) => ({
    ...submission,
    exercises: submission.exercises.map((exercise) => ({
      ...exercise,
      tests: exercise.tests.map((test) => change(test, exercise)),
    })),
  }));
  return { ...report, submissions };
}
