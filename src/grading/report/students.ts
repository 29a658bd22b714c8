import type { Enrolled, SubmissionReport } from "./GradeReport";

/** Everybody a report knows of: who handed in, in its order, then who is on the roster only. */
export function studentsIn({
  submissions,
  roster = [],
}: {
  submissions: readonly SubmissionReport[];
  roster?: readonly Enrolled[] | undefined;
}): string[] {
  const handedIn = submissions.map(({ student }) => student.id);
  return [...new Set([...handedIn, ...roster.map(({ student }) => student)])];
}
