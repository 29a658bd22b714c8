import { copyData, sameData } from "./data";
import type { Answer, Asked, Data } from "./Exercise";

/** One call of a learner's function, as it was seen from this side. */
export interface Call {
  outcome: Outcome;
  /** Whether the function wrote into what it was given. Unknown where the border does not tell. */
  changedInput?: boolean;
}

export type Outcome =
  | { value: Data }
  /** What the function threw. */
  | { error: { name: string; message: string } }
  /** The call was not made, or was ended from this side: the border's finding, not the function's word. */
  | { stopped: Stop };

export interface Stop {
  verdict: "error" | "timeout" | "refused";
  message: string;
}

/** Thrown to a test whose call was stopped. */
export class StoppedError extends Error {
  constructor(readonly stop: Stop) {
    super(stop.message);
    this.name = "StoppedError";
  }
}

/**
 * The border to the learner's code: data goes over, data comes back. That of the notebook, `inProcess`, trusts
 * the code; the grader's sandbox is another implementation of the same one method. A call that rejects is a
 * fault of the border itself, and ends the grading.
 */
export interface Border {
  call(input: readonly Data[]): Promise<Call>;
}

/** Calls a function of this process, on copies, so that it can harm neither the test's data nor its own later result. */
export function inProcess(answer: Answer): Border {
  return {
    async call(input) {
      const given = input.map(copyData);
      const outcome = await outcomeOf(answer, given);
      return { outcome, changedInput: !sameData(given, input) };
    },
  };
}

async function outcomeOf(answer: Answer, input: readonly Data[]): Promise<Outcome> {
  try {
    return { value: copyData(await (answer as (...input: Data[]) => Data)(...input)) };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { error: { name: error.name, message: error.message } };
  }
}

/**
 * The function behind a border, as the tests call it.
 *
 * @param watch is told of every call before its result is used
 */
export function asking<F extends Answer>(
  border: Border,
  watch: (input: readonly Data[], call: Call) => void,
): Asked<F> {
  const ask = async (...input: Data[]): Promise<Data> => {
    const given = input.map(copyData);
    const call = await border.call(input);
    watch(given, call);
    return valueOrThrow(call.outcome);
  };
  // What comes over a border has no type until a test looks at it.
  return ask as Asked<F>;
}

/** An error comes over the border as data; here it becomes one again, under its own name. */
function valueOrThrow(outcome: Outcome): Data {
  if ("value" in outcome) return outcome.value;
  if ("stopped" in outcome) throw new StoppedError(outcome.stopped);
  const error = new Error(outcome.error.message);
  error.name = outcome.error.name;
  throw error;
}
