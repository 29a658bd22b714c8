import type { CellProblem } from "./Compiler";
import { lineAndColumn } from "./lineAndColumn";

/** How long a line may be that is looked at. */
const LONGEST_LINE = 500;
/** A value is given or returned, and nothing but a number stands behind the slashes; or a lone name or number before them. */
const DIVISIONS = [
  /^\s*(?:(?:const|let|var)\s+\w+|return\b|\w+)\s*(?:=\s*)?[^/=]*[\w)\]]\s?\/\/\s?\d+\s*[;)]*\s*$/,
  /^\s*\w+ (?:\/\/ ?|\/\/= ?)\d+\s*;?\s*$/,
];

/** `const half = n // 2` is `const half = n` and a comment. */
export function integerDivisions(source: string): CellProblem[] {
  const found: CellProblem[] = [];
  let start = 0;
  for (const text of source.split("\n")) {
    const [gives, alone] = DIVISIONS.map((pattern) => pattern.test(text.slice(0, LONGEST_LINE)));
    if (alone || (gives && /=|return/.test(text))) {
      const at = start + text.lastIndexOf("//");
      found.push({
        code: 0,
        message: "What follows // is a comment, not a divisor.",
        start: at,
        length: start + text.length - at,
        ...lineAndColumn(source, at),
        hint: "Division of whole numbers is Math.floor(a / b).",
      });
    }
    start += text.length + 1;
  }
  return found;
}
