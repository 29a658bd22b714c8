import { display, inNotebook, liveDisplay, type MimeBundle } from "../notebook";
import { ArgumentError, requireOptions } from "../tensor";
import { inProcess, NOTEBOOK_LIMITS } from "./boundary";
import { checkedBefore, keepChecked, suspects } from "./checked";
import { resultCard } from "./card";
import type { Answer } from "./Exercise";
import { exerciseById } from "./exercisesOf";
import { progressOf, rememberResult } from "./progress";
import { type ExerciseResult, type RunOptions, runExercise } from "./run";

/** What a notebook may ask of a check: where the library works is the grader's business. */
export type CheckOptions = Omit<RunOptions, "apart">;

/**
 * Checks an answer and shows what came of it: which tests pass, the first difference, and the mistake by
 * its name where it is a known one. The record of the course keeps the result.
 *
 * An answer that does not come to an end is ended after ten seconds, or when the kernel is interrupted, and
 * variables survive.
 *
 * @param id the exercise, `"02.zeroPad"`
 * @param answer the function you wrote
 */
export async function check(id: string, answer: Answer, options: CheckOptions = {}): Promise<void> {
  const exercise = exerciseById("check", id);
  requireOptions<CheckOptions>("check", options, { seed: true, timeout: true });
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
  const show = verdictFirst(id);
  const before = progressOf(id);
  const result = await runExercise(exercise, inProcess(answer, NOTEBOOK_LIMITS), options);
  const first = checkedBefore(answer, result);
  keepChecked(answer, result);
  rememberResult(result, new Date());
  const remarks = [...passedBefore(result, before.passedAt), ...suspects(answer, exercise, result)];
  show({ ...resultCard(result, { first, remarks }), ...forNbgrader(result) });
}

/**
 * Takes the place of the card before anything runs, so that the verdict stands above all that the answer
 * prints. Where nothing can be replaced, in a terminal, it comes last.
 */
function verdictFirst(id: string): (bundle: MimeBundle) => void {
  if (!inNotebook()) return display;
  const card = liveDisplay();
  const wait = `Checking ${id} ...`;
  card.update({ "text/plain": wait, "text/html": `<div style="opacity:.75">${wait}</div>` });
  return (bundle) => card.update(bundle);
}

function passedBefore({ verdict }: ExerciseResult, passedAt?: string): string[] {
  if (verdict === "passed" || verdict === "not attempted" || !passedAt) return [];
  const date = new Date(passedAt).toLocaleDateString("en-GB", { dateStyle: "long" });
  return [`You passed this exercise on ${date}, and in your record it stays passed.`];
}

/**
 * The points as data, while nbgrader grades: environment/nbgrader/convbook_nbgrader.py reads them from the
 * check's output. No other reader has a use for them.
 */
function forNbgrader({ id, earned, points }: ExerciseResult): MimeBundle {
  if (process.env.NBGRADER_EXECUTION === undefined) return {};
  return { "application/vnd.convbook.result+json": { exercise: id, earned, points } };
}
