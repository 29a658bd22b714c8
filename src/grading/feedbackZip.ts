import { buffer } from "node:stream/consumers";
import { type GradeReport, studentPages } from "./report";

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
    // Of a group, the page of the one who handed in: the others' would lie in that one's place.
    const prefix = submissions.flatMap((one) => one.student.platform?.prefix ?? [])[0];
    const [page] = studentPages({ ...report, submissions }, at).values();
    if (prefix !== undefined) pages.set(`${prefix}feedback.html`, page);
  }
  if (pages.size === 0) return undefined;
  const { ZipFile } = require("yazl") as typeof import("yazl");
  const zip = new ZipFile();
  for (const [name, page] of pages) zip.addBuffer(Buffer.from(page), name, { mtime: at });
  zip.end();
  return buffer(zip.outputStream);
}
