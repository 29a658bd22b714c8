import { requireOneOf } from "../../tensor";
import { lettersOf, substitute, texOf, textOf, tidy, numericValue } from "./algebra";
import type { Expression } from "./expression";
import { windowsThatFit, membership, noneSolves, someSolve, unfit } from "./conclude";
import { countWindows } from "./countWindows";
import type { Derivation, Step } from "./Derivation";
import { type Given, leastOf, type Letter, LETTERS, requireGiven, type Values } from "./given";
import { isolate } from "./isolate";
import {
  between,
  closedBound,
  equation,
  hasLetters,
  type Relation,
  wholeNumbers,
} from "./relation";
import { Solution } from "./Solution";

/** How far the window can move from its first position, in pixels. */
const ROOM = "n + 2 * p - d * (f - 1) - 1";
const FORMULA = `floor((${ROOM}) / s) + 1`;

/**
 * The output-size formula as algebra. Its letters: n pixels in, o out, f taps, padding p at both ends, stride s,
 * dilation d.
 *
 *     o = floor((n + 2·p - d·(f - 1) - 1) / s) + 1
 *
 * @see Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, arXiv 1603.07285
 */
export const outputSizeFormula = {
  /** The formula in TeX. */
  tex: (): string => `o = ${texOf(FORMULA)}`,

  toString: (): string => `o = ${textOf(FORMULA)}`,

  /**
   * Every whole number that a letter can be when the others are given, with the steps that lead to it. As the
   * formula rounds down, several inputs give one output: solving for n, p, f, s or d gives a range.
   *
   * What is left out is as for `conv2d`, p = 0, s = 1, d = 1, while n, f and o stay letters. A letter may be
   * given as an expression, `{ o: "n" }`.
   *
   * @example
   * outputSizeFormula.solveFor("p", { n: 28, f: 5, o: 28 }).values // → [2]
   * outputSizeFormula.solveFor("n", { f: 11, s: 4, o: 55 }).values // → [227, 228, 229, 230]
   * outputSizeFormula.solveFor("o", { n: 224, f: 11, s: 4 }).exact // → 54.25
   * outputSizeFormula.solveFor("p", { o: "n" }).exact // → "(f - 1) / 2"
   */
  solveFor(letter: Letter, given: Given = {}): Solution {
    const call = "outputSizeFormula.solveFor";
    requireOneOf(call, "letter", letter, LETTERS);
    return solve(letter, requireGiven(call, letter, given));
  },

  /**
   * Where the formula comes from ("o"), or how it is solved for one of its letters.
   *
   * @example
   * outputSizeFormula.derivation("o").steps[0].text // → "c = d·(f - 1) + 1"
   */
  derivation(letter: Letter = "o"): Derivation {
    requireOneOf("outputSizeFormula.derivation", "letter", letter, LETTERS);
    return letter === "o" ? countWindows() : solve(letter, {});
  },
};

function solve(letter: Letter, values: Values): Solution {
  const steps = [equation("o", FORMULA, "The formula.")];
  if (Object.keys(values).length > 0) {
    const named = Object.entries(values).map(([name, value]) => `\`${name}\` = \`${value}\``);
    const why = `With ${named.join(", ")}.`;
    steps.push(equation(values.o ?? "o", substitute(FORMULA, values), why));
  }
  const room = tidy(substitute(ROOM, values));
  if ((numericValue(room) ?? 0) < 0) return new Solution(steps, unfit(values), letter, null, null);
  return letter === "o"
    ? solveForOutput(steps, room, values)
    : solveForInput(letter, steps, room, values);
}

function solveForOutput(steps: Step[], room: Expression, values: Values): Solution {
  const stride = values.s ?? "s";
  const exact = tidy(`(${room}) / (${stride}) + 1`);
  const rounded = stride === "1" ? exact : `floor((${room}) / (${stride})) + 1`;
  steps.push(equation("o", substitute(rounded, {}), "Worked out."));
  const positions = numericValue(exact);
  if (positions === null) {
    return new Solution(steps, `${steps.at(-1)?.text}.`, "o", null, exact);
  }
  const output = Math.floor(positions);
  if (output !== positions) {
    steps.push(equation("o", `floor(${positions})`, "Only whole windows count."));
    steps.push(equation("o", String(output), "Rounded down."));
  } else if (rounded !== String(output)) {
    steps.push(equation("o", String(output), "The division leaves nothing over."));
  }
  const leftOver = Number(room) - (output - 1) * Number(stride);
  const conclusion = windowsThatFit(positions, leftOver, values);
  return new Solution(steps, conclusion, "o", [output, output], positions);
}

function solveForInput(letter: Letter, steps: Step[], room: Expression, values: Values): Solution {
  if (letter !== "s" && !lettersOf(room).includes(letter))
    return solveWithout(letter, steps, room, values);
  const windows = tidy(`(${values.o ?? "o"}) - 1`);
  const stride = values.s ?? "s";
  const low = { value: windows, closed: true };
  const high = { value: tidy(`(${windows}) + 1`), closed: false };
  const isExact = stride === "1";
  const start: Relation = isExact
    ? { middle: room, low, high: low }
    : { middle: substitute(`(${room}) / (${stride})`, {}), low, high };
  const why = isExact
    ? "With stride 1 there is nothing to round."
    : `A floor of \`${windows}\` means: at least that, and less than \`${high.value}\`.`;
  const lines = [{ relation: start, why }, ...isolate(letter, start)];
  steps.push(...lines.map((line) => between(line.relation, line.why)));

  const { relation } = lines[lines.length - 1];
  const exact = closedBound(relation)?.value ?? null;
  if (hasLetters(relation)) {
    const { text } = steps[steps.length - 1];
    const conclusion = isExact ? `${text}.` : `Every whole number ${letter} with ${text}.`;
    return new Solution(steps, conclusion, letter, null, exact);
  }
  const interval = wholeNumbers(relation, leastOf(letter));
  const number = exact === null ? null : numericValue(exact);
  if (interval && number !== interval[1]) steps.push(membership(letter, interval));
  const conclusion = interval ? someSolve(letter, interval, number) : noneSolves(letter, number);
  return new Solution(steps, conclusion, letter, interval, number);
}

/** For a letter that falls out of the formula: the dilation of a kernel of one tap. */
function solveWithout(letter: Letter, steps: Step[], room: Expression, values: Values): Solution {
  const output = numericValue(`floor((${room}) / (${values.s ?? "s"})) + 1`);
  const wanted = numericValue(values.o ?? "o");
  const nothing = `${letter} makes no difference, for the kernel has one tap`;
  if (output === null || wanted === null)
    return new Solution(steps, `${nothing}.`, letter, null, null);
  if (output !== wanted)
    return new Solution(steps, `${nothing}: o is ${output}, not ${wanted}.`, letter, null, null);
  return new Solution(steps, `${nothing}: any will do.`, letter, [1, Infinity], null);
}
