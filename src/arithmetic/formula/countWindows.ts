import { texOf, textOf } from "./algebra";
import { Derivation, type Step } from "./Derivation";

/** [left, sign, right, why] of each line. `k` counts the windows from 0. */
const LINES: readonly (readonly [string, "=" | "≤", string, string])[] = [
  ["c", "=", "d * (f - 1) + 1", "`f` taps, `d` pixels apart, cover `c` pixels."],
  ["m", "=", "n + 2 * p", "The input with its padding has `m` pixels."],
  ["k * s + c", "≤", "m", "Window `k` begins after `k` strides, and must end within."],
  ["k * s", "≤", "n + 2 * p - d * (f - 1) - 1", "Put `c` and `m` in, and bring `c` over."],
  ["k", "≤", "(n + 2 * p - d * (f - 1) - 1) / s", "Divide by `s`."],
  ["k", "≤", "floor((n + 2 * p - d * (f - 1) - 1) / s)", "A window stands on whole pixels."],
  ["o", "=", "floor((n + 2 * p - d * (f - 1) - 1) / s) + 1", "The first window was number `0`."],
];

/** How many windows fit, counted: the derivation of the formula. */
export function countWindows(): Derivation {
  const steps: Step[] = LINES.map(([left, sign, right, why]) => ({
    text: `${textOf(left)} ${sign} ${textOf(right)}`,
    tex: String.raw`${texOf(left)} ${sign === "=" ? "=" : String.raw`\le`} ${texOf(right)}`,
    why,
  }));
  return new Derivation(
    steps,
    "What the division leaves over are pixels at the end that no window sees.",
  );
}
