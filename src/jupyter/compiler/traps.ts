import ts from "typescript";
import type { CellProblem } from "./Compiler";
import { placeOf } from "./place";

/** What is right by the language's rules and hardly meant: said as a warning. */
export function traps(source: string): CellProblem[] {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true);
  const found: CellProblem[] = [];
  const warn = (node: ts.Node, message: string, hint: string) => {
    const start = node.getStart(file);
    found.push({
      code: 0,
      message,
      start,
      length: node.end - start,
      ...placeOf(source, start),
      hint,
    });
  };
  const visit = (node: ts.Node): void => {
    if (
      ts.isElementAccessExpression(node) &&
      ts.isPrefixUnaryExpression(node.argumentExpression) &&
      node.argumentExpression.operator === ts.SyntaxKind.MinusToken &&
      ts.isNumericLiteral(node.argumentExpression.operand)
    )
      warn(
        node,
        "An index does not count from the end: this is undefined.",
        `Write ${node.expression.getText(file)}.at(${node.argumentExpression.getText(file)}).`,
      );
    if ((ts.isIfStatement(node) || ts.isWhileStatement(node)) && isAssignment(node.expression))
      warn(node.expression, "This = gives a value, it does not compare.", "To compare write ===.");
    ts.forEachChild(node, visit);
  };
  visit(file);
  found.push(...integerDivisions(source));
  return found;
}

const isAssignment = (node: ts.Expression) =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** `const half = n // 2` is `const half = n` and a comment. */
function integerDivisions(source: string): CellProblem[] {
  return source.split("\n").flatMap((text, i) => {
    const match =
      text.length < 500 &&
      /^\s*(?:(?:const|let|var)\s+\w+|return\b|\w+)\s*(?:=\s*)?[^/=]*[\w)\]]\s?\/\/\s?\d+\s*[;)]*\s*$/.exec(
        text,
      );
    if (!match || !/=|return/.test(text)) return [];
    const column = text.lastIndexOf("//") + 1;
    const start =
      source
        .split("\n")
        .slice(0, i)
        .reduce((sum, line) => sum + line.length + 1, 0) +
      column -
      1;
    return [
      {
        code: 0,
        message: "What follows // is a comment, not a divisor.",
        start,
        length: text.length - column + 1,
        line: i + 1,
        column,
        hint: "Division of whole numbers is Math.floor(a / b).",
      },
    ];
  });
}
