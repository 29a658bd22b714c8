import { display, type MimeBundle } from "../notebook";
import { ArgumentError } from "../tensor";
import { inProcess } from "./border";
import { resultCard } from "./card";
import type { Answer } from "./Exercise";
import { exerciseById } from "./exercisesOf";
import { rememberResult } from "./progress";
import { type ExerciseResult, type RunOptions, runExercise } from "./run";

/**
 * Checks an answer and shows what came of it: which tests pass, the first difference, and the mistake by
 * its name where it is a known one. The record of the course keeps the result.
 *
 * @param id the exercise, `"02.zeroPad"`
 * @param answer the function you wrote
 */
export async function check(id: string, answer: Answer, options: RunOptions = {}): Promise<void> {
  const exercise = exerciseById("check", id);
  if (typeof answer !== "function") {
    const remedy = `Pass the function itself: await check("${id}", ${exercise.entry}).`;
    throw new ArgumentError({
      call: "check",
      argument: "answer",
      expected: `the function ${exercise.entry}`,
      received: answer,
      remedy,
    });
  }
  const result = await runExercise(exercise, inProcess(answer), options);
  rememberResult(result, new Date());
  display({ ...resultCard(result), ...forNbgrader(result) });
}

/**
 * The points as data, while nbgrader grades: environment/nbgrader/convbook_nbgrader.py reads them from the
 * check's output. No other reader has a use for them.
 */
function forNbgrader({ id, earned, points }: ExerciseResult): MimeBundle {
  if (process.env.NBGRADER_EXECUTION === undefined) return {};
  return { "application/vnd.convbook.result+json": { exercise: id, earned, points } };
}
