import { Session } from "node:inspector";
import type { Answer } from "./Exercise";
import { LIMITED_CALL } from "./limits";

/** Where in the learner's code an error was thrown, as far as it can be seen. */
export interface ErrorLocation {
  /** The function that the line belongs to: the answer itself, or one that it calls. */
  within?: string;
  /** The line of the answer, as JavaScript: the learner's own but for types. */
  code?: string;
  /** The cell's line, where the kernel knows it: `"cell 4, line 7"`. */
  line?: string;
}

interface Frame {
  name?: string;
  file: string;
  line: number;
}

/** What code typed into a kernel is called in a stack. */
const TYPED_IN = /^evalmachine\.<anonymous>$|^cell\b/i;

/**
 * The location in an answer's code that an error's stack leads through: the innermost line of the answer itself,
 * with the name of the function that it called, if the error comes from one of the learner's.
 */
export function locationOfError(
  stack: string | undefined,
  answer: Answer,
): ErrorLocation | undefined {
  const frames = framesOf(stack ?? "").filter(({ file }) => TYPED_IN.test(file));
  if (frames.length === 0) return undefined;
  const [innermost] = frames;
  const listing = String(answer).split("\n");
  const first = firstLine(answer);
  const isInside = ({ name, line }: Frame): boolean =>
    first !== undefined &&
    line >= first &&
    line < first + listing.length &&
    (name === undefined || name === answer.name);
  const own = frames.find(isInside);
  const helper = frames.slice(0, own ? frames.indexOf(own) : undefined).find(({ name }) => name);
  const line = /^cell\b/i.test(innermost.file)
    ? `${innermost.file}, line ${innermost.line}`
    : undefined;
  return {
    ...(line && { line }),
    ...(helper && helper.name !== answer.name && { within: helper.name }),
    ...(own && { code: listing[own.line - first!].trim() }),
  };
}

/** The function that calls `yourCode()`, where that is another one than the answer. */
export function unfinishedIn(stack: string | undefined, answer: Answer): ErrorLocation | undefined {
  const frames = framesOf(stack ?? "");
  const at = frames.findIndex(({ name }) => name === "yourCode");
  const caller = frames.slice(at + 1).find(({ name }) => name !== undefined)?.name;
  const calls = frames.some(({ name }) => name === answer.name);
  return at !== -1 && calls && caller && caller !== answer.name ? { within: caller } : undefined;
}

/** The frames of a stack down to the call of the answer, innermost first, with the plain name of each function. */
function framesOf(stack: string): Frame[] {
  const [below] = stack.split(LIMITED_CALL);
  return below.split("\n").flatMap((text): Frame[] => {
    const found = /^ {4}at (?:(.*) \()?([^()]*):(\d+):\d+\)?$/.exec(text);
    if (!found) return [];
    const [, called, file, line] = found;
    const name = called
      ?.replace(/ \[as .*\]$/, "")
      .replace(/^(?:async|new) /, "")
      .split(".")
      .at(-1);
    const isNamed = name !== undefined && /^[A-Za-z_$][\w$]*$/.test(name);
    return [{ ...(isNamed && { name }), file, line: Number(line) }];
  });
}

const INSPECTED = Symbol.for("convbook.inspected");

/** The line, from 1, on which a function begins in the script that declares it. V8 knows it, and tells its inspector. */
function firstLine(f: Answer): number | undefined {
  const store = globalThis as unknown as Record<symbol, unknown>;
  const session = new Session();
  session.connect();
  store[INSPECTED] = f;
  try {
    let line: number | undefined;
    const expression = 'globalThis[Symbol.for("convbook.inspected")]';
    session.post("Runtime.evaluate", { expression }, (_, found) => {
      const objectId = found?.result.objectId;
      if (!objectId) return;
      session.post("Runtime.getProperties", { objectId, ownProperties: true }, (_, properties) => {
        const location = properties?.internalProperties?.find(
          ({ name }) => name === "[[FunctionLocation]]",
        );
        const position = location?.value?.value as { lineNumber?: number } | undefined;
        if (position?.lineNumber !== undefined) line = position.lineNumber + 1;
      });
    });
    return line;
  } finally {
    delete store[INSPECTED];
    session.disconnect();
  }
}
