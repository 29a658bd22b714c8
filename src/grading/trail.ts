import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type GradeReport, type GradeRun, REPORT_SCHEMA } from "./report";
import { csvLine } from "./report/csv";
import { type Change, changesBetween } from "./report/changes";
import { replaceFile } from "../project";

/** Each change of a mark, from the first run on. */
export const TRAIL = "changes.csv";
const HEAD = ["at", "student", "lesson", "file", "before", "after", "why"];

/**
 * Adds to a folder's `changes.csv` what a new report changes against the one that lies there. To be called before the new
 * one takes its place.
 *
 * @returns the changes; none on a first run
 */
export async function writeTrail(
  folder: string,
  report: GradeReport,
  { finishedAt }: GradeRun,
): Promise<Change[]> {
  const before = earlierReport(path.join(folder, "grades.json"));
  const changes = before ? changesBetween(before, report) : [];
  if (changes.length === 0) return [];
  const file = path.join(folder, TRAIL);
  const lines = changes.map(({ student, lesson, file, before, after, why }) =>
    csvLine([finishedAt, student, lesson, file, before, after, why]),
  );
  const kept = existsSync(file) ? readFileSync(file, "utf8") : csvLine(HEAD);
  await replaceFile(file, kept + lines.join(""));
  return changes;
}

/** Undefined where there is none, or of another version. */
function earlierReport(file: string): GradeReport | undefined {
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as GradeReport;
    return report.schema === REPORT_SCHEMA ? report : undefined;
  } catch {
    return undefined;
  }
}
