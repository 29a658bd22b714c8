import ts from "typescript";
import { absentGlobalsUsed } from "./absentGlobalsUsed";
import type { CellProblem } from "./Compiler";
import type { CheckedCell } from "./CheckedCell";
import { withoutEchoes } from "./echoes";
import { shortened } from "./messages";
import { lineAndColumn } from "./lineAndColumn";
import { isSloppiness } from "./sloppiness";
import { syntaxProblems } from "./syntaxProblems";
import { typeContext } from "./typeContext";
import { isForeign, OF_OLD_PAGES, typeHint } from "../hints";
import { traps } from "./traps";

export interface Problems {
  errors: CellProblem[];
  warnings: CellProblem[];
  /** Whether the cell could be read: there is no error of syntax in it. */
  readable: boolean;
}

/** What is wrong with a cell: its syntax alone, if that is wrong; its types otherwise. */
export function problemsOf(cell: CheckedCell): Problems {
  const { source, preludeLength, session } = cell;
  const program = session.program();
  const file = program.getSourceFile(session.cellFile)!;
  const ofCell = ({ start = 0 }: ts.Diagnostic) => start >= preludeLength;

  const syntax = program.getSyntacticDiagnostics(file).filter(ofCell);
  if (syntax.length > 0)
    return {
      errors: syntaxProblems(syntax, source, preludeLength),
      warnings: [],
      readable: false,
    };

  // What stands before the cell is ours: the learner can do nothing about it.
  const found = [
    ...program.getSemanticDiagnostics(file).filter(ofCell),
    ...absentGlobalsUsed(cell),
  ].sort((a, b) => a.start! - b.start!);
  const problems = withoutRepeatedAdvice(
    importsTogether(
      withoutEchoes(found, { source, preludeLength, file }).map((diagnostic) =>
        typeProblem(diagnostic, cell),
      ),
    ),
  );
  const errors = problems.filter((problem) => !isSloppiness(problem));
  const sloppy = problems.filter((problem) => isSloppiness(problem));
  const trapped = traps(cell);
  if (errors.length > 0)
    return { errors: [...errors, ...besides(errors, trapped)], warnings: [], readable: true };
  return { errors, warnings: [...sloppy, ...trapped], readable: true };
}

/** Names of the package that are not imported: one line imports them all, and the first of them says it. */
function importsTogether(problems: readonly CellProblem[]): CellProblem[] {
  const missing = /^(\w+) belongs to convbook and is not imported here\. Add a line: .*;$/;
  const names = problems.flatMap(({ hint = "" }) => missing.exec(hint)?.[1] ?? []);
  if (names.length < 2) return [...problems];
  const first = problems.find(({ hint = "" }) => missing.test(hint));
  return problems.flatMap((problem) => {
    if (!missing.test(problem.hint ?? "")) return [problem];
    if (problem !== first) return [];
    const list = `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
    const hint = `${list} belong to convbook and are not imported here. Add a line: import { ${names.join(", ")} } from "convbook";`;
    return [{ ...problem, hint }];
  });
}

/** Of several problems on one line with the same advice, the first. */
function withoutRepeatedAdvice(problems: readonly CellProblem[]): CellProblem[] {
  const said = new Set<string>();
  return problems.filter(({ line, hint }) => {
    const advice = `${line} ${hint}`;
    if (hint !== undefined && said.has(advice)) return false;
    said.add(advice);
    return true;
  });
}

/** Warnings about something else than the errors are about: a cell that is refused gets them too. */
function besides(errors: readonly CellProblem[], warnings: readonly CellProblem[]): CellProblem[] {
  return warnings.filter(
    ({ start, length }) =>
      !errors.some((error) => error.start <= start + length && start <= error.start + error.length),
  );
}

function typeProblem(diagnostic: ts.Diagnostic, cell: CheckedCell): CellProblem {
  const { code, length = 0 } = diagnostic;
  const { source, preludeLength } = cell;
  const start = diagnostic.start! - preludeLength;
  const related = relatedTo(diagnostic, cell);
  const message = readable(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"), related);
  const hint = typeHint(typeContext(diagnostic, message, cell));
  return {
    code,
    message: plainer(aboutEarlier(message, code, cell.earlier), hint),
    start,
    length,
    ...lineAndColumn(source, start),
    ...(hint !== undefined && { hint }),
    ...(related.length > 0 && { related }),
  };
}

/** TypeScript's words, without what leads away from the mistake. */
function readable(text: string, related: NonNullable<CellProblem["related"]>): string {
  const message = shortened(text).replace(/ Did you mean '(\w+)'\?/, (guess, name: string) =>
    OF_OLD_PAGES.has(name) ? "" : guess,
  );
  // Where a function was meant to be called, why it is no fitting value itself is nothing to know.
  const uncalled = related.some((other) => /mean to call this/.test(other.message));
  return uncalled ? message.split("\n")[0] : message;
}

/** A name of another language's is no slip of the pen; and of a call's forms the first is named. */
function plainer(message: string, hint: string | undefined): string {
  const name = /^Cannot find name '([^']+)'\. Did you mean/.exec(message)?.[1];
  if (name && hint && isForeign(name)) return message.replace(/ Did you mean .*$/, "");
  const [first, second, ...more] = message.split("\n");
  if (!/^No overload matches/.test(first) || second === undefined) return message;
  const end = more.findIndex((line) => /^\s*Overload \d+ of/.test(line));
  const details = [second, ...(end < 0 ? more : more.slice(0, end))];
  const said = details.filter((line) => !/^\s*Overload \d+ of/.test(line));
  return said.length > 0 ? said.join("\n").trim() : message;
}

/** An earlier cell's names come as imports; the learner has imported nothing. */
function aboutEarlier(message: string, code: number, earlier: CheckedCell["earlier"]): string {
  const name = code === 2632 && /'([^']+)'/.exec(message)?.[1];
  const kind = name ? earlier.get(name)?.kind : undefined;
  if (!kind || kind === "import") return message;
  const article = kind === "enum" ? "an" : "a";
  return message.replace("an import", `${article} ${kind}`);
}

/** TypeScript's own hints, of which those about files that the learner has not written are left out. */
function relatedTo(
  { relatedInformation = [] }: ts.Diagnostic,
  { source, preludeLength, session }: CheckedCell,
): NonNullable<CellProblem["related"]> {
  return relatedInformation.flatMap(({ file, start = 0, messageText }) => {
    const message = shortened(ts.flattenDiagnosticMessageText(messageText, "\n"));
    if (!file) return [{ message }];
    const offset = start - preludeLength;
    if (file.fileName !== session.cellFile || offset < 0) return [];
    return [{ message, start: offset, line: lineAndColumn(source, offset).line }];
  });
}
