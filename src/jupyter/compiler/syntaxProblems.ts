import ts from "typescript";
import { type Bracket, syntaxHint, unclosedBracket } from "../hints";
import type { CellProblem } from "./Compiler";
import { lineAndColumn } from "./lineAndColumn";

/**
 * Errors of syntax, one a line. An error drags others behind it, so where the line is plainly another
 * language's, or a bracket is open to the cell's end, nothing else is said.
 */
export function syntaxProblems(
  diagnostics: readonly ts.Diagnostic[],
  source: string,
  preludeLength: number,
): CellProblem[] {
  const [first] = diagnostics;
  const start = Math.min((first.start ?? 0) - preludeLength, source.length);
  const { line } = lineAndColumn(source, start);
  const { hint, line: hintLine, foreign } = syntaxHint(source, first.code, line);
  if (foreign)
    return [problem(first, source, hintLine === line ? start : lineStart(source, hintLine), hint)];

  const unclosed = missesClosing(first, source, start)
    ? unclosedBracket(source, bracketsOf(source))
    : undefined;
  if (unclosed) {
    const { offset, bracket } = unclosed;
    const closing = { "{": "}", "(": ")", "[": "]" }[bracket];
    const opened = lineAndColumn(source, offset);
    return [
      {
        code: first.code,
        message: `The ${bracket} opened here is not closed: a ${closing} is missing.`,
        start: offset,
        length: 1,
        ...opened,
        hint:
          line === opened.line
            ? `Every ${bracket} needs its ${closing}: here the line ends without it.`
            : `It was looked for up to line ${line}.`,
      },
    ];
  }

  const lines = new Set<number>();
  return diagnostics.flatMap((diagnostic) => {
    const at = Math.min((diagnostic.start ?? 0) - preludeLength, source.length);
    const position = lineAndColumn(source, at);
    if (lines.has(position.line)) return [];
    lines.add(position.line);
    // "; expected" where a closing bracket stands: it is the bracket that is one too many.
    const code =
      diagnostic.code === 1005 && /[)\]}]/.test(source[at] ?? "")
        ? UNEXPECTED_BRACKET
        : diagnostic.code;
    return [problem(diagnostic, source, at, syntaxHint(source, code, position.line).hint)];
  });
}

const UNEXPECTED_BRACKET = 1128;

function problem(
  { code, length = 0, messageText }: ts.Diagnostic,
  source: string,
  start: number,
  hint: string | undefined,
): CellProblem {
  return {
    code,
    message: ts.flattenDiagnosticMessageText(messageText, "\n"),
    start,
    length,
    ...lineAndColumn(source, start),
    ...(hint !== undefined && { hint }),
  };
}

/** Whether the parser came to the end, or to a closing bracket of another kind, while one was open. */
function missesClosing(
  { code, messageText }: ts.Diagnostic,
  source: string,
  start: number,
): boolean {
  const message = ts.flattenDiagnosticMessageText(messageText, "\n");
  const expectsBracket = code === 1005 && /^'[)\]}]' expected/.test(message);
  return (
    (expectsBracket || code === 1109 || code === 1005) &&
    (start >= source.trimEnd().length || expectsBracket)
  );
}

function lineStart(source: string, line: number): number {
  return (
    source
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length + (line > 1 ? 1 : 0)
  );
}

/** The brackets of a text in order, without those in strings, templates and comments. */
function bracketsOf(source: string): Bracket[] {
  const scanner = ts.createScanner(
    ts.ScriptTarget.ES2022,
    true,
    ts.LanguageVariant.Standard,
    source,
  );
  const found: Bracket[] = [];
  const templates: number[] = []; // how many braces were open where each `${` began
  let depth = 0;
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind === ts.SyntaxKind.TemplateHead) templates.push(depth);
    else if (kind === ts.SyntaxKind.CloseBraceToken && templates.at(-1) === depth) {
      if (scanner.reScanTemplateToken(false) === ts.SyntaxKind.TemplateTail) templates.pop();
    } else if (BRACKETS.has(kind)) {
      const text = scanner.getTokenText();
      if (text === "{") depth++;
      if (text === "}") depth--;
      found.push({ text, offset: scanner.getTokenStart() });
    }
  }
  return found;
}

const BRACKETS = new Set([
  ts.SyntaxKind.OpenBraceToken,
  ts.SyntaxKind.CloseBraceToken,
  ts.SyntaxKind.OpenParenToken,
  ts.SyntaxKind.CloseParenToken,
  ts.SyntaxKind.OpenBracketToken,
  ts.SyntaxKind.CloseBracketToken,
]);
