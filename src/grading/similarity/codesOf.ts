import type { GradeReport } from "../report";
import type { StudentCode } from "./compareClass";

/** What each student wrote for a lesson, as the grader found it. A second notebook stands for itself. */
export function codesOf(report: GradeReport, lesson: string): StudentCode[] {
  return report.submissions
    .filter((submission) => submission.lesson === lesson)
    .map(({ student, exercises }) => ({
      student: student.id,
      code: new Map(
        exercises.flatMap(({ id, code }) => (code === undefined ? [] : [[id, code] as const])),
      ),
    }));
}
