import { copyData, sameData } from "./data";
import { type Answer, type AsyncAnswer, type Data, NOT_ATTEMPTED } from "./Exercise";
import { type CallLimits, callWithin, type Ended, EndedError } from "./limits";
import { type ErrorLocation, locationOfError, unfinishedIn } from "./errorLocation";

/** One call of a learner's function, as it was seen from this side. */
export interface Call {
  outcome: Outcome;
  /** Whether the function wrote into what it was given. Unknown where the boundary does not tell. */
  changedInput?: boolean;
}

export type Outcome =
  | { value: Data }
  /** What the function threw, and where, if the boundary can tell. */
  | { error: { name: string; message: string; location?: ErrorLocation } }
  /** The call was not made, or was ended from this side: the boundary's finding, not the function's word. */
  | { stopped: Stop };

export interface Stop {
  verdict: "error" | "timeout" | "refused";
  message: string;
  /** The learner ended it: then nothing more is called. */
  interrupted?: boolean;
}

/** Thrown to a test whose call was stopped. */
export class StoppedError extends Error {
  constructor(readonly stop: Stop) {
    super(stop.message);
    this.name = "StoppedError";
  }
}

/**
 * The boundary to the learner's code: data goes over, data comes back. That of the notebook, `inProcess`, trusts
 * the code; the grader's sandbox is another implementation of the same one method. A call that rejects is a
 * fault of the boundary itself, and ends the grading.
 */
export interface Boundary {
  call(input: readonly Data[]): Promise<Call>;
}

/** From when on nobody waits with pleasure, and what leaves a notebook's process room to live. */
export const NOTEBOOK_LIMITS: CallLimits = { time: 10_000, memory: 2 ** 30 };
/** An answer that was late once is given less time from then on: it is likely to be late for every test. */
const HASTE = 1 / 20;

/**
 * Calls a function of this process, on copies, so that it can harm neither the test's data nor its own later result.
 *
 * @param limits end a call that loops or allocates without end. Left out where the code is known to end: our own.
 */
export function inProcess(answer: Answer, limits?: CallLimits): Boundary {
  let time = limits?.time ?? Infinity;
  let interrupted = false;
  const reported = new Set<Ended>();
  const end = (reason: Ended): Outcome => {
    interrupted ||= reason === "interrupt";
    const message = endMessage(reason, time, reported.has(reason));
    reported.add(reason);
    time = (limits?.time ?? Infinity) * HASTE;
    return { stopped: { verdict: "timeout", message, interrupted } };
  };
  return {
    async call(input) {
      if (interrupted) return { outcome: end("interrupt") };
      const given = input.map(copyData);
      const within = <T>(run: () => T): T =>
        limits ? callWithin(run, { ...limits, time }) : run();
      let outcome: Outcome;
      try {
        const result = await within(() => (answer as (...input: Data[]) => Data)(...given));
        // Reading what came may run the learner's code too: a getter, or a list that has no end.
        outcome = { value: within(() => copyData(result)) };
      } catch (thrown) {
        if (thrown instanceof EndedError) return { outcome: end(thrown.reason) };
        const { name, message, stack } = asError(thrown);
        const location =
          name === NOT_ATTEMPTED
            ? unfinishedIn(stack, answer)
            : limits && locationOfError(stack, answer);
        outcome = { error: { name, message, ...(location && { location }) } };
      }
      return { outcome, changedInput: !sameData(given, input) };
    },
  };
}

function asError(thrown: unknown): Error {
  // What was thrown may come from another realm, or be no error at all.
  const isError = typeof thrown === "object" && thrown !== null && "message" in thrown;
  return isError ? (thrown as Error) : new Error(String(thrown));
}

function endMessage(reason: Ended, time: number, again: boolean): string {
  if (reason === "interrupt") return "You stopped it.";
  if (reason === "memory")
    return again
      ? "The same: it needed more and more memory."
      : "It needed more and more memory, and was ended. Is something added to a list, or made, in a loop that never stops?";
  const seconds = Math.round(time / 1000) || time / 1000;
  if (again) return `The same: still running after ${seconds} s, all that it was given this time.`;
  return `It was still running after ${seconds} s, and was ended. Does each loop come to its end: does its variable change, and can its condition become false?`;
}

/**
 * The function behind a boundary, as the tests call it.
 *
 * @param watch sees every call before its result is used
 */
export function asking<F extends Answer>(
  boundary: Boundary,
  watch: (input: readonly Data[], call: Call) => void,
): AsyncAnswer<F> {
  const ask = async (...input: Data[]): Promise<Data> => {
    const given = input.map(copyData);
    const call = await boundary.call(input);
    watch(given, call);
    return valueOrThrow(call.outcome);
  };
  // What comes over a boundary has no type until a test looks at it.
  return ask as AsyncAnswer<F>;
}

/** An error comes over the boundary as data; here it becomes one again, under its own name. */
function valueOrThrow(outcome: Outcome): Data {
  if ("value" in outcome) return outcome.value;
  if ("stopped" in outcome) throw new StoppedError(outcome.stopped);
  const { name, message, location } = outcome.error;
  throw Object.assign(new Error(message), { name, location });
}
