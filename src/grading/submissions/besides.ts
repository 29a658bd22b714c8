import type { FoundLessons } from "./lessonOf";

/** What a file was graded for. */
export interface LessonsOfFile extends FoundLessons {
  file: string;
  student: string;
}

/** So many times as many handed in the lesson of most. */
const NEARLY_NOBODY = 5;
/** So many files are named in a warning. */
const MOST_NAMED = 5;

/**
 * Lessons that count for no total, with the warning: those that no file is handed in as, by its name and its cells alike,
 * and those that nearly nobody handed in. Checks that one student has added would else give the whole class a column of
 * zeros, and that student points that nobody asked for. What more than half of all files hold is no student's doing.
 */
export function besidesIn(all: readonly LessonsOfFile[]): Map<string, string> {
  const filesOf = (lesson: string): LessonsOfFile[] =>
    all.filter(({ lessons }) => lessons.includes(lesson));
  const lessons = [...new Set(all.flatMap((one) => one.lessons))].sort();
  const studentsOf = (lesson: string): number =>
    new Set(filesOf(lesson).map(({ student }) => student)).size;
  const most = Math.max(...lessons.map(studentsOf));
  const besides = new Map<string, string>();
  for (const lesson of lessons) {
    const files = filesOf(lesson);
    const isOwn = ({ main, warning }: LessonsOfFile): boolean =>
      main === lesson && (warning === undefined || all.length === 1);
    const isCommon = all.length > 1 && 2 * files.length > all.length;
    const isRare = NEARLY_NOBODY * studentsOf(lesson) <= most;
    if (!isRare && (isCommon || files.some(isOwn))) continue;
    const named = files.map(({ file }) => file).sort();
    const more = named.length > MOST_NAMED ? ` and ${named.length - MOST_NAMED} more` : "";
    besides.set(
      lesson,
      `${lesson} counts for no total, since it was found only ${isRare ? "in" : "beside another lesson or under its name, in"} ` +
        `${named.slice(0, MOST_NAMED).join(", ")}${more}. Where it is to count, name the lessons that do with --lesson.`,
    );
  }
  return besides;
}
