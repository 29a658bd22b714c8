import type { LatePolicy, SubmissionReport } from "../report";
import { studentsIn } from "../report/students";
import type { Roster } from "../roster/roster";
import type { Extension } from "./extensions";
import type { WorthRow } from "./worth";

/** Extensions of nobody who is known: a name that is spelt otherwise would cost a penalty unseen. */
export function idleExtensions(
  rows: readonly Extension[],
  submissions: readonly SubmissionReport[],
  roster: Roster | undefined,
): string[] {
  const known = new Set(studentsIn({ submissions, roster: roster?.students }));
  return rows.flatMap(({ where, student }) =>
    known.has(student) ? [] : [`${where} gives more time to ${student}, who handed in nothing.`],
  );
}

/** Points of lessons of which nothing was handed in. */
export function idleWorth(rows: readonly WorthRow[], lessons: readonly string[]): string[] {
  return rows.flatMap(({ where, lesson }) =>
    lessons.includes(lesson) ? [] : [`${where} sets points of ${lesson}, which nobody handed in.`],
  );
}

/** Lessons that are due at no time, though others are. */
export function withoutDue(late: LatePolicy | undefined, lessons: readonly string[]): string[] {
  if (!late || late.due !== undefined) return [];
  const open = lessons.filter((lesson) => late.dues?.[lesson] === undefined);
  return open.map((lesson) => `--due says nothing of ${lesson}: nothing of it is late.`);
}
