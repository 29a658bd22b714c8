import { Script } from "node:vm";
import { ALLOWED_MODULES } from "../allowedModules";
import { decode } from "../decode";
import { encode } from "../encode";
import { type LoadRequest, LONGEST_ERROR, Reply, type ThrownError, WireError } from "../wire";
import { receive, send } from "./channel";
import { exportedNames, libraryOnDemand } from "./library";
import { narrowGlobals } from "./narrow";

/**
 * The program of the child process. It loads one answer, then calls it as often as it is asked, one call at
 * a time. It knows the arguments of the present call: no test, no expected value, no result.
 *
 * The learner's code runs beside this and may do with it what it likes. All that this wins is the right to
 * give wrong answers: nothing that comes back is trusted (see `decode` and `Child`).
 */

type Answer = (...input: unknown[]) => unknown;
/** What is sent back, behind the id of the call. */
type Ending = Uint8Array[];

const [, , libraryPath] = process.argv;
const { exit } = process;
/** Loaded while the process is whole. */
const allowed = new Map<string, unknown>(
  [...ALLOWED_MODULES].filter((name) => name !== "convbook").map((name) => [name, require(name)]),
);

async function main(): Promise<void> {
  const loadWhole = () => require(libraryPath) as Record<string, unknown>;
  const library = libraryOnDemand(loadWhole, exportedNames(libraryPath), askForPicture);
  // What a forgotten timer throws is not the answer to any call.
  process.on("uncaughtException", () => {});
  process.on("unhandledRejection", () => {});
  // With nothing left to wait for, a promise that has not settled never will.
  let giveUp = (): void => exit();
  process.on("beforeExit", () => giveUp());
  narrowGlobals();
  send(new Uint8Array()); // ready

  let answer: Answer | undefined;
  const load = async (request: LoadRequest): Promise<Ending> => {
    answer = await loadAnswer(request, library);
    return [Uint8Array.of(Reply.Value, 0), encode(undefined)];
  };
  for (let body = receive(); body; body = receive()) {
    const unsettled = new Promise<Ending>((resolve) => {
      giveUp = () => {
        setImmediate(() => {}); // else the process would end without asking again
        resolve([Uint8Array.of(Reply.Unsettled)]);
      };
    });
    const ending = answer ? callAnswer(answer, body) : load(decode(body) as LoadRequest);
    send(...(await Promise.race([ending.catch(thrown), unsettled])));
  }
  exit();
}

/** A photograph of the course, which the grader decodes. It blocks the process, as a call does that is waited for. */
function askForPicture(name: unknown, options: unknown): unknown {
  send(Uint8Array.of(Reply.Picture), encode([name, options]));
  const body = receive();
  return body && decode(body);
}

async function loadAnswer({ code, entry }: LoadRequest, library: unknown): Promise<Answer> {
  // An async function, because a cell may await at its top level.
  const script = new Script(`(async (require, exports) => {${code}\n})`, { filename: "answer.js" });
  const exports: Record<string, unknown> = {};
  const load = (name: string): unknown => {
    if (name === "convbook") return library;
    if (allowed.has(name)) return allowed.get(name);
    throw new Error(`import "${name}" is not needed here: an answer may import "convbook" only.`);
  };
  const timers = countTimers();
  await (script.runInThisContext() as Answer)(load, exports);
  await timers.fired();
  const answer = exports[entry];
  if (typeof answer !== "function") throw new TypeError(`${entry} is not a function.`);
  return answer as Answer;
}

/** Longer than this, in milliseconds, nobody waits before the next cell. */
const LONGEST_TIMER = 1000;

/**
 * What a cell puts off, `setTimeout(() => { factor = 2; })`, has happened in a notebook when somebody runs the next cell,
 * and so it has here when the answer is called.
 */
function countTimers(): { fired(): Promise<void> } {
  const { setTimeout: start } = globalThis;
  let longest: number | undefined;
  const counting = (f: (...given: unknown[]) => void, delay?: unknown, ...given: unknown[]) => {
    const milliseconds = Math.min(Number(delay) || 0, LONGEST_TIMER);
    longest = Math.max(longest ?? 0, milliseconds);
    return start(f, delay as number, ...given);
  };
  globalThis.setTimeout = Object.assign(counting, start) as typeof setTimeout;
  return {
    async fired() {
      globalThis.setTimeout = start;
      if (longest !== undefined) await new Promise((resolve) => start(resolve, longest! + 1));
    },
  };
}

async function callAnswer(answer: Answer, body: Uint8Array): Promise<Ending> {
  const input = decode(body) as unknown[];
  const value = encode(await answer(...input));
  return [Uint8Array.of(Reply.Value, wroteInto(input, body) ? 1 : 0), value];
}

/** Whether the input is no longer what the bytes say. */
function wroteInto(input: unknown, body: Uint8Array): boolean {
  try {
    return Buffer.compare(encode(input), body) !== 0;
  } catch {
    return true; // it has become something that cannot cross
  }
}

function thrown(error: unknown): Ending {
  try {
    if (error instanceof WireError)
      return errorReply({ name: "Error", message: `it returned a value that ${error.message}` });
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return errorReply({ name: String(name), message: String(message) });
  } catch {
    return errorReply({ name: "Error", message: "it threw something that cannot be shown" });
  }
}

function errorReply({ name, message }: ThrownError): Ending {
  const error = { name: name.slice(0, 100), message: message.slice(0, LONGEST_ERROR) };
  return [Uint8Array.of(Reply.Error), encode(error)];
}

void main().finally(exit); // also when the channel has been closed from this side
