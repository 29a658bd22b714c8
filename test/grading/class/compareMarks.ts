import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gradeSubmissions, readSettings, type SubmissionReport } from "#dist/grading/index.js";
import { inProject } from "#dist/project/index.js";
import { notebookText } from "./notebookText";

/** That of `check`, so that both see the same inputs. */
export const SEED = "2026";

/** What the kernel and the grader make of notebooks, by their names. */
export interface BothMarks {
  /** The points by exercise that its checks showed. */
  kernel: Map<string, Record<string, number>>;
  graded: Map<string, SubmissionReport>;
}

/** Runs notebooks in stock tslab, and grades them. */
export async function compareMarks(
  notebooks: ReadonlyMap<string, readonly string[]>,
  lesson?: string,
): Promise<BothMarks> {
  const folder = mkdtempSync(join(tmpdir(), "convbook-styles-"));
  const submissions = join(folder, "submissions");
  try {
    mkdirSync(submissions);
    for (const [name, cells] of notebooks)
      writeFileSync(join(submissions, `${name}.ipynb`), notebookText(cells));
    const kernel = await marksInKernel(submissions);
    const settings = await readSettings({
      ...(lesson !== undefined && { lesson }),
      layout: "files",
      seed: SEED,
    });
    const { report } = await gradeSubmissions([submissions], settings);
    return {
      kernel,
      graded: new Map(report.submissions.map((one) => [one.student.id, one])),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The points by exercise that the checks of each notebook of a folder show in stock tslab, by the notebooks' names. */
export async function marksInKernel(
  submissions: string,
): Promise<Map<string, Record<string, number>>> {
  const folder = mkdtempSync(join(tmpdir(), "convbook-kernel-"));
  try {
    const env = {
      ...process.env,
      NBGRADER_EXECUTION: "1", // check says its points as data
      CONVBOOK_PROGRESS: join(folder, "progress.json"),
    };
    const marks = join(folder, "marks.jsonl");
    await promisify(execFile)(
      process.execPath,
      [join(__dirname, "kernelMarks.js"), submissions, marks],
      { cwd: inProject(), env, maxBuffer: 2 ** 26 },
    );
    const lines = readFileSync(marks, "utf8").trim().split("\n");
    return new Map(lines.map((line) => JSON.parse(line) as [string, Record<string, number>]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
