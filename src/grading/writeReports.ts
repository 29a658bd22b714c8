import { mkdirSync } from "node:fs";
import path from "node:path";
import {
  type GradeReport,
  type GradeRun,
  type ReportFormatName,
  reportFormats,
  studentPages,
} from "./report";
import { writeWhole } from "./resultStore";

/** The formats that were asked for. A list in one word, `csv,html`, is taken apart. */
export function formatNames(words: readonly string[]): ReportFormatName[] {
  const names = words.flatMap((word) => word.split(","));
  const known = Object.keys(reportFormats);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no format "${unknown}". Formats: ${known.join(", ")}.`);
  return [...new Set(names as ReportFormatName[])];
}

/**
 * Writes a report into a folder, each file in one step: in the formats asked for and, always, as JSON, which the
 * others can be made from again. When the run took place stands in `run.json`, so that the report does not vary.
 *
 * @returns the files
 * @throws what a format refuses (Gradescope's is about one student), when all others have been written
 */
export async function writeReports(
  folder: string,
  report: GradeReport,
  run: GradeRun,
  formats: readonly ReportFormatName[],
): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const texts = new Map<string, string>();
  const refusals: unknown[] = [];
  for (const name of new Set<ReportFormatName>(["json", ...formats])) {
    const { file, write } = reportFormats[name];
    try {
      texts.set(path.join(folder, file), write(report));
    } catch (refusal) {
      refusals.push(refusal);
    }
  }
  for (const [file, text] of texts) await writeWhole(file, text);
  await writeWhole(path.join(folder, "run.json"), `${JSON.stringify(run, undefined, 2)}\n`);
  if (refusals.length > 0) throw refusals[0];
  return [...texts.keys()];
}

/**
 * Writes a page for each student into a folder, with what they may be told at that time.
 *
 * @returns the folder
 */
export async function writeStudentPages(
  folder: string,
  report: GradeReport,
  at: Date,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  for (const [file, html] of studentPages(report, at))
    await writeWhole(path.join(folder, file), html);
  return folder;
}
