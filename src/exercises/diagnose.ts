import { type Call, type Outcome, outcomeOf } from "./border";
import { copyData, sameData } from "./data";
import type { Answer, WrongAnswer } from "./Exercise";

/**
 * Names the mistake in an answer by its behaviour: a wrong answer that gives the very same results on the
 * very same inputs made the same mistake, however it is written.
 *
 * Every call of the run must match; where none does so (two mistakes at once, say), the calls of the
 * first failing test decide alone.
 *
 * @param calls what was asked and answered, test by test
 * @param failing whether each test failed
 */
export async function diagnose<F extends Answer>(
  wrongAnswers: readonly WrongAnswer<F>[],
  calls: readonly (readonly Call[])[],
  failing: readonly boolean[],
): Promise<string | undefined> {
  const firstFailing = failing.indexOf(true);
  if (firstFailing === -1) return undefined;
  return (
    (await behavesAs(wrongAnswers, calls.flat())) ??
    (await behavesAs(wrongAnswers, calls[firstFailing]))
  );
}

async function behavesAs<F extends Answer>(
  wrongAnswers: readonly WrongAnswer<F>[],
  calls: readonly Call[],
): Promise<string | undefined> {
  if (calls.length === 0) return undefined;
  for (const { answer, says } of wrongAnswers) if (await givesSame(answer, calls)) return says;
  return undefined;
}

async function givesSame(answer: Answer, calls: readonly Call[]): Promise<boolean> {
  for (const { input, outcome } of calls) {
    if (!sameOutcome(await outcomeOf(answer, input.map(copyData)), outcome)) return false;
  }
  return true;
}

function sameOutcome(a: Outcome, b: Outcome): boolean {
  if ("value" in a && "value" in b) return sameData(a.value, b.value);
  return "error" in a && "error" in b && a.error.message === b.error.message;
}
