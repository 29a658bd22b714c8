import { ArgumentError, requireInteger } from "../../tensor";
import { lettersOf, numericValue } from "./algebra";
import type { Expression } from "./expression";

/** Of the output-size formula: input, kernel taps, padding at each end, stride, dilation, output. */
export const LETTERS = ["n", "f", "p", "s", "d", "o"] as const;
export type Letter = (typeof LETTERS)[number];

/** A number for a letter, or an expression in letters: `{ o: "n / 2" }`. */
export type Given = Partial<Record<Letter, number | Expression>>;

/** What has been given and filled in, as expressions. */
export type Values = Partial<Record<Letter, Expression>>;

/** What a letter is when it is left out, as for `conv2d`. The others stay letters. */
const DEFAULTS: Given = { p: 0, s: 1, d: 1 };

/** The smallest number that a letter may be. */
export function leastOf(letter: Letter): number {
  return letter === "p" ? 0 : 1;
}

/** Checks what is given, and fills in what is left out. */
export function requireGiven(call: string, unknown: Letter, given: Given): Values {
  for (const [name, value] of Object.entries(given)) {
    if (!LETTERS.includes(name as Letter) || name === unknown) {
      const letters = LETTERS.filter((letter) => letter !== unknown);
      const expected = `among ${letters.join(", ")}${name === unknown ? `, for ${unknown} is what is asked for` : ""}`;
      throw new ArgumentError({ call, argument: "each letter given", expected, received: name });
    }
    const letter = name as Letter;
    if (typeof value === "string") requireExpression(call, letter, value, unknown);
    else requireInteger(call, letter, value, leastOf(letter));
  }
  const filled = { ...DEFAULTS, ...given };
  const values: Values = {};
  for (const letter of LETTERS)
    if (letter !== unknown && filled[letter] !== undefined) values[letter] = String(filled[letter]);
  return values;
}

function requireExpression(call: string, name: Letter, value: string, unknown: Letter): void {
  let letters: string[];
  try {
    letters = lettersOf(value);
  } catch {
    const expected = 'a number, or an expression in letters like "n / 2"';
    throw new ArgumentError({ call, argument: name, expected, received: value });
  }
  if (letters.length === 0) requireInteger(call, name, numericValue(value), leastOf(name));
  if (!letters.includes(unknown)) return;
  const expected = `free of ${unknown}, which is asked for`;
  throw new ArgumentError({ call, argument: name, expected, received: value });
}
