import { random } from "../tensor";
import { asking, type Border, inProcess, type Outcome } from "./border";
import { sameData } from "./data";
import type { Answer, Data, Exercise, ExerciseTest } from "./Exercise";

type Input = readonly Data[];
/** What was asked, and what the learner's function made of it. */
type Call = { input: Input; outcome: Outcome };

/**
 * Names the mistake in an answer by its behaviour: a wrong answer that gives the very same results on the
 * very same inputs made the same mistake, however it is written.
 *
 * A test stops at its first wrong result, which several mistakes may share (0 where 1 was expected, say).
 * So the answer is asked once more, for every input of every test. Where no known mistake matches on all
 * of them (two mistakes at once, say), the inputs of the first failing test decide alone.
 *
 * @param failing whether each test failed
 */
export async function diagnose<F extends Answer>(
  exercise: Exercise<F>,
  border: Border,
  failing: readonly boolean[],
  seed: number,
): Promise<string | undefined> {
  const firstFailing = failing.indexOf(true);
  if (firstFailing === -1) return undefined;
  const calls: Call[][] = [];
  for (const [position, test] of exercise.tests.entries()) {
    const inputs = await inputsOf(test, exercise.solution, seed + position);
    const answered = await answersTo(inputs, border);
    if (answered.some(({ outcome }) => "stopped" in outcome)) return undefined;
    calls.push(answered);
  }
  return (
    (await nameByBehaviour(exercise, calls.flat())) ??
    (await nameByBehaviour(exercise, calls[firstFailing]))
  );
}

/**
 * Every input that a test asks about: our solution answers, so that it does not stop before its end.
 *
 * @throws Error when the solution does not pass: then nobody's answer can be judged by this test
 */
async function inputsOf<F extends Answer>(
  test: ExerciseTest<F>,
  solution: F,
  seed: number,
): Promise<Input[]> {
  const inputs: Input[] = [];
  const asked = asking<F>(inProcess(solution), (input) => void inputs.push([...input]));
  try {
    await test.run(asked, { random: random(seed) });
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`Our own solution does not pass "${test.title}" with seed ${seed}: ${message}`);
  }
  return inputs;
}

async function answersTo(inputs: readonly Input[], border: Border): Promise<Call[]> {
  const calls: Call[] = [];
  for (const input of inputs) {
    const { outcome } = await border.call(input);
    calls.push({ input, outcome });
    if ("stopped" in outcome) break;
  }
  return calls;
}

async function nameByBehaviour<F extends Answer>(
  exercise: Exercise<F>,
  calls: readonly Call[],
): Promise<string | undefined> {
  for (const { answer, says } of exercise.wrongAnswers) {
    if (await givesSame(inProcess(answer), calls)) return says;
  }
  return undefined;
}

async function givesSame(wrong: Border, calls: readonly Call[]): Promise<boolean> {
  for (const { input, outcome } of calls) {
    if (!sameOutcome((await wrong.call(input)).outcome, outcome)) return false;
  }
  return true;
}

function sameOutcome(a: Outcome, b: Outcome): boolean {
  if ("value" in a && "value" in b) return sameData(a.value, b.value);
  return "error" in a && "error" in b && a.error.message === b.error.message;
}
