import ts from "typescript";
import type { CellProblem } from "./Compiler";
import type { LanguageSession } from "./LanguageSession";
import { isSloppiness } from "./sloppiness";

export interface Problems {
  errors: CellProblem[];
  warnings: CellProblem[];
}

/** What TypeScript says of the cell: of its syntax alone, if that is wrong; of its types otherwise. */
export function problemsOf(
  source: string,
  preludeLength: number,
  session: LanguageSession,
): Problems {
  const program = session.program();
  const file = program.getSourceFile(session.cellFile)!;
  const describe = (diagnostics: readonly ts.Diagnostic[]) =>
    diagnostics.flatMap((diagnostic) => {
      // What stands before the cell is ours: the learner can do nothing about it.
      const start = (diagnostic.start ?? 0) - preludeLength;
      return start < 0 ? [] : [problemOf(diagnostic, source, start)];
    });
  const syntax = program.getSyntacticDiagnostics(file);
  if (syntax.length > 0) return { errors: describe(syntax), warnings: [] };
  const found = describe(program.getSemanticDiagnostics(file));
  return {
    errors: found.filter(({ code }) => !isSloppiness(code)),
    warnings: found.filter(({ code }) => isSloppiness(code)),
  };
}

function problemOf(
  { code, messageText, length = 0 }: ts.Diagnostic,
  source: string,
  start: number,
): CellProblem {
  return {
    code,
    message: ts.flattenDiagnosticMessageText(messageText, "\n"),
    start,
    length,
    ...placeOf(source, start),
  };
}

export function placeOf(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
