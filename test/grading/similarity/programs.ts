import { type Random, random } from "convbook";
import type { StudentCode } from "#dist/grading/similarity/index.js";

const METHODS = [
  "map",
  "filter",
  "get",
  "slice",
  "shape",
  "push",
  "reduce",
  "at",
  "concat",
  "fill",
];
const OPERATORS = ["+", "-", "*", "/", "%", "<", ">=", "&&", "||"];

/** A function that nobody would write, and nobody else has: what is alike in two of them is chance. */
export function randomProgram(name: string, next: Random, statements = 12): string {
  const pick = <T>(items: readonly T[]): T => items[next.integer(0, items.length - 1)];
  const number = (): number => next.integer(0, 89);
  const expression = (): string =>
    pick([
      `x.${pick(METHODS)}(${number()}) ${pick(OPERATORS)} ${number()}`,
      `Math.max(x, ${number()} ${pick(OPERATORS)} x.${pick(METHODS)})`,
      `[${number()}, ${number()}].${pick(METHODS)}(x ${pick(OPERATORS)} ${number()})`,
    ]);
  const lines = Array.from({ length: statements }, (_, i) =>
    pick([
      `  const a${i} = ${expression()};`,
      `  if (${expression()}) return ${expression()};`,
      `  for (let i = ${number()}; i < ${number()}; i++) x.${pick(METHODS)}(${expression()});`,
      `  while (${expression()}) x = ${expression()};`,
    ]),
  );
  return [`function ${name}(x) {`, ...lines, `  return ${expression()};`, "}"].join("\n");
}

/** A class in which everybody wrote something of their own. */
export function randomClass(size: number, seed: number, exercise = "99.answer"): StudentCode[] {
  const next = random(seed);
  return Array.from({ length: size }, (_, i) => ({
    student: `s${i}`,
    code: new Map([[exercise, randomProgram("answer", next)]]),
  }));
}

/** The same program to a compiler, another one to the eye: names, types, comments, layout, braces. */
export function disguise(code: string): string {
  return code
    .replace(/\bx\b/g, "input")
    .replace(/\bi\b/g, "counter")
    .replace(/\ba(\d+)\b/g, "value$1")
    .replace(/const (value\d+) =/g, "// my own idea\n  let $1: number =")
    .replace(/if \((.*?)\) return (.*);$/gm, "if ($1) {\n    return ($2)\n  }")
    .replace(/^ {2}/gm, "\t");
}
