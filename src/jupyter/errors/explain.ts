import fs from "node:fs";
import { inspect } from "node:util";
import { type CellSources, type Frame, ownFrames } from "./frames";
import { LOST_THIS, runtimeHint } from "./runtimeHints";

/** An error as the protocol wants it. */
export interface Explained {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** How many frames of the learner's own are shown on each side of what is left out. */
const SHOWN = 4;
/** How long a message may be, in characters, and a quoted line. */
const LONGEST_MESSAGE = 2000;
const LONGEST_LINE = 160;

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
const dim = (text: string) => `\u001b[2m${text}\u001b[22m`;

/**
 * Says what was thrown, where in the learner's own code, and what may help. Frames of the library, of packages
 * and of the kernel are left out. An ArgumentError of the library is a whole sentence about the call that the
 * learner has made: it stands alone.
 */
export function explain(thrown: unknown, cells: CellSources): Explained {
  if (!isError(thrown)) return explainValue(thrown);
  const ename = nameOf(thrown);
  const evalue = shortened(String(thrown.message));
  const headline = evalue === "" ? red(ename) : `${red(ename)}: ${evalue}`;
  if (ename === "ArgumentError") return { ename, evalue, traceback: [headline] };
  const { frames, folded } = ownFrames(String(thrown.stack ?? ""), cells);
  const hint = losesThis(evalue, frames, cells) ? LOST_THIS : runtimeHint(ename, evalue);
  return {
    ename,
    evalue,
    traceback: [
      headline,
      ...callLines(frames, cells),
      ...(folded > 0 && frames.length === 0
        ? [dim("  (thrown by code that is not in your cells)")]
        : []),
      ...causes(thrown),
      ...(hint ? [`\u2192 ${hint}`] : []),
    ],
  };
}

/** Whether it is `this` that was undefined, where the error came from. */
function losesThis(message: string, [first]: readonly Frame[], cells: CellSources): boolean {
  const name = /^Cannot (?:read|set) properties of undefined \(\w+ '([\w$]+)'\)/.exec(message)?.[1];
  const line = first && textOf(first, cells);
  if (!name || !line) return false;
  // The column is that of `this`, or of the name behind its dot.
  const at = first.column - 1;
  return [at, at - "this.".length].some(
    (from) => from >= 0 && /^this\.([\w$]+)/.exec(line.slice(from))?.[1] === name,
  );
}

function explainValue(thrown: unknown): Explained {
  if (typeof thrown === "function" && /Error$/.test(thrown.name)) {
    const evalue = `the class ${thrown.name}`;
    const hint = `An error of the class is thrown by throw new ${thrown.name}("what went wrong").`;
    return { ename: "Thrown", evalue, traceback: [`${red("Thrown")}: ${evalue}`, `→ ${hint}`] };
  }
  const evalue = shortened(inspect(thrown, { depth: 2 }));
  return {
    ename: "Thrown",
    evalue,
    traceback: [
      `${red("Thrown")}: ${evalue}`,
      '→ This is no Error, so nobody knows where it came from. Write throw new Error("what went wrong").',
    ],
  };
}

/** Errors of another realm (vm contexts) are no instances of this one's. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}

function nameOf(error: Error): string {
  const own = typeof error.name === "string" && error.name !== "" ? error.name : "Error";
  const { name } = (error.constructor as { name?: string } | undefined) ?? {};
  return own === "Error" && name && name !== "Object" ? name : own; // class Mistake extends Error {}
}

function callLines(frames: readonly Frame[], cells: CellSources): string[] {
  const [first, ...rest] = withoutRepeats(frames);
  if (!first) return [];
  const lines = [`  ${first.source}, line ${first.line}${first.name ? `, in ${first.name}` : ""}`];
  const quoted = quote(first, cells);
  if (quoted) lines.push(...quoted);
  const left = rest.length - 2 * SHOWN;
  rest.forEach((frame, i) => {
    if (left > 0 && i === SHOWN) lines.push(dim(`  ... ${left} more calls`));
    if (left > 0 && i >= SHOWN && i < SHOWN + left) return;
    const text = textOf(frame, cells)?.trim().slice(0, LONGEST_LINE);
    lines.push(`  called from ${frame.source}, line ${frame.line}${text ? `: ${text}` : ""}`);
  });
  return lines;
}

/** A function that calls itself a thousand times from one line is named once. */
function withoutRepeats(frames: readonly Frame[]): Frame[] {
  return frames.filter((frame, i) => {
    const before = frames[i - 1];
    return !before || before.source !== frame.source || before.line !== frame.line;
  });
}

/** The line with a caret below the column; of a very long one, what stands around it. */
function quote(frame: Frame, cells: CellSources): string[] | undefined {
  const text = textOf(frame, cells);
  if (text === undefined || text.trim() === "") return undefined;
  const from = text.length > LONGEST_LINE ? Math.max(0, frame.column - 1 - LONGEST_LINE / 2) : 0;
  const [before, after] = [from > 0 ? "... " : "", text.length > from + LONGEST_LINE ? " ..." : ""];
  const shown = before + text.slice(from, from + LONGEST_LINE) + after;
  const margin = `    ${frame.line} | `;
  // Tabs stay tabs, so that the caret stands below its letter.
  const indent = shown.slice(0, before.length + frame.column - 1 - from).replace(/[^\t]/g, " ");
  return [margin + shown, `${" ".repeat(margin.length - 2)}| ${indent}${red("^")}`];
}

function textOf({ cell, file, line }: Frame, cells: CellSources): string | undefined {
  const source = cell === undefined ? readSource(file) : cells.source(cell);
  return source?.split("\n")[line - 1];
}

function readSource(file: string | undefined): string | undefined {
  try {
    if (file && fs.statSync(file).size < 2 ** 20) return fs.readFileSync(file, "utf8");
  } catch {
    // it has gone
  }
  return undefined;
}

/** What caused it, each in a line: the first five, since a cause may have a cause. */
function causes(error: Error): string[] {
  const lines: string[] = [];
  let { cause } = error;
  while (isError(cause) && lines.length < 5) {
    if (cause.name !== "Error" || error.name !== "ModuleError")
      lines.push(`  caused by ${nameOf(cause)}: ${shortened(cause.message)}`);
    ({ cause } = cause);
  }
  if (error instanceof AggregateError)
    for (const one of error.errors.slice(0, 5) as unknown[])
      lines.push(
        `  one of them: ${isError(one) ? `${nameOf(one)}: ${shortened(one.message)}` : inspect(one)}`,
      );
  return lines;
}

function shortened(text: string): string {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)} ...` : text;
}
