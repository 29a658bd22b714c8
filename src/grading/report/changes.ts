import { formatPoints } from "./formatPoints";
import type { GradeReport, SubmissionReport } from "./GradeReport";

/** A mark that is another than in an earlier report. */
export interface Change {
  student: string;
  /** Empty where it is not known. */
  lesson: string;
  file: string;
  /** Empty where there was none. */
  before: string;
  /** Empty where there is none any more. */
  after: string;
  /** What made the difference, as far as the two reports show it. */
  why: string;
}

/** Which marks a report changes, and why, against an earlier one of the same class. */
export function changesBetween(before: GradeReport, after: GradeReport): Change[] {
  const old = new Map(before.submissions.map((one) => [keyOf(one), one]));
  const now = new Map(after.submissions.map((one) => [keyOf(one), one]));
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((key): Change[] => {
    const [was, is] = [old.get(key), now.get(key)];
    const [from, to] = [was, is].map(markOf);
    if (from === to && was && is) return [];
    const { student, lesson = "", file } = (is ?? was)!;
    const why =
      was && is ? reasons(was, is, before, after) : [is ? "handed in since" : "no longer there"];
    return [{ student: student.id, lesson, file, before: from, after: to, why: why.join("; ") }];
  });
}

function keyOf({ student, lesson, file }: SubmissionReport): string {
  return JSON.stringify([lesson, student.id, file]);
}

function markOf(one: SubmissionReport | undefined): string {
  if (one === undefined) return "";
  return one.outcome === "graded" || one.override ? formatPoints(one.final) : one.outcome;
}

function reasons(
  was: SubmissionReport,
  is: SubmissionReport,
  before: GradeReport,
  after: GradeReport,
): string[] {
  const differ = (part: (one: SubmissionReport) => unknown): boolean =>
    JSON.stringify(part(was)) !== JSON.stringify(part(is));
  const found: string[] = [];
  if (differ(({ sha256 }) => sha256)) found.push("another notebook");
  if (differ(({ outcome }) => outcome)) found.push(`${was.outcome} before, ${is.outcome} now`);
  if (differ(({ override }) => override))
    found.push(is.override ? `set by hand: ${is.override.reason}` : "no longer set by hand");
  if (differ(({ late }) => late)) found.push("lateness");
  const exercises = is.exercises.flatMap((exercise) => {
    const earlier = was.exercises.find(({ id }) => id === exercise.id);
    if (earlier?.awarded === exercise.awarded) return [];
    const why =
      earlier && JSON.stringify(earlier.override) !== JSON.stringify(exercise.override)
        ? exercise.override
          ? ` by hand: ${exercise.override.reason}`
          : " no longer by hand"
        : "";
    return [
      `${exercise.id} ${earlier ? formatPoints(earlier.awarded) : "new"} → ${formatPoints(exercise.awarded)}${why}`,
    ];
  });
  const byTests = exercises.length > 0 && !differ(({ sha256 }) => sha256);
  if (byTests && before.convbook !== after.convbook)
    found.push(`convbook ${before.convbook} → ${after.convbook}`);
  if (byTests && before.seed !== after.seed) found.push("another seed");
  if (byTests && JSON.stringify(before.lessons) !== JSON.stringify(after.lessons))
    found.push("other points or exercises");
  return [...found, ...exercises];
}
