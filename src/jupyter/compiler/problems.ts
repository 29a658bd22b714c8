import ts from "typescript";
import type { CellProblem } from "./Compiler";
import type { CheckedCell } from "./CheckedCell";
import { shortened } from "./messages";
import { lineAndColumn } from "./lineAndColumn";
import { isSloppiness } from "./sloppiness";
import { syntaxProblems } from "./syntaxProblems";
import { typeContext } from "./typeContext";
import { isForeign, typeHint } from "../hints";
import { traps } from "./traps";

export interface Problems {
  errors: CellProblem[];
  warnings: CellProblem[];
}

/** What is wrong with a cell: its syntax alone, if that is wrong; its types otherwise. */
export function problemsOf(cell: CheckedCell): Problems {
  const { source, preludeLength, session } = cell;
  const program = session.program();
  const file = program.getSourceFile(session.cellFile)!;
  const ofCell = ({ start = 0 }: ts.Diagnostic) => start >= preludeLength;

  const syntax = program.getSyntacticDiagnostics(file).filter(ofCell);
  if (syntax.length > 0)
    return { errors: syntaxProblems(syntax, source, preludeLength), warnings: [] };

  // What stands before the cell is ours: the learner can do nothing about it.
  const found = program.getSemanticDiagnostics(file).filter(ofCell);
  const problems = withoutEchoes(withoutCommands(found, source, preludeLength)).map((diagnostic) =>
    typeProblem(diagnostic, cell),
  );
  const sloppy = (problem: CellProblem) => isSloppiness(problem);
  return {
    errors: problems.filter((problem) => !sloppy(problem)),
    warnings: [...problems.filter(sloppy), ...traps(cell)],
  };
}

/** Of a line like `!ls -la` one message is enough: none of it is code. */
function withoutCommands(
  diagnostics: readonly ts.Diagnostic[],
  source: string,
  preludeLength: number,
): readonly ts.Diagnostic[] {
  const lineOf = ({ start = 0 }: ts.Diagnostic) =>
    lineAndColumn(source, start - preludeLength).line;
  const lines = source.split("\n");
  const isCommand = (line: number) => /^\s*!\s*\w+(?:\s+[-\w./]|\s*$)/.test(lines[line - 1] ?? "");
  const isName = ({ code }: ts.Diagnostic) => code === 2304 || code === 2552;
  const said = new Set<number>();
  return diagnostics.filter((diagnostic) => {
    const line = lineOf(diagnostic);
    const ofLine = diagnostics.filter((other) => lineOf(other) === line);
    if (!isCommand(line) || !ofLine.some(isName)) return true;
    if (said.has(line) || !isName(diagnostic)) return false;
    said.add(line);
    return true;
  });
}

/** Of several messages about one position the first, and of several about one unknown name too. */
function withoutEchoes(diagnostics: readonly ts.Diagnostic[]): ts.Diagnostic[] {
  const comment = diagnostics.find(({ code }) => code === COMMENT);
  if (comment) return [comment];
  const said = new Set<string>();
  return diagnostics.filter(({ code, start, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, "\n");
    const about = ECHOING.has(code) ? message : `at ${start}`;
    if (said.has(about)) return false;
    said.add(about);
    return true;
  });
}

/** A # where a comment was meant: what stands behind it is no code. */
const COMMENT = 18016;

/** Unknown names, and names declared twice: said once, however often they stand there. */
const ECHOING = new Set([2304, 2552, 2451, 2300, 2393, 2307]);

function typeProblem(diagnostic: ts.Diagnostic, cell: CheckedCell): CellProblem {
  const { code, length = 0 } = diagnostic;
  const { source, preludeLength } = cell;
  const start = diagnostic.start! - preludeLength;
  const message = shortened(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
  const hint = typeHint(typeContext(diagnostic, message, cell));
  const related = relatedTo(diagnostic, cell);
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
