import type ts from "typescript";
import { loadTypeScript } from "../../sources";

/** A token of a program in normal form, and where it stands in the text. */
export interface Token {
  /** Equal for tokens that differ only in what is easily disguised. */
  form: string;
  start: number;
  end: number;
}

/**
 * The tokens of TypeScript code, in a form that does not change when names, comments, layout, types, braces,
 * semicolons or texts in quotes do: what can be altered without understanding the code. Names of properties
 * stay, as do numbers, operators and the words of the language.
 *
 * `const area: number = h * w; // of a window` has the forms `let name = name * name`.
 */
export function normalTokens(code: string): Token[] {
  const typescript = loadTypeScript();
  const file = parse(typescript, code);
  const tokens: Token[] = [];
  const waiting: ts.Node[] = file ? [file] : [];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (isDisguise(typescript, node)) continue;
    const parts = node.getChildren(file);
    if (parts.length > 0) {
      for (let i = parts.length - 1; i >= 0; i--) waiting.push(parts[i]); // the first is taken next
      continue;
    }
    const text = node.getText(file);
    if (text === "" || isLayout(typescript, node)) continue;
    tokens.push({
      form: formOf(typescript, node, text),
      start: node.getStart(file),
      end: node.end,
    });
  }
  return tokens;
}

/** Nothing, where the code is nested too deep for the compiler: nobody writes so by hand. */
function parse(typescript: typeof ts, code: string): ts.SourceFile | undefined {
  try {
    return typescript.createSourceFile("answer.ts", code, typescript.ScriptTarget.ES2022, true);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whole subtrees that do nothing when the code runs. */
function isDisguise(typescript: typeof ts, node: ts.Node): boolean {
  return (
    typescript.isJSDoc(node) ||
    typescript.isTypeNode(node) ||
    typescript.isTypeParameterDeclaration(node) ||
    typescript.isTypeAliasDeclaration(node) ||
    typescript.isInterfaceDeclaration(node)
  );
}

/** Single tokens that can be put in or left out without a change of meaning. */
function isLayout(typescript: typeof ts, node: ts.Node): boolean {
  const { SyntaxKind } = typescript;
  const { parent } = node;
  switch (node.kind) {
    case SyntaxKind.SemicolonToken:
      return !typescript.isForStatement(parent);
    case SyntaxKind.OpenBraceToken:
    case SyntaxKind.CloseBraceToken:
      return typescript.isBlock(parent) && parent.statements.length < 2;
    case SyntaxKind.OpenParenToken:
    case SyntaxKind.CloseParenToken:
      return typescript.isParenthesizedExpression(parent);
    case SyntaxKind.ColonToken: // of a type; that of `a ? b : c` and of `{ a: b }` stays
      return (
        !typescript.isConditionalExpression(parent) && !typescript.isPropertyAssignment(parent)
      );
    case SyntaxKind.CommaToken:
      return /^\s*[)\]}]/.test(node.getSourceFile().text.slice(node.end));
    case SyntaxKind.AsKeyword:
    case SyntaxKind.SatisfiesKeyword:
    case SyntaxKind.ExportKeyword:
      return true;
    case SyntaxKind.ExclamationToken:
      return typescript.isNonNullExpression(parent);
    default:
      return false;
  }
}

function formOf(typescript: typeof ts, node: ts.Node, text: string): string {
  if (typescript.isIdentifier(node)) {
    const { parent } = node;
    const property = typescript.isPropertyAccessExpression(parent) && parent.name === node;
    return property ? `.${text}` : "name";
  }
  if (typescript.isNumericLiteral(node)) return String(Number(text.replaceAll("_", "")));
  if (typescript.isStringLiteralLike(node)) return "text";
  return text === "const" || text === "var" ? "let" : text;
}
