import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import {
  feedbackZip,
  fillGradebook,
  type FindOptions,
  findSubmissions,
  formatNames,
  type GradeFlags,
  type GradeReport,
  gradeSubmissions,
  overview,
  readGradebook,
  readSettings,
  type ReportFormat,
  type ReportFormatName,
  reportFormats,
  reviewPage,
  textReport,
  writeReports,
  writeStudentPages,
} from "../grading";
import { codesOf, compareLessons } from "../grading/similarity";
import { printable } from "../notebook";
import { inProject, replaceFile } from "../project";
import { gradingProgress, onInterrupt } from "./gradingProgress";

interface Flags extends GradeFlags {
  format?: string[];
  similarity?: boolean;
  students?: boolean;
  review?: boolean;
  gradebook?: string;
  column?: string;
}

/** A learner's lessons are shown in full: there are not many more. */
const MOST_IN_FULL = 24;

/** What platforms take of one student at a time. */
const perStudent = Object.entries<ReportFormat>(reportFormats).flatMap(([name, format]) =>
  format.perStudent ? [name] : [],
);

const EXAMPLES = `
Examples:
  convbook grade                           your own notebooks, in work/
  convbook grade submissions --out reports --format csv html
  convbook grade 'submissions/*/05-pooling.ipynb' --out reports/05 --students

Ends with exit code 0 when everything was graded, whatever the marks.
docs/instructors.md takes you through.`;

/** Adds `convbook grade` to the program. */
export function addGradeCommand(program: Command): void {
  program
    .command("grade")
    .summary("grade saved notebooks: your own, or a class's")
    .description(
      "Takes the functions that the exercises ask for out of notebooks and puts them to the tests. The " +
        "notebooks' code runs in processes of its own that see no test, no solution and no file.",
    )
    .addHelpText("after", EXAMPLES)
    .argument(
      "[notebook...]",
      "notebooks as they were last saved, folders, zips or patterns; all in work/ when left out",
    )
    .option("--lesson <lessons>", "number or name of the lesson, or of those that count: 05,06")
    .option(
      "--layout <name>",
      "how they lie, where that is not found out: student, files, folders, groups, moodle, canvas, nbgrader, gradescope",
    )
    .option(
      "--out <folder>",
      "write grades.json there, and keep results: a second run grades what is new",
    )
    .option(
      "--format <name...>",
      `write other forms too: ${Object.keys(reportFormats).join(", ")}; of a class ${perStudent.join(" and ")} have a file for each student`,
    )
    .option("--jobs <number>", "submissions at a time (default: as many as there are cores)")
    .option(
      "--shard <part>",
      "grade one part of a class, 3/8, on one of several machines; without it, the report of all parts",
    )
    .option(
      "--seed <number>",
      "where random inputs come from (default: drawn once for the class, and kept in --out)",
    )
    .option("--timeout <seconds>", "for one call of an answer (default: 5)")
    .option("--memory <MiB>", "for the process of an answer (default: 512)")
    .option(
      "--gradebook <file>",
      "fill marks into Moodle's grading worksheet or Canvas's gradebook",
    )
    .option("--column <name>", "the gradebook's column, where its name does not say the lesson")
    .option("--roster <file>", "the class: CSV with student, name, email, id, group")
    .option(
      "--due <time>",
      "when submissions were due: 2026-11-20T23:59+01:00, or CSV with lesson, due",
    )
    .option("--late <percentage>", "what each day begun takes away: 10%/day")
    .option("--grace <time>", "how late costs nothing: 15m, 2h, 1d")
    .option("--floor <percentage>", "what a late submission keeps at least: 50%")
    .option(
      "--slip-days <number>",
      "days late that cost a student nothing, in all lessons together",
    )
    .option(
      "--extensions <file>",
      "more time for some: CSV with student, lesson, until or days, reason",
    )
    .option("--submitted <file>", "when each was handed in: CSV with student, submitted, lesson")
    .option(
      "--overrides <file>",
      "marks and comments of yours: CSV or JSON with student, lesson, exercise, points, reason, comment",
    )
    .option(
      "--points <file>",
      "what exercises and lessons are worth: CSV with lesson, exercise, points, bonus",
    )
    .option(
      "--count <which>",
      "which of several notebooks of a student counts: best, last or first (default: best)",
    )
    .option(
      "--private-tests <folder>",
      "tests of your own: 05-pooling/poolForward.ts exports tests",
    )
    .option(
      "--feedback <level>",
      'what students see of the tests: nothing, verdict, message, difference; "verdict, difference from 2026-12-01"; or a JSON file',
    )
    .option("--students", "write a page for each student too, with what they may see by now")
    .option(
      "--review",
      "write a page to read answers side by side too, and to write comments and points for --overrides",
    )
    .option("--similarity", "compare the students' code too, and write a page for each lesson")
    .action(gradeCommand);
}

async function gradeCommand(paths: string[], flags: Flags): Promise<void> {
  const formats = formatNames(flags.format ?? []);
  if (formats.length > 1 && flags.out === undefined)
    throw new Error("Several formats need a folder to go into: --out grades.");
  for (const pages of ["students", "similarity", "review"] as const)
    if (flags[pages] && flags.out === undefined)
      throw new Error(`--${pages} needs a folder to go into: --out grades.`);
  if (flags.gradebook !== undefined && flags.out === undefined)
    throw new Error("--gradebook needs a folder to go into: --out grades.");
  if (flags.column !== undefined && flags.gradebook === undefined)
    throw new Error("--column is a column of a gradebook: name that with --gradebook.");
  const gradebook = flags.gradebook === undefined ? undefined : readGradebook(flags.gradebook);
  const settings = await readSettings(flags);
  const notebooks = paths.length > 0 ? paths : notebooksInWork();
  if (flags.out === undefined) await requireOneStudent(notebooks, formats, settings);
  const progress = gradingProgress();
  onInterrupt(progress, flags.out);
  const { report, run } = await gradeSubmissions(notebooks, settings, progress.show).finally(
    progress.end,
  );
  if (flags.shard !== undefined) {
    const all = `${run.graded + run.kept} of the class are graded in part ${flags.shard}`;
    console.log(
      `${all}. When all parts are done, the same command without --shard writes the report.`,
    );
  } else if (flags.out === undefined) {
    process.stdout.write(
      formats.length === 1 ? reportFormats[formats[0]].write(report) : readable(report),
    );
  } else {
    const files = await writeReports(flags.out, report, run, formats);
    console.log(readable(report));
    if (gradebook) {
      const { text, notes } = fillGradebook(gradebook, report, flags.column);
      files.push(path.join(flags.out, "gradebook.csv"));
      await replaceFile(files.at(-1)!, text);
      console.log(notes.map((note) => `Gradebook: ${printable(note)}`).join("\n"));
    }
    if (flags.students) {
      const now = new Date();
      files.push(await writeStudentPages(path.join(flags.out, "students"), report, now));
      const zip = await feedbackZip(report, now);
      if (zip) {
        files.push(path.join(flags.out, "feedback.zip"));
        await replaceFile(files.at(-1)!, zip);
      }
    }
    if (flags.review) {
      files.push(path.join(flags.out, "review.html"));
      await replaceFile(files.at(-1)!, reviewPage(report, settings.overrides));
    }
    if (flags.similarity) {
      const alike = await compareLessons(codesOf(report), flags.out);
      for (const file of alike.files) files.push(file);
      console.log(alike.text);
    }
    console.log(`${run.graded} graded, ${run.kept} kept from before. Written: ${files.join(", ")}`);
  }
  requireAllGraded(report);
}

/** All of a few submissions; of a class what fits on some screens, since its files have the rest. */
function readable(report: GradeReport): string {
  return report.submissions.length > MOST_IN_FULL ? overview(report) : textReport(report);
}

/** What a platform takes of one student at a time is a file for each of several: that is known before grading. */
async function requireOneStudent(
  notebooks: readonly string[],
  formats: readonly ReportFormatName[],
  settings: FindOptions,
): Promise<void> {
  const name = formats.find((name) => perStudent.includes(name));
  if (name === undefined) return;
  const { submissions } = await findSubmissions(notebooks, settings);
  const students = new Set(submissions.map(({ student }) => student.id));
  if (students.size > 1)
    throw new Error(
      `${name} has a file for each of the ${students.size} students, which need a folder to go into: --out grades.`,
    );
}

/** A mark that the grader owes is no mark of 0. */
function requireAllGraded({ submissions }: GradeReport): void {
  const failed = submissions.filter(({ outcome }) => outcome === "not graded");
  if (failed.length === 0) return;
  const [{ file, message }] = failed;
  throw new Error(
    `the grader failed on ${failed.length} of ${submissions.length} submissions, which have no mark. The first, ${file}: ${message}`,
  );
}

/** The learner's own notebooks, lesson by lesson. */
function notebooksInWork(): string[] {
  const work = inProject("work");
  const names = existsSync(work) ? readdirSync(work) : [];
  const notebooks = names.filter((name) => /^\d\d-[\w-]+\.ipynb$/.test(name)).sort(); // no kept copies
  if (notebooks.length > 0) return notebooks.map((name) => path.join(work, name));
  throw new Error("There are no notebooks in work/ yet: npm start puts them there.");
}
