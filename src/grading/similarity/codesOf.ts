import type { GradeReport } from "../report";
import type { StudentCode } from "./compareClass";

/** What a class wrote, lesson by lesson. */
export type ClassCode = Map<string, StudentCode[]>;

/** What each student wrote, as the grader found it. A second notebook of a student stands for itself. */
export function codesOf(report: GradeReport): ClassCode {
  const codes: ClassCode = new Map();
  for (const { student, lesson, outcome, exercises } of report.submissions) {
    if (lesson === undefined || outcome !== "graded") continue;
    const code = exercises.flatMap(({ id, code }) =>
      code === undefined ? [] : [[id, code] as const],
    );
    addCode(codes, lesson, { student: student.id, code: new Map(code) });
  }
  return codes;
}

/** Adds a student's code to a lesson's. */
export function addCode(codes: ClassCode, lesson: string, code: StudentCode): void {
  codes.set(lesson, [...(codes.get(lesson) ?? []), code]);
}
