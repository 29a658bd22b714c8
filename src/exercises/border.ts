import { copyData, sameData } from "./data";
import type { Answer, Data } from "./Exercise";

/** One call of a learner's function, as it was seen from this side. */
export interface Call {
  input: readonly Data[];
  outcome: Outcome;
  /** Whether the function wrote into what it was given. Unknown where the border does not tell. */
  changedInput?: boolean;
}

export type Outcome = { value: Data } | { error: { name: string; message: string } };

/**
 * The border to the learner's code: data goes over, data comes back. Today's runs in this process and
 * trusts the code; a sandbox is another implementation of the same one method.
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
      return { input, outcome, changedInput: !sameData(given, input) };
    },
  };
}

export async function outcomeOf(answer: Answer, input: readonly Data[]): Promise<Outcome> {
  try {
    return { value: copyData(await (answer as (...input: Data[]) => Data)(...input)) };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { error: { name: error.name, message: error.message } };
  }
}
