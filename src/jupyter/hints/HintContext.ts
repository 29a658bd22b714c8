/** What is known of the code that a message of the type checker is about. */
export interface HintContext {
  code: number;
  /** The whole message, its details included. */
  message: string;
  /** The text that is underlined. */
  text: string;
  /** The cell from the underlined text on, and up to it. */
  after: string;
  before: string;
  /** Whether convbook exports the name. */
  inPackage(name: string): boolean;
  /** Whether there is a file of that name in the notebook's folder, with or without its ending. */
  hasFile(name: string): boolean;
  /** The cell that would have declared the name, had it not been refused. */
  refused(name: string): number | undefined;
  /** What an earlier cell made of the name. */
  earlier(
    name: string,
  ): { kind: string; cell: number; wasImported: string | undefined } | undefined;
  /** How the call around it is made: `conv2d(x: Tensor, ...): Tensor`. */
  signature?: string | undefined;
  /** The property names that are known there, of an object in braces. */
  properties?: readonly string[] | undefined;
  /** The property names of the type that is wanted there. */
  known?: readonly string[] | undefined;
  /** The texts that are allowed there, where it is one of some. */
  choices?: readonly string[] | undefined;
  /** Whether a type is named. */
  isType?: boolean | undefined;
  /** Whether it is about what a `for ... in` counts with. */
  isLoopIndex?: boolean | undefined;
  /** What the module exports that is imported from. */
  exported?: readonly string[] | undefined;
  /** The names that convbook exports, for one that resembles another. */
  packageNames?: Iterable<string> | undefined;
  /** What the owner gives back, where it is a function: the names behind the dot of its result. */
  resultMembers?: readonly string[] | undefined;
  /** The type of what is underlined, and of what stands before the dot, or left of an operator. */
  type?: string | undefined;
  owner?: string | undefined;
  /** What the owner has behind its dot. */
  members?: readonly string[] | undefined;
}

/** Says what to do, or nothing where it is not what it takes the message for. */
export type Rule = (context: HintContext, match: RegExpExecArray) => string | undefined;

export const AWAIT =
  "The value is still on its way (a Promise): put await before the call that gives it.";
export const PROMISES = "A list of promises is awaited as a whole: await Promise.all(xs).";
export const GET =
  "A tensor's value is x.get(i, j), one index for each axis; x.set(value, i, j) changes it.";
export const ARITHMETIC =
  "Operators work on numbers. With each value of a tensor: x.map((v) => v * 2); with two tensors: zip(a, b, (p, q) => p + q).";
export const NO_RETURN =
  "The function gives nothing back. A body in braces needs return: (x) => { return x * 2; }; one without gives its value: (x) => x * 2.";
export const SEMICOLON =
  "A line that begins with ( or [ goes on from the line above: end that one with a semicolon.";

/** A list of names for a sentence: the first twelve. */
export function listed(names: readonly string[]): string {
  const most = 12;
  return names.length <= most
    ? names.join(", ")
    : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
