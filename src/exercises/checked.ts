import type { Answer, Exercise } from "./Exercise";
import { exercisesOf } from "./exercisesOf";
import { progressOf } from "./progress";
import type { ExerciseResult, Verdict } from "./run";

/** What was checked last in this kernel, by exercise. A cell that runs again makes a new function. */
const last = new Map<string, { answer: Answer; verdict: Verdict; earned: number }>();

export function keepChecked(answer: Answer, { id, verdict, earned }: ExerciseResult): void {
  last.set(id, { answer, verdict, earned });
}

/**
 * What to say first where this very function was checked before, with the same result: after a cell that did
 * not compile the kernel still has the function of before, and the verdict is about that one.
 */
export function checkedBefore(answer: Answer, result: ExerciseResult): string | undefined {
  const before = last.get(result.id);
  const isSame =
    before?.answer === answer &&
    before.verdict === result.verdict &&
    before.earned === result.earned;
  if (!isSame) return undefined;
  return "This is the function that I checked last time. Did the cell above end with an error, or was it changed and not run? Then this is about the old code.";
}

/**
 * Functions of other exercises that a wrong answer calls, and that have not passed their own check: what is
 * wrong may be theirs.
 */
export function suspects(answer: Answer, exercise: Exercise, result: ExerciseResult): string[] {
  if (result.verdict === "passed" || result.verdict === "not attempted") return [];
  const code = String(answer);
  const wrong = exercisesOf(exercise.lesson)
    .filter((other) => other.id !== exercise.id && calls(code, other.entry))
    .filter(({ id }) => (last.get(id)?.verdict ?? progressOf(id).verdict) !== "passed");
  return wrong.map(
    ({ id, entry }) =>
      `Your ${exercise.entry} calls ${entry}, which has not passed its own check, ${id}. What is wrong may lie there: check it first.`,
  );
}

/** Whether code calls the notebook's function of this name: `f(`, or `exports.f(` as tslab has it, but not `library.f(`. */
function calls(code: string, name: string): boolean {
  return new RegExp(`(?:(?<![.\\w$])|\\bexports\\.)${name}\\)?\\(`).test(code);
}
