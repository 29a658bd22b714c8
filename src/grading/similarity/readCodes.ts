import { exercisesOf } from "../../exercises";
import { Reader } from "../../sandbox/reading/Reader";
import { findSubmissions } from "../submissions/findSubmissions";
import { lessonOf } from "../submissions/lessonOf";
import { readNotebook, UnreadableNotebook } from "../submissions/readNotebook";
import { readSubmission } from "../submissions/readSubmission";
import { addCode, type ClassCode } from "./codesOf";

/** More of one answer is not compared. */
const LONGEST_CODE = 64 * 1024;

/**
 * Reads what students wrote out of their notebooks, and runs nothing of it.
 *
 * @param places files, folders and patterns
 * @param lesson whole name; where it is left out, each file says it
 * @param watch is told how many have been read, and of how many
 * @returns the code, and the files that could not be read, with the reason
 * @throws Error when there are no notebooks
 */
export async function readCodes(
  places: readonly string[],
  lesson?: string,
  watch: (done: number, all: number) => void = () => {},
): Promise<{ codes: ClassCode; unread: string[] }> {
  const codes: ClassCode = new Map();
  const unread: string[] = [];
  const reader = new Reader();
  try {
    const found = await findSubmissions(places);
    for (const [i, { path, file, student }] of found.entries()) {
      watch(i, found.length);
      try {
        const text = readSubmission(path).toString("utf8");
        const name = lesson ?? lessonOf(file, text);
        if (name === undefined) {
          unread.push(`${file}: neither its name nor its text says which lesson it is`);
          continue;
        }
        addCode(codes, name, { student: student.id, code: await codeIn(text, name, reader) });
      } catch (error) {
        if (!(error instanceof UnreadableNotebook)) throw error;
        unread.push(`${file}: ${error.message}`);
      }
    }
  } finally {
    reader.close();
  }
  return { codes, unread };
}

async function codeIn(text: string, lesson: string, reader: Reader): Promise<Map<string, string>> {
  const { cells } = readNotebook(text);
  const exercises = exercisesOf(lesson);
  const entries = exercises.map(({ entry }) => entry);
  const read = await reader.do({ kind: "extract", pieces: cells, entries });
  if ("failed" in read) throw new UnreadableNotebook(`The code cannot be read: ${read.failed}.`);
  return new Map(
    exercises.flatMap(({ id }, i) => {
      const listing = read.result[i]?.listing;
      return listing === undefined ? [] : [[id, listing.slice(0, LONGEST_CODE)] as const];
    }),
  );
}
