import type { CellProblem, RefusedCell } from "./Compiler";

const MOST = 5;

/** A cell that cannot run, and what is said of it. */
export function refusal(source: string, cell: number, errors: readonly CellProblem[]): RefusedCell {
  const problems = errors.slice(0, MOST);
  const lines = source.split("\n");
  const text = problems
    .map(({ line, column, length, message }) => {
      const quoted = lines[line - 1] ?? "";
      const carets = "^".repeat(Math.max(1, Math.min(length, quoted.length - column + 1)));
      return `cell ${cell}, line ${line}: ${message}\n  ${quoted}\n  ${" ".repeat(column - 1)}${carets}`;
    })
    .join("\n");
  return {
    kind: "refused",
    cell,
    source,
    problems,
    text,
    ename: "CompileError",
    evalue: `line ${problems[0].line}: ${problems[0].message}`,
  };
}
