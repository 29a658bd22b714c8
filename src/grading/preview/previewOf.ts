import { lstatSync } from "node:fs";
import { gradeSubmissions } from "../gradeSubmissions";
import { readSettings } from "../settings";
import type { Preview } from "./previewCard";

/**
 * What the grader makes of one file.
 *
 * @param seed where random inputs come from; drawn, where it is left out
 */
export async function previewOf(file: string, seed?: number): Promise<Preview> {
  const settings = await readSettings({ layout: "student", jobs: "1" });
  const saved = lstatSync(file).mtime;
  const { report } = await gradeSubmissions([file], {
    ...settings,
    ...(seed !== undefined && { seed }),
  });
  return { report, saved, at: new Date() };
}
