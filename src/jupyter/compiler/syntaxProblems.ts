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
    return [
      problem(
        { ...first, messageText: withoutGuess(first.messageText) },
        source,
        hintLine === line ? start : lineStart(source, hintLine),
        hint,
      ),
    ];

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

  if (first.code === UNTERMINATED_TEMPLATE) {
    const opened = source.lastIndexOf("`");
    return [problem({ ...first, length: 1 }, source, opened, hint)];
  }
  const lines = new Set<number>();
  // What stands behind a text that is not closed is taken for code: nothing is said of it.
  const reported = first.code === UNTERMINATED_TEXT ? [first] : diagnostics;
  return reported.flatMap((diagnostic) => {
    const at = Math.min((diagnostic.start ?? 0) - preludeLength, source.length);
    const position = lineAndColumn(source, at);
    if (lines.has(position.line)) return [];
    lines.add(position.line);
    const hint =
      outOfPlace(source.slice(at)) ??
      syntaxHint(source, codeAt(diagnostic, source[at] ?? ""), position.line).hint;
    return [problem(diagnostic, source, at, hint)];
  });
}

const UNTERMINATED_TEXT = 1002;
const UNTERMINATED_TEMPLATE = 1160;
const EXPECTED = 1005;
const UNEXPECTED_BRACKET = 1128;
const UNEXPECTED_WORD = 1434;

/** "; expected" where a closing bracket stands: it is the bracket that is one too many. */
function codeAt({ code, messageText }: ts.Diagnostic, sign: string): number {
  const isClosing = /[)\]}]/.test(sign);
  const message = ts.flattenDiagnosticMessageText(messageText, "\n");
  if (code === EXPECTED && isClosing && /^'[;,]' expected/.test(message)) return UNEXPECTED_BRACKET;
  return code === UNEXPECTED_BRACKET && !isClosing ? UNEXPECTED_WORD : code;
}

/** A part of a statement whose beginning is not there. */
function outOfPlace(text: string): string | undefined {
  if (/^(?:case|default)\b/.test(text))
    return "case and default stand within switch (x) { case 1: ...; break; default: ... }.";
  if (/^(?:catch|finally)\b/.test(text))
    return "catch and finally stand behind the } of their try: try { ... } catch (error) { ... }.";
  return undefined;
}

/** Of another language's word TypeScript guesses which of its own was meant. */
function withoutGuess(message: string | ts.DiagnosticMessageChain): string {
  return ts.flattenDiagnosticMessageText(message, "\n").replace(/ Did you mean '[^']*'\?$/, "");
}

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
  if (code !== EXPECTED && code !== 1109) return false;
  const expectsBracket = code === EXPECTED && /^'[)\]}]' expected/.test(message);
  const endsEarly = /^',' expected/.test(message) && /[;)\]}]/.test(source[start] ?? "");
  return expectsBracket || endsEarly || start >= source.trimEnd().length;
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
