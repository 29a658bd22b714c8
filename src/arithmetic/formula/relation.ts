import { texOf, textOf, numericValue } from "./algebra";
import type { Expression } from "./expression";
import type { Step } from "./Derivation";

/** One end of what an expression lies between. */
export interface Bound {
  value: Expression;
  /** Whether the expression may be equal to it. */
  closed: boolean;
}

/** That an expression lies between two others, or is equal to one; `null`: no bound on that side. */
export interface Relation {
  middle: Expression;
  low: Bound | null;
  high: Bound | null;
}

/** The whole numbers from one to another, both included; `Infinity` where there is no end. */
export type Interval = readonly [from: number, to: number];

/** `left = right`, as the line of a derivation. */
export function equation(left: Expression, right: Expression, why: string): Step {
  return {
    text: `${textOf(left)} = ${textOf(right)}`,
    tex: `${texOf(left)} = ${texOf(right)}`,
    why,
  };
}

/** `low ≤ middle < high`, as the line of a derivation. */
export function between({ middle, low, high }: Relation, why: string): Step {
  if (low && low.value === high?.value) return equation(middle, low.value, why);
  const write = (show: (expression: Expression) => string, atMost: string): string => {
    const sign = (bound: Bound) => (bound.closed ? atMost : "<");
    const before = low ? `${show(low.value)} ${sign(low)} ` : "";
    const after = high ? ` ${sign(high)} ${show(high.value)}` : "";
    return `${before}${show(middle)}${after}`;
  };
  return { text: write(textOf, "≤"), tex: write(texOf, String.raw`\le`), why };
}

/** The bound that the middle may be equal to: there the division leaves nothing over. */
export function closedBound({ low, high }: Relation): Bound | null {
  return [low, high].find((bound) => bound?.closed) ?? null;
}

export function hasLetters({ low, high }: Relation): boolean {
  return [low, high].some((bound) => bound && numericValue(bound.value) === null);
}

/** The whole numbers of at least `least` that lie within bounds without letters; `null` when there is none. */
export function wholeNumbers({ low, high }: Relation, least: number): Interval | null {
  const lowest = low ? numericValue(low.value)! : -Infinity;
  const highest = high ? numericValue(high.value)! : Infinity;
  const from = Math.max(least, low?.closed ? Math.ceil(lowest) : Math.floor(lowest) + 1);
  const to = high?.closed ? Math.floor(highest) : Math.ceil(highest) - 1;
  return from <= to ? [from, to] : null;
}
