import { groupBy } from "../groupBy";
import type { FoundSubmission } from "./findSubmissions";
import { lessonByName } from "./lessonOf";

/** This many notebooks of one lesson, by their names, are graded of a student. */
const MOST_OF_LESSON = 10;
/** This many of all. */
const MOST = 60;

/**
 * Each notebook may take a minute and more of the processor, and the best counts: of a student who hands in hundreds, by a
 * zip that holds very many or by mistake, the last are graded. The others are named.
 */
export function withoutFloods(found: readonly FoundSubmission[]): {
  all: FoundSubmission[];
  passedOver: string[];
} {
  const passedOver: string[] = [];
  const kept = new Set<FoundSubmission>();
  for (const [student, theirs] of groupBy(found, ({ student }) => student.id)) {
    const byLesson = groupBy(theirs, ({ file }) => lessonByName(file) ?? "");
    const few = last(
      [...byLesson.values()].flatMap((some) => last(some, MOST_OF_LESSON)),
      MOST,
    );
    for (const one of few) kept.add(one);
    if (few.length < theirs.length)
      passedOver.push(
        `${student} handed in ${theirs.length} notebooks, of which the last ${few.length} are graded: at most ${MOST_OF_LESSON} of a ` +
          `lesson, and ${MOST} of all. Leave out what does not count, to have others graded.`,
      );
  }
  return { all: found.filter((one) => kept.has(one)), passedOver };
}

/** Those that came last, where it is known when they came. */
function last(some: readonly FoundSubmission[], most: number): FoundSubmission[] {
  if (some.length <= most) return [...some];
  const timed = some.map((one) => ({
    one,
    at: Date.parse((one.submitted ?? one.changed())?.at ?? "") || 0,
  }));
  timed.sort((a, b) => b.at - a.at || (a.one.file < b.one.file ? -1 : 1));
  return timed.slice(0, most).map(({ one }) => one);
}
