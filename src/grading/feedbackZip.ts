import { buffer } from "node:stream/consumers";
import { type GradeReport, type SubmissionReport, studentPages } from "./report";
import { isPlatforms, type PlatformsName } from "./submissions/layouts/platforms";

/** What stands before a student's own name for the file, and finds them again: in Moodle a folder's name or a file's. */
const NAMED_BY: Record<PlatformsName, RegExp> = {
  "Moodle's name": /^[^/]{1,1200}?_\d{1,12}_assignsubmission_file_/,
  "Canvas's name": /^[^_/]{1,200}_(?:LATE_)?\d{1,12}_\d{1,12}_/,
};

/**
 * The students' pages as one zip that Moodle ("Upload multiple feedback files in a zip") and Canvas ("Upload
 * submissions") hand out to them: each is named as the platform named what the student handed in.
 *
 * @param at the time at which feedback is given
 * @returns undefined where no submission has a platform's name
 */
export async function feedbackZip(report: GradeReport, at: Date): Promise<Buffer | undefined> {
  const pages = new Map<string, string>();
  for (const student of new Set(report.submissions.map(({ student }) => student.id))) {
    const submissions = report.submissions.filter((one) => one.student.id === student);
    const place = submissions.flatMap((one) => placeOf(one) ?? [])[0];
    const [page] = studentPages({ ...report, submissions }, at).values();
    if (place !== undefined) pages.set(place, page);
  }
  if (pages.size === 0) return undefined;
  const { ZipFile } = require("yazl") as typeof import("yazl");
  const zip = new ZipFile();
  for (const [name, page] of pages) zip.addBuffer(Buffer.from(page), name, { mtime: at });
  zip.end();
  return buffer(zip.outputStream);
}

/** Of a group, the page of the one who handed in: the others' would lie in that one's place. */
function placeOf({ file, student: { foundIn } }: SubmissionReport): string | undefined {
  if (!isPlatforms(foundIn)) return undefined;
  const prefix = NAMED_BY[foundIn].exec(file)?.[0];
  if (prefix === undefined) return undefined;
  return file[prefix.length] === "/" ? `${prefix}/feedback.html` : `${prefix}feedback.html`;
}
