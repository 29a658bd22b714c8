import { groupBy } from "../groupBy";
import { bestOf } from "../report/bestOf";
import type { FilePolicy, SubmissionReport } from "../report";
import { dueFor, dueOfLesson } from "./extensions";
import { type Decisions, type Graded, type HandedIn, submissionReport } from "./submissionReport";

/** A submission with what became of it, before the instructor's decisions. */
export interface Marked {
  handedIn: HandedIn;
  graded: Graded;
}

/**
 * The marks of a class. A student's slip days go to the lessons in the order in which they were due, and to the
 * notebook that counts: of several for one lesson one counts, and the others say that they do not.
 */
export function markClass(all: readonly Marked[], decisions: Decisions): SubmissionReport[] {
  const students = groupBy(all, ({ handedIn }) => handedIn.student.id);
  return [...students.values()].flatMap((theirs) => markStudent(theirs, decisions));
}

function markStudent(all: readonly Marked[], decisions: Decisions): SubmissionReport[] {
  const lessons = [...groupBy(all, ({ graded }) => graded.lesson?.name ?? "").entries()];
  const dueOf = ([lesson, [{ handedIn }]]: (typeof lessons)[number]): number => {
    const due = decisions.late && dueOfLesson(decisions.late, lesson);
    const { extensions = [] } = decisions;
    return due ? Date.parse(dueFor(due, extensions, handedIn.student.id, lesson).due) : 0;
  };
  lessons.sort((a, b) => dueOf(a) - dueOf(b) || (a[0] < b[0] ? -1 : 1));
  let slipDays = decisions.late?.slipDays ?? 0;
  return lessons.flatMap(([lesson, files]) => {
    const reports = files.map(({ handedIn, graded }) =>
      submissionReport(handedIn, graded, decisions, slipDays),
    );
    if (lesson === "") return reports;
    const counted = thatCounts(reports, decisions.files ?? "best");
    slipDays -= counted?.late?.slipDays ?? 0;
    return reports.map((report) =>
      report === counted ? report : { ...report, notCounted: true as const },
    );
  });
}

/** Of several notebooks the one that counts, by the instructor's policy; one that could not be graded only where there is no other. */
export function thatCounts(
  reports: readonly SubmissionReport[],
  policy: FilePolicy,
): SubmissionReport | undefined {
  const graded = reports.filter(({ outcome }) => outcome === "graded");
  const among = graded.length > 0 ? graded : reports;
  if (policy === "best") return bestOf(among);
  const inOrder = [...among].sort(
    (a, b) =>
      timeOf(a) - timeOf(b) || copyOf(a.file) - copyOf(b.file) || (a.file < b.file ? -1 : 1),
  );
  return policy === "last" ? inOrder.at(-1) : inOrder[0];
}

function timeOf({ submitted }: SubmissionReport): number {
  return submitted ? Date.parse(submitted.at) : 0;
}

/** Files of one time go by what browsers and platforms add to a name that is taken: `02-padding (1).ipynb`, `-Copy1`, `-1`. */
function copyOf(file: string): number {
  return Number(/(?: ?\(|-Copy|-)(\d{1,4})\)?\.ipynb$/i.exec(file)?.[1] ?? 0);
}
