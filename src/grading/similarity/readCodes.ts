import { exercisesOf } from "../../exercises";
import { Reader } from "../../sandbox";
import { findSubmissions } from "../submissions/findSubmissions";
import { lessonsOf } from "../submissions/lessonOf";
import { type NotebookFile, UnreadableNotebook } from "../../sources";
import { addCode, type ClassCode } from "./codesOf";

/** More of one answer is not compared. */
const LONGEST_CODE = 64 * 1024;

/**
 * Reads what students wrote out of their notebooks, and runs nothing of it.
 *
 * @param paths files, folders and patterns
 * @param options the whole name of the lesson, where the files do not say it; and the folder that is written to
 * @param watch hears how many have been read, and of how many
 * @returns the code, and the files that could not be read, with the reason
 * @throws Error when there are no notebooks
 */
export async function readCodes(
  paths: readonly string[],
  { lesson, out }: { lesson?: string | undefined; out?: string | undefined } = {},
  watch: (done: number, all: number) => void = () => {},
): Promise<{ codes: ClassCode; unread: string[] }> {
  const codes: ClassCode = new Map();
  const unread: string[] = [];
  const reader = new Reader();
  try {
    const { submissions: found, warnings } = await findSubmissions(paths, { out });
    for (const warning of warnings) unread.push(warning);
    for (const [i, { read, file, student }] of found.entries()) {
      watch(i, found.length);
      try {
        const notebook = await notebookIn(await read(), reader);
        const names = lesson === undefined ? lessonsOf(file, notebook).lessons : [lesson];
        if (names.length === 0)
          unread.push(`${file}: neither its name nor its text says which lesson it is`);
        for (const name of names)
          addCode(codes, name, { student: student.id, code: await codeIn(notebook, name, reader) });
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

async function notebookIn(bytes: Uint8Array, reader: Reader): Promise<NotebookFile> {
  const read = await reader.do({ kind: "read", bytes });
  if ("failed" in read) throw new UnreadableNotebook(read.failed);
  return read.result;
}

async function codeIn(
  { cells }: NotebookFile,
  lesson: string,
  reader: Reader,
): Promise<Map<string, string>> {
  const ids = exercisesOf(lesson).map(({ id }) => id);
  const task = { kind: "extract", sources: cells, others: [], entries: ids, refused: [] } as const;
  const read = await reader.do(task);
  if ("failed" in read) throw new UnreadableNotebook(`The code cannot be read: ${read.failed}.`);
  return new Map(
    ids.flatMap((id, i) => {
      const answer = read.result[i];
      return "listing" in answer ? [[id, answer.listing.slice(0, LONGEST_CODE)] as const] : [];
    }),
  );
}
