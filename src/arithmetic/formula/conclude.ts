import { lettersOf, tidy, numericValue } from "./algebra";
import type { Step } from "./Derivation";
import type { Letter, Values } from "./given";
import type { Interval } from "./relation";

/** What solutions mean, in sentences. */

/** For a number of positions that the window has, of which the whole ones count. */
export function windowsThatFit(positions: number, leftOver: number, values: Values): string {
  if (Number.isInteger(positions)) return `o = ${positions}, with nothing left over at the end.`;
  const windows = Math.floor(positions);
  const pixels = leftOver === 1 ? "1 pixel" : `${leftOver} pixels`;
  const sentence = `${shortly(positions)} is not a whole number of positions: ${windows} windows fit, with ${pixels} left over at the end.`;
  const [n, stride] = [numericValue(values.n ?? "n"), Number(values.s)];
  if (n === null) return sentence;
  const [fewer, more] = [n - leftOver, n - leftOver + stride];
  return `${sentence} Nothing would be left over for n = ${fewer} (${windows} windows) or n = ${more} (${windows + 1}).`;
}

/** For a kernel that is longer than the padded input. */
export function unfit(values: Values): string {
  const { n = "n", p = "p", f = "f", d = "d" } = values;
  const covered = tidy(`(${d}) * ((${f}) - 1) + 1`);
  const padded = tidy(`(${n}) + 2 * (${p})`);
  const lengths = lettersOf(covered + padded).length === 0 ? ` (${covered} against ${padded})` : "";
  return `There is no output: the kernel covers more pixels than the padded input has${lengths}.`;
}

export function someSolve(letter: Letter, interval: Interval, exact: number | null): string {
  const [from, to] = interval;
  const sentence = `${letter} = ${listed(interval)}`;
  const isAmongOthers = from < to && exact !== null && from <= exact && exact <= to;
  if (!isAmongOthers || !Number.isInteger(exact)) return `${sentence}.`;
  return `${sentence}. With ${letter} = ${exact} nothing is left over at the end.`;
}

export function noneSolves(letter: Letter, exact: number | null): string {
  if (exact === null || exact < 0 || letter !== "p")
    return `No whole number ${letter} of at least ${letter === "p" ? 0 : 1} gives this output.`;
  const [before, after] = [Math.floor(exact), Math.ceil(exact)];
  return `p = ${exact} is not a whole number: the same padding at both ends cannot give this output, but [${before}, ${after}] does.`;
}

/** The last line of a derivation that ends in whole numbers. */
export function membership(letter: Letter, interval: Interval): Step {
  const text = `${letter} = ${listed(interval)}`;
  const [from, to] = interval;
  const members = listed(interval).replaceAll(" or ", ", ");
  const set =
    to - from < MOST_LISTED
      ? members
      : String.raw`${from}, ${from + 1}, \ldots${Number.isFinite(to) ? `, ${to}` : ""}`;
  return { text, tex: String.raw`${letter} \in \{${set}\}`, why: "Only whole numbers will do." };
}

const MOST_LISTED = 8;

/** `"227, 228, 229 or 230"`. */
function listed([from, to]: Interval): string {
  if (to === Infinity) return `${from} or any larger number`;
  if (to - from >= MOST_LISTED) return `${from} to ${to}`;
  const all = Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
  const last = all.pop();
  return all.length === 0 ? `${last}` : `${all.join(", ")} or ${last}`;
}

function shortly(value: number): string {
  return String(Number(value.toFixed(4)));
}
