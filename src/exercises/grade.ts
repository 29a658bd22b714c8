import { type Border, inProcess } from "./border";
import { type Exercise, NOT_ATTEMPTED } from "./Exercise";
import { exercisesOf, lessonName } from "./lessons";
import { readCodeCells } from "./notebookFile";
import { addExercise, type ExerciseResult, newMocha, type RunOptions, runMocha } from "./run";
import { extractFunction, loadFunction, type SourceText } from "./extract";

export interface GradeOptions extends RunOptions {
  /** Number or name of the lesson, where the file's name does not say. */
  lesson?: string;
  /** A reporter of mocha's, which then writes to standard output: `"spec"`, `"dot"`, `"json"`, ... */
  reporter?: string;
}

export interface GradedNotebook {
  notebook: string;
  lesson: string;
  earned: number;
  points: number;
  results: ExerciseResult[];
}

/**
 * Grades a notebook file: the functions that the lesson's exercises ask for are taken out of its code
 * cells and put to the same tests as in the notebook. The code runs in this process, so it must be
 * trusted, as a learner trusts their own.
 *
 * @param path the notebook as it was last saved
 */
export async function gradeNotebook(
  path: string,
  options: GradeOptions = {},
): Promise<GradedNotebook> {
  const cells = readCodeCells(path);
  const lesson = lessonName(options.lesson ?? path);
  const mocha = newMocha(options.reporter);
  const pending = exercisesOf(lesson).map((exercise) =>
    addExercise(mocha, exercise, answerIn(cells, exercise), options),
  );
  await runMocha(mocha);
  const results = await Promise.all(pending.map((result) => result()));
  return {
    notebook: path,
    lesson,
    earned: results.reduce((sum, result) => sum + result.earned, 0),
    points: results.reduce((sum, result) => sum + result.points, 0),
    results,
  };
}

/** The border to a notebook's answer; where there is none, or none that loads, each call says so. */
function answerIn(cells: readonly SourceText[], exercise: Exercise): Border {
  const extracted = extractFunction(cells, exercise.entry);
  if (!extracted) return failing(NOT_ATTEMPTED, `No cell declares a function ${exercise.entry}.`);
  try {
    return inProcess(loadFunction(extracted, exercise.entry, loadAllowed));
  } catch (error) {
    const { name, message } = error as Error;
    return failing(name, `the code of ${exercise.entry} cannot be loaded: ${message}`);
  }
}

function failing(name: string, message: string): Border {
  return { call: async () => ({ outcome: { error: { name, message } } }) };
}

/** An answer needs the course's own library and nothing else. */
function loadAllowed(name: string): unknown {
  if (name === "convbook") return require("convbook");
  throw new Error(`import "${name}" is not needed here: an answer may import "convbook" only.`);
}
