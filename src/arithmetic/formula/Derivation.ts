import { texOf, textOf } from "./algebra";
import { greatest, inspectCustom } from "../../tensor";

/** One line of a derivation. */
export interface Step {
  /** As text: `"227 ≤ n < 231"`. */
  text: string;
  /** As TeX. */
  tex: string;
  /** What was done to come to it, in words. Formulas stand in backquotes. */
  why: string;
}

/**
 * Lines of algebra, each with its reason, and what follows from them. It prints as text; `mimeBundle` is for
 * `display` in a notebook, which sets it as mathematics.
 */
export class Derivation {
  constructor(
    readonly steps: readonly Step[],
    /** What came out, in a sentence. */
    readonly conclusion: string,
  ) {}

  /** All lines as TeX, one below the other, with their reasons beside them. */
  tex(): string {
    const lines = this.steps.map(({ tex, why }) => `& ${tex} && ${whyTex(why)}`);
    return String.raw`\begin{aligned}${lines.join(String.raw` \\ `)}\end{aligned}`;
  }

  toString(): string {
    const width = greatest(this.steps.map(({ text }) => text.length));
    const lines = this.steps.map(
      ({ text, why }) =>
        `${text.padEnd(width)}   ${why.replaceAll(/`([^`]*)`/g, (_, x) => textOf(x))}`,
    );
    return [...lines, this.conclusion].join("\n");
  }

  /** For `display` in a notebook. */
  mimeBundle(): { "text/latex": string; "text/plain": string } {
    const latex = `$$${this.tex()}$$\n\n${this.conclusion}`;
    return { "text/latex": latex, "text/plain": this.toString() };
  }

  /** What a notebook cell and `console.log` print. */
  [inspectCustom](): string {
    return this.toString();
  }
}

/** Words as TeX text, the formulas among them as TeX formulas. */
function whyTex(why: string): string {
  return why
    .split("`")
    .map((part, i) => (i % 2 === 1 ? texOf(part) : part && String.raw`\text{${part}}`))
    .join("");
}
