import path from "node:path";
import {
  byStudent,
  type GradeReport,
  type GradeRun,
  type ReportFormat,
  type ReportFormatName,
  reportFormats,
  studentPages,
} from "./report";
import { makeFolder, replaceFile } from "../project";
import { TRAIL, writeTrail } from "./trail";

/** The formats that were asked for. A list in one word, `csv,html`, is taken apart. */
export function formatNames(words: readonly string[]): ReportFormatName[] {
  const names = words.flatMap((word) => word.split(","));
  const known = Object.keys(reportFormats);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(
      `There is no format "${unknown}". Formats: ${known.join(", ")}. Notebooks come before --format.`,
    );
  return [...new Set(names as ReportFormatName[])];
}

/**
 * Writes a report into a folder, each file in one step: in the formats asked for and, always, as JSON, which the
 * others can be made from again. What marks it changes is added to `changes.csv`, with the reasons. When the run took
 * place stands in `run.json`, so that the report does not vary.
 *
 * @returns the files; of a format that has one for each student of several, their folder
 */
export async function writeReports(
  folder: string,
  report: GradeReport,
  run: GradeRun,
  formats: readonly ReportFormatName[],
): Promise<string[]> {
  const written: string[] = [];
  const changes = await writeTrail(folder, report, run);
  if (changes.length > 0) written.push(path.join(folder, TRAIL));
  for (const name of new Set<ReportFormatName>(["json", ...formats])) {
    const files = filesOf(name, report);
    await writeAll(folder, files);
    for (const top of new Set([...files.keys()].map((file) => file.split("/")[0])))
      written.push(path.join(folder, top));
  }
  await replaceFile(path.join(folder, "run.json"), `${JSON.stringify(run, undefined, 2)}\n`);
  return written;
}

/**
 * The files of a format, text by path. Where a platform takes one student at a time and there are several, each
 * has a folder: `gradescope/ada/results.json`. A student on whose work the grader failed has no file: it would
 * say 0 points.
 */
function filesOf(name: ReportFormatName, report: GradeReport): Map<string, string> {
  const { file, perStudent = false, write }: ReportFormat = reportFormats[name];
  if (!perStudent) return new Map([[file, write(report)]]);
  const students = byStudent(report);
  const graded = [...students].filter(([, { submissions }]) =>
    submissions.every(({ outcome }) => outcome !== "not graded"),
  );
  const pageOf = (student: string): string =>
    students.size === 1 ? file : `${name}/${student}/${file}`;
  return new Map(graded.map(([student, own]) => [pageOf(student), write(own)]));
}

/**
 * Writes a page for each student into a folder, with what they may see at that time.
 *
 * @returns the folder
 */
export async function writeStudentPages(
  folder: string,
  report: GradeReport,
  at: Date,
): Promise<string> {
  await writeAll(folder, studentPages(report, at));
  return folder;
}

async function writeAll(folder: string, texts: ReadonlyMap<string, string>): Promise<void> {
  for (const [file, text] of texts) {
    makeFolder(path.dirname(path.join(folder, file)));
    await replaceFile(path.join(folder, file), text);
  }
}
