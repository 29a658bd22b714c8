import type { GradeReport } from "../report";
import type { StudentCode } from "./compareClass";

/** What a class wrote, lesson by lesson. */
export type ClassCode = Map<string, StudentCode[]>;

/**
 * What each student wrote, as the grader found it. A second notebook of a student stands for itself; a group's notebook
 * is one, under the name of the first of them.
 */
export function codesOf(report: GradeReport): ClassCode {
  const codes: ClassCode = new Map();
  const seen = new Set<string>();
  for (const { student, file, lesson, outcome, exercises } of report.submissions) {
    if (lesson === undefined || outcome !== "graded") continue;
    const notebook = JSON.stringify([lesson, file]);
    if (seen.has(notebook)) continue;
    seen.add(notebook);
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
