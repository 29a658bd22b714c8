import type { Enrolled, GradeReport } from "./GradeReport";

/** Those on the roster who handed in nothing at all, and those who left out lessons that others handed in. */
export function absentees({ roster = [], lessons, submissions }: GradeReport): Absentee[] {
  const handedIn = new Map<string, Set<string | undefined>>();
  for (const { student, lesson } of submissions)
    handedIn.set(student.id, (handedIn.get(student.id) ?? new Set()).add(lesson));
  return roster.flatMap((enrolled) => {
    const theirs = handedIn.get(enrolled.student);
    const missing = lessons.flatMap(({ name }) => (theirs?.has(name) ? [] : [name]));
    return missing.length > 0 || !theirs ? [{ enrolled, missing, altogether: !theirs }] : [];
  });
}

/** Somebody on the roster with lessons that are missing. */
export interface Absentee {
  enrolled: Enrolled;
  missing: string[];
  /** Nothing came, not even a file of no lesson. */
  altogether: boolean;
}

/** The same as lines to be read: `"Dora Diaz (dora): nothing"`. */
export function absenteeLines(report: GradeReport): string[] {
  return absentees(report).map(({ enrolled: { student, name }, missing, altogether }) => {
    const who = name === undefined || name === student ? student : `${name} (${student})`;
    return `${who}: ${altogether ? "nothing handed in" : `without ${missing.join(", ")}`}`;
  });
}
