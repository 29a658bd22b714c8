import { someOf } from "../someOf";
import type { FoundLessons } from "./lessonOf";

/** What a file was graded for. */
export interface LessonsOfFile extends FoundLessons {
  file: string;
  /** Whose it is: all of a group's. */
  students: readonly string[];
  /** It lies in the grader's own folder of lessons, whose total nobody is marked by. */
  isOwn?: boolean;
}

/** Which lessons a student's total adds up. */
export interface LessonsThatCount {
  /** Those that were graded and count for none, each with the warning. */
  besides: Map<string, string>;
  /** The others, and who says so. */
  inWords: string;
  /** What the instructor should look at besides. */
  warnings: string[];
}

/**
 * The lessons that an instructor named are those that count. Where none is named, the class says it, and never one
 * student's files, of which there may be any number: a lesson counts that more than half as many students handed in as
 * that of most, and that is the main one of a file, or that more than half of all students have. Checks that one
 * student has added, or a notebook of a lesson that was not set, would else add points that nobody asked for, and
 * give the whole class a column of zeros. Of one student alone, who has no class to be compared with, one lesson counts.
 *
 * @param choose which of several lessons that one student alone handed in, in files of their own
 */
export function lessonsThatCount(
  all: readonly LessonsOfFile[],
  named?: readonly string[],
  choose: (lessons: readonly string[]) => ChosenLesson = ([lesson]) => ({ lesson, why: "first" }),
): LessonsThatCount {
  const byLesson = [...new Set(all.flatMap(({ lessons }) => lessons))].sort().map((lesson) => {
    const files = all.filter(({ lessons }) => lessons.includes(lesson));
    return { lesson, files, count: studentsOf(files).size };
  });
  if (named) {
    const alone = [...new Set(named)].sort().join(", ");
    return { besides: new Map(), inWords: `${alone}, as --lesson says`, warnings: [] };
  }
  const everybody = studentsOf(all).size;
  const most = Math.max(...byLesson.map(({ count }) => count));
  const besides = new Map<string, string>();
  const counting = new Map<string, string>();
  const isOwn = all.every((file) => file.isOwn);
  for (const { lesson, files, count } of byLesson) {
    const isRare = 2 * count <= most;
    const isCommon = everybody > 1 && 2 * count > everybody;
    const outOf = everybody > 1 ? ` (${count} of ${everybody} students)` : "";
    if (!isRare && (isCommon || files.some((file) => isOf(lesson, file, all.length))))
      counting.set(lesson, lesson + outOf);
    else
      besides.set(
        lesson,
        `${lesson}${outOf} counts for no total, since it was found only ${isRare ? "in" : "beside another lesson or under its name, in"} ` +
          `${someOf(files.map(({ file }) => file).sort())}. Where it is to count, name the lessons that do with --lesson.`,
      );
  }
  if (everybody === 1 && counting.size > 1 && !isOwn) {
    const several = [...counting.keys()];
    const { lesson: chosen, why } = choose(several);
    for (const lesson of several.filter((one) => one !== chosen)) {
      counting.delete(lesson);
      besides.set(
        lesson,
        `${lesson} counts for no total: one student handed in ${several.join(" and ")}, and nobody said which was set, so ` +
          `that ${chosen} counts, the ${why}. Name the lessons that count with --lesson.`,
      );
    }
  }
  const found = [...counting.values()].join(", ") || "no lesson";
  return {
    besides,
    inWords: `${found}, as what was handed in says${isOwn ? "" : "; --lesson would say it for certain"}`,
    warnings:
      counting.size > 1 && !isOwn
        ? [
            `The totals add up ${counting.size} lessons, ${found}, since nobody said which count: ` +
              "one that you did not set adds its points too. Name those that do with --lesson.",
          ]
        : [],
  };
}

/** Of several lessons the one that counts, and which of them that is: `"best"`. */
export interface ChosenLesson {
  lesson: string;
  why: string;
}

/** Whether a file is handed in as the lesson, by its name and its cells alike. */
function isOf(lesson: string, { main, warning }: LessonsOfFile, howMany: number): boolean {
  return main === lesson && (warning === undefined || howMany === 1);
}

function studentsOf(files: readonly LessonsOfFile[]): Set<string> {
  return new Set(files.flatMap(({ students }) => students));
}
