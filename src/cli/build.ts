import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { exerciseById, solutionListing } from "../exercises";
import { projectRoot } from "../project";
import { type CellRun, type ExecutedNotebook, executeNotebooks } from "./notebooks/execute";
import type { ExpandedLesson } from "./notebooks/expand";
import { keepOutputs } from "./notebooks/keepOutputs";
import { findLessons, type Lesson, selectLessons } from "./notebooks/lessons";
import { buildForNbgrader } from "./notebooks/nbgrader";
import { isExecutable, readNotebook, writeNotebook } from "./notebooks/notebook";
import {
  describeProblems,
  notebookProblems,
  type Problem,
  runProblems,
} from "./notebooks/problems";
import { addStaticPictures } from "./notebooks/pictures";
import { readLessons } from "./notebooks/read";
import { printLessons } from "./printPdf";
import type * as TypeCheck from "./notebooks/typeCheck";

/** Adds `convbook build` to the program. */
export function addBuildCommand(program: Command): void {
  program
    .command("build")
    .summary("build the notebooks of lessons from their sources")
    .description(
      "Builds notebooks/NN-name.ipynb from lessons/NN-name: expands the exercises, type-checks the cells, " +
        "executes them in stock tslab and adds a picture to each figure. A notebook with a failing cell " +
        "is not written.",
    )
    .argument(
      "[lesson...]",
      "numbers or names of lessons: 02, 02-padding, padding; all when left out",
    )
    .option("--no-pictures", "quicker, to try a lesson out; npm test wants the pictures")
    .option(
      "--busy",
      "let cells be silent for long: for a machine that does other work; build again when it is quiet",
    )
    .option(
      "--text",
      "take changes of the text into the built notebooks, with the outputs that they have; refused where code changed",
    )
    .option(
      "--nbgrader <folder>",
      "write a class's folder for nbgrader instead, and execute nothing",
    )
    .option(
      "--pdf",
      "print the built notebooks to build/pdf/ instead, and execute nothing; a notebook of your own, given by its path, is printed beside itself",
    )
    .action(async (wanted: string[], options: CommandOptions) => {
      if (options.pdf) return printLessons(wanted);
      compileLessons();
      if (options.nbgrader !== undefined) {
        await buildForNbgrader(selectLessons(findLessons(), wanted), options.nbgrader);
        return;
      }
      const lessons = selectLessons(findLessons(), wanted);
      const failures = options.text
        ? await takeText(lessons)
        : await buildLessons(lessons, options);
      if (failures > 0) process.exitCode = 1;
    });
}

interface CommandOptions extends BuildOptions {
  nbgrader?: string;
  pdf?: boolean;
  text?: boolean;
}

interface BuildOptions {
  /** Whether the machine does other work, so that a cell's seconds say nothing about the cell. */
  busy?: boolean;
  /** Whether each figure gets a static picture. */
  pictures: boolean;
}

/** Compiles the library and the lessons' exercises, so that the notebooks meet what the sources say now. */
function compileLessons(): void {
  const compiler = require.resolve("typescript/bin/tsc");
  const { status } = spawnSync(process.execPath, [compiler, "--build", "lessons"], {
    cwd: projectRoot,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("The lessons do not compile: see the errors above.");
}

/**
 * Builds the notebooks of lessons, and prints a line for each, or its problems.
 *
 * @returns the number of lessons that failed; their notebooks are left as they were
 */
async function buildLessons(lessons: readonly Lesson[], options: BuildOptions): Promise<number> {
  const expanded = await readLessons(lessons);
  const { typeErrors } = require("./notebooks/typeCheck") as typeof TypeCheck; // loads the compiler
  const errors = typeErrors(expanded, (id) => solutionListing(exerciseById("build", id)));
  const sound = expanded.filter((_, i) => errors[i].length === 0);
  const executed = await executeNotebooks(
    new Map(sound.map(({ name, notebook }) => [name, notebook])),
  );

  let failures = 0;
  for (const [i, lesson] of lessons.entries()) {
    const run = executed.get(lesson.name);
    const problems = run
      ? describeProblems(expanded[i], await finish(lesson, run, options))
      : errors[i];
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) failures++;
    else console.log(summary(expanded[i], run!.runs));
  }
  return failures;
}

/** Writes an executed notebook, unless something is wrong with it. */
async function finish(
  lesson: Lesson,
  { notebook, runs }: ExecutedNotebook,
  options: BuildOptions,
): Promise<Problem[]> {
  const failed = runProblems(notebook, runs, options.busy ? Infinity : undefined);
  if (failed.length > 0) return failed;
  const illustrated = options.pictures ? await addStaticPictures(notebook) : notebook;
  const problems = notebookProblems(illustrated, options);
  if (problems.length > 0) return problems;
  fs.mkdirSync(path.dirname(lesson.notebook), { recursive: true });
  writeNotebook(lesson.notebook, illustrated);
  return [];
}

/**
 * Writes the text of lessons into their notebooks, and prints what cannot be.
 *
 * @returns the number of lessons that failed; their notebooks are left as they were
 */
async function takeText(lessons: readonly Lesson[]): Promise<number> {
  let failures = 0;
  for (const [i, lesson] of (await readLessons(lessons)).entries()) {
    const file = lessons[i].notebook;
    const kept = fs.existsSync(file)
      ? keepOutputs(lesson, readNotebook(file))
      : `${lesson.name} is not built yet. Leave --text out.`;
    if (typeof kept !== "string") writeNotebook(file, kept);
    else {
      console.error(kept);
      failures++;
    }
  }
  return failures;
}

function summary({ name, notebook }: ExpandedLesson, runs: readonly CellRun[]): string {
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
  const slowest = runs.reduce((a, b) => (b.seconds > a.seconds ? b : a));
  const number = notebook.cells.slice(0, slowest.cell + 1).filter(isExecutable).length;
  return `${name}: ${runs.length} code cells in ${seconds.toFixed(1)} s (slowest: number ${number}, ${slowest.seconds.toFixed(1)} s)`;
}
