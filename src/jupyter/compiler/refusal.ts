import type { CellProblem, RefusedCell } from "./Compiler";

const MOST = 5;

/** A cell that cannot run, and what is said of it: the first five problems, each with its line. */
export function refusal(source: string, cell: number, errors: readonly CellProblem[]): RefusedCell {
  const problems = errors.slice(0, MOST);
  const texts = problems.map((problem) => describeProblem(problem, source, cell));
  if (errors.length > MOST) texts.push(`... and ${errors.length - MOST} more.`);
  const [first] = problems;
  return {
    kind: "refused",
    cell,
    source,
    problems,
    text: texts.join("\n\n"),
    ename: first.code >= 1000 && first.code < 2000 ? "SyntaxError" : "TypeCheckError",
    evalue: `${first.message.split("\n")[0]} (line ${first.line})`,
  };
}

/** A problem as text: where and what, the line with a caret below, what to do. */
export function describeProblem(problem: CellProblem, source: string, cell: number): string {
  const { line, column, length, message, hint, related = [] } = problem;
  const quoted = quote(source.split("\n")[line - 1] ?? "", column, length);
  return [
    `cell ${cell}, line ${line}: ${message}`,
    ...quoted,
    ...related.map((other) =>
      other.line === undefined || other.line === line
        ? `  ${other.message}`
        : `  line ${other.line}: ${other.message}`,
    ),
    ...(hint === undefined ? [] : [`  → ${hint}`]),
  ].join("\n");
}

/** The line and carets below the position; of a long line the part around it. */
function quote(text: string, column: number, length: number): string[] {
  const from = column > WIDTH - 20 ? column - 41 : 0;
  const shown = text.slice(from, from + WIDTH);
  const carets = Math.max(1, Math.min(length, shown.length - (column - 1 - from)));
  // Tabs stay tabs, so that the caret stands below its sign.
  const margin = shown.slice(0, column - 1 - from).replace(/[^\t]/g, " ");
  return [`    ${shown}`, `    ${margin}${"^".repeat(carets)}`];
}

const WIDTH = 120;
