import ts from "typescript";
import { type Bracket, type OpenBracket, signHint, syntaxHint, unclosedBracket } from "../hints";
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
  if (first.code === EXPECTED && /^"[A-Za-z]/.test(source.slice(start - 1, start + 1)))
    return [problem(first, source, start, QUOTED)];
  if (foreign) {
    const backquote = first.code === UNTERMINATED_TEMPLATE ? source.lastIndexOf("`") : -1;
    const isThere = backquote >= 0 && lineAndColumn(source, backquote).line === hintLine;
    const at = isThere ? backquote : hintLine === line ? start : lineStart(source, hintLine);
    const message = withoutGuess(first.messageText);
    return [problem({ ...first, messageText: message }, source, at, hint)];
  }

  const open = unclosedBracket(source, bracketsOf(source));
  const unclosed =
    open && (missesClosing(first, source, start) || leadsTo(open, first, start)) ? open : undefined;
  const backquote = unclosed && unpairedBackquote(source);
  if (backquote !== undefined) {
    const message = "The ` opened here is not closed: a ` is missing.";
    return [problem({ ...first, length: 1, messageText: message }, source, backquote, WITHIN)];
  }
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

  if (first.code === UNTERMINATED_COMMENT) {
    const opened = unclosedComment(source);
    const message = "The /* opened here is not closed: a */ is missing.";
    const sought = `It was looked for up to line ${line}.`;
    return [problem({ ...first, length: 2, messageText: message }, source, opened, sought)];
  }
  if (isObjectAsBlock(first, source, start)) return [problem(first, source, start, OBJECT)];
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
      (diagnostic.code === EXPECTED && /^=(?!=|\s*>)/.test(source.slice(at))
        ? COMPARED
        : undefined) ??
      (diagnostic.code === INVALID_SIGN ? signHint(source[at] ?? "") : undefined) ??
      syntaxHint(source, codeAt(diagnostic, source[at] ?? ""), position.line).hint;
    return [problem(diagnostic, source, at, hint)];
  });
}

const UNTERMINATED_TEXT = 1002;
const UNTERMINATED_TEMPLATE = 1160;
const UNTERMINATED_COMMENT = 1010;
const INVALID_SIGN = 1127;
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

const COMPARED = "One = gives a value, and that to a name alone. To compare write ===.";

const WITHIN = "A text between backquotes that stands within another needs two of its own.";

const QUOTED =
  'A " ends a text that began with one. A text with quotes in it stands between others, \'say "hi"\'; a value is joined to a text by +.';

const OBJECT =
  "A brace at the start of a line opens a block. Give the object a name, const o = { ... }; or put it in brackets, ({ ... }).";

/** `{ "a": 1 }` at the start of a statement: a block, in which nobody expects a colon there. */
function isObjectAsBlock(first: ts.Diagnostic, source: string, start: number): boolean {
  if (first.code !== EXPECTED || source[start] !== ":") return false;
  const opened = source.lastIndexOf("{", start);
  const before = source.slice(source.lastIndexOf("\n", opened) + 1, Math.max(opened, 0));
  return (
    before.trim() === "" &&
    /^\{\s*(?:"[^"\n]*"|'[^'\n]*'|\w+)\s*(?::[^{};]*)?$/.test(source.slice(opened, start))
  );
}

/** The backquote that opens a text within another, where they are odd in number: the last but one. */
function unpairedBackquote(source: string): number | undefined {
  const all = [...source.matchAll(/\\.|`/gs)].filter(([sign]) => sign === "`");
  return all.length > 1 && all.length % 2 === 1 ? all.at(-2)!.index : undefined;
}

/** Where the comment begins that nothing closes. */
function unclosedComment(source: string): number {
  const scanner = ts.createScanner(
    ts.ScriptTarget.ES2022,
    false,
    ts.LanguageVariant.Standard,
    source,
  );
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan())
    if (kind === ts.SyntaxKind.MultiLineCommentTrivia && scanner.isUnterminated())
      return scanner.getTokenStart();
  return source.lastIndexOf("/*");
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

/** Whether what nothing closes is the likely cause of an error further on: within round or square brackets. */
function leadsTo(
  { bracket, offset }: OpenBracket,
  { code }: ts.Diagnostic,
  start: number,
): boolean {
  return code === EXPECTED && bracket !== "{" && offset < start;
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
