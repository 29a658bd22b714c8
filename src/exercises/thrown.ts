import { describeValue } from "../tensor";
import { printable } from "../notebook";
import type { ErrorLocation } from "./errorLocation";
import type { Data } from "./Exercise";

/** An error that an answer threw: what is shown of it once, however many tests meet it. */
export interface Thrown {
  name: string;
  message: string;
  location?: ErrorLocation;
  /** As the learner would type it, the arguments in a few words. */
  call: string;
}

/** In characters: more is no help to find the call. */
const LONGEST_CALL = 200;

export function thrownBy(
  entry: string,
  input: readonly Data[],
  { name, message, location }: Omit<Thrown, "call">,
): Thrown {
  const call = printable(`${entry}(${input.map(inShort).join(", ")})`).slice(0, LONGEST_CALL);
  return { name, message, ...(location && { location }), call };
}

function inShort(value: Data): string {
  const words = describeValue(value);
  if (!words.startsWith("an object")) return words;
  return `{ ${Object.entries(value as object)
    .map(([key, part]) => `${key}: ${describeValue(part)}`)
    .join(", ")} }`;
}

/** Where it happened, in a sentence; and what to write instead, for what goes wrong in a notebook's own way. */
export function whereThrown({ message, location, call }: Thrown): string {
  const at = [
    location?.line && `in ${location.line}`,
    location?.code && `at `.concat("`", location.code, "`"),
    location?.within && `inside ${location.within}`,
    `when it was called as ${call}`,
  ];
  const sentence = at.filter(Boolean).join(", ");
  return `${sentence[0].toUpperCase()}${sentence.slice(1)}.${adviceFor(message, location)}`;
}

function adviceFor(message: string, location?: ErrorLocation): string {
  const undefinedName = /^(\w+) is not defined$/.exec(message)?.[1];
  if (undefinedName && isShort(undefinedName, location?.code ?? ""))
    return ` The kernel does not find a name of another cell in short form: write { ${undefinedName}: ${undefinedName} }.`;
  if (undefinedName)
    return ` Is ${undefinedName} spelt as where it is declared? If it stands in braces, { ${undefinedName} }, and comes from another cell, write { ${undefinedName}: ${undefinedName} }.`;
  if (message.startsWith("Cannot mix BigInt"))
    return " A number with an n behind it is a BigInt; leave the n out.";
  if (/^Cannot read properties of undefined \(reading '\d+'\)$/.test(message))
    return " Something was read with [...] past the end of a list, or from what is no list.";
  return "";
}

function isShort(name: string, code: string): boolean {
  return new RegExp(`[{,]\\s*${name}\\s*[,}]`).test(code);
}

/** Whether two errors are the same mistake: the same line, or the same words. */
export function sameThrown(a: Thrown, b: Thrown): boolean {
  if (a.name !== b.name) return false;
  return (
    a.message === b.message ||
    (a.location?.code !== undefined && a.location.code === b.location?.code)
  );
}
