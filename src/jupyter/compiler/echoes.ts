import ts from "typescript";
import { lineAndColumn } from "./lineAndColumn";

/** The cell that diagnostics are about, as text and parsed. */
interface ParsedCell {
  source: string;
  preludeLength: number;
  file: ts.SourceFile;
}

/**
 * One mistake may be reported several times: by its echoes, which say nothing new, by messages about the rest of a
 * line that is no code at all, by operators that stumble over a name that nobody knows. What is left is reported.
 */
export function withoutEchoes(
  diagnostics: readonly ts.Diagnostic[],
  cell: ParsedCell,
): readonly ts.Diagnostic[] {
  const comment = diagnostics.find(({ code }) => code === COMMENT);
  if (comment) return [comment];
  const unknown = diagnostics.filter(isUnknownName);
  const untyped = new Set(diagnostics.filter(({ code }) => code === UNTYPED).map(nameIn));
  const said = new Set<string>();
  return withoutRestOfLine(diagnostics, cell).filter((diagnostic) => {
    const { code, start, messageText } = diagnostic;
    const message = ts.flattenDiagnosticMessageText(messageText, "\n");
    if (code === UNTYPED_HERE && untyped.has(nameIn(diagnostic))) return false;
    const about = ECHOING.has(code) ? message : `at ${start}`;
    if (said.has(about) || isEcho(diagnostic, diagnostics, unknown, cell.file)) return false;
    said.add(about);
    return true;
  });
}

/** A # where a comment was meant: what stands behind it is no code. */
const COMMENT = 18016;

/** A variable of which nobody knows what it will hold, where it is declared and where it is used. */
const UNTYPED = 7034;
const UNTYPED_HERE = 7005;

const nameIn = ({ messageText }: ts.Diagnostic) =>
  /'([^']+)'/.exec(ts.flattenDiagnosticMessageText(messageText, "\n"))?.[1];

/** Unknown names, and names declared twice: said once, however often they stand there. */
const ECHOING = new Set([2304, 2552, 2451, 2300, 2393, 2307]);

/** Operands that are no numbers. */
const ARITHMETIC = new Set([2362, 2363, 2365]);
const UNUSED_BEFORE_COMMA = 2695;
const NO_SUCH_ELEMENT = 7053;
const NOT_ASSIGNABLE = 2322;
const UNKNOWN_PROPERTY = 2353;

function isEcho(
  { code, start = 0, length = 0 }: ts.Diagnostic,
  all: readonly ts.Diagnostic[],
  unknown: readonly ts.Diagnostic[],
  file: ts.SourceFile,
): boolean {
  if (ARITHMETIC.has(code)) {
    const operation = enclosing(file, start, ts.isBinaryExpression);
    return unknown.some((name) => operation !== undefined && isWithin(name, operation, file));
  }
  if (code === UNUSED_BEFORE_COMMA)
    return all.some(
      (other) =>
        other.code === NO_SUCH_ELEMENT &&
        other.start! <= start &&
        start + length <= other.start! + other.length!,
    );
  // What rows[0, 1] gives is of another type than was meant: that is the comma's fault.
  if (code === NOT_ASSIGNABLE)
    return all.some(
      (other) =>
        other.code === UNUSED_BEFORE_COMMA &&
        start <= other.start! &&
        other.start! < start + length,
    );
  if (code !== UNKNOWN_PROPERTY) return false;
  // const { zz } = { yy: 1 } has been reported as a zz that is not there.
  const literal = enclosing(file, start, ts.isObjectLiteralExpression);
  return (
    literal !== undefined &&
    ts.isVariableDeclaration(literal.parent) &&
    ts.isObjectBindingPattern(literal.parent.name)
  );
}

function enclosing<Kind extends ts.Node>(
  file: ts.SourceFile,
  offset: number,
  is: (node: ts.Node) => node is Kind,
): Kind | undefined {
  let found: Kind | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > offset || offset >= node.end) return;
    if (is(node)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const isWithin = ({ start = 0 }: ts.Diagnostic, node: ts.Node, file: ts.SourceFile) =>
  node.getStart(file) <= start && start < node.end;

const isUnknownName = ({ code }: ts.Diagnostic) => code === 2304 || code === 2552;

/** Lines of which one message is enough, since they are no code: `!ls -la`, `a, b = 1, 2`, `console,log(x)`. */
const NO_CODE: readonly RegExp[] = [
  /^\s*!\s*\w+(?:\s+[-\w./]|\s*$)/,
  /^\s*[\w$]+\s*,[\w$\s,]*=(?![=>])/,
  /^\s*(?:let|const|var)\s*\([\w$\s,]*\)\s*=/,
  /^\s*console\s*,/,
];

const NO_VARIABLE = 2364;

/** `xs.map((x, i) = x * i)`: what stands before the = are parameters, which nobody has declared. */
function isParameters(
  { code, start = 0, length = 0 }: ts.Diagnostic,
  source: string,
  preludeLength: number,
): boolean {
  const offset = start - preludeLength;
  return (
    code === NO_VARIABLE &&
    /^\([\w$\s,]*\)$/.test(source.slice(offset, offset + length)) &&
    /[(,]\s*$/.test(source.slice(0, offset))
  );
}

function withoutRestOfLine(
  diagnostics: readonly ts.Diagnostic[],
  { source, preludeLength }: ParsedCell,
): readonly ts.Diagnostic[] {
  const lineOf = ({ start = 0 }: ts.Diagnostic) =>
    lineAndColumn(source, start - preludeLength).line;
  const lines = source.split("\n");
  const isNoCode = (line: number) => NO_CODE.some((pattern) => pattern.test(lines[line - 1] ?? ""));
  const noCode = new Set(diagnostics.filter(isUnknownName).map(lineOf).filter(isNoCode));
  const said = new Set<number>();
  const parameters = new Set(
    diagnostics.filter((one) => isParameters(one, source, preludeLength)).map(lineOf),
  );
  return diagnostics.filter((diagnostic) => {
    const line = lineOf(diagnostic);
    if (parameters.has(line)) return diagnostic.code === NO_VARIABLE;
    if (!noCode.has(line)) return true;
    if (said.has(line) || !isUnknownName(diagnostic)) return false;
    said.add(line);
    return true;
  });
}
