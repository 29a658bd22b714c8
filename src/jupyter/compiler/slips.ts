import ts from "typescript";
import type { Look } from "./Trap";

/** Slips of the hand: one sign too many, too few, or another than was meant. */
export const SLIPS: readonly Look[] = [
  /** `for (let i = 0; i <= xs.length; i++) xs[i]` */
  function beyondTheEnd(node) {
    if (!ts.isForStatement(node) || !node.condition) return undefined;
    const { condition } = node;
    if (
      !ts.isBinaryExpression(condition) ||
      condition.operatorToken.kind !== ts.SyntaxKind.LessThanEqualsToken ||
      !ts.isPropertyAccessExpression(condition.right) ||
      condition.right.name.text !== "length"
    )
      return undefined;
    const [index, list] = [condition.left.getText(), condition.right.expression.getText()];
    if (!contains(node.statement, (inner) => isElement(inner, list, index))) return undefined;
    return [
      condition,
      `The last index is ${list}.length - 1: ${list}[${list}.length] is undefined.`,
      `Write ${index} < ${list}.length.`,
    ];
  },

  /** `for (...); { ... }` */
  function emptyBody(node) {
    if (!ts.isForStatement(node) && !ts.isWhileStatement(node) && !ts.isIfStatement(node))
      return undefined;
    const body = ts.isIfStatement(node) ? node.thenStatement : node.statement;
    if (!ts.isEmptyStatement(body)) return undefined;
    const next = node.getSourceFile().text.slice(node.end);
    if (!/^\s*\{/.test(next)) return undefined;
    return [
      body,
      "The statement ends at this semicolon: the braces behind it are no part of it.",
      "Leave out the semicolon.",
    ];
  },

  /** `"size ${n}"` */
  function templateInQuotes(node) {
    if (!ts.isStringLiteral(node) || !/\$\{[\w.$[\]()]+\}/.test(node.text)) return undefined;
    return [
      node,
      "Values are put into a text only between backquotes.",
      `Write \`${node.text.replaceAll("`", "\\`")}\`.`,
    ];
  },

  /** `xs.filter((x) => x = 2)` */
  function assignmentAsAnswer(node) {
    if (!ts.isArrowFunction(node) || !ts.isCallExpression(node.parent)) return undefined;
    const { expression } = node.parent;
    if (!ts.isPropertyAccessExpression(expression) || !ASKING.has(expression.name.text))
      return undefined;
    if (
      !ts.isBinaryExpression(node.body) ||
      node.body.operatorToken.kind !== ts.SyntaxKind.EqualsToken
    )
      return undefined;
    return [node.body, "This = gives a value, it does not compare.", "To compare write ===."];
  },

  /** `new Array(3).fill([])` */
  function oneForAll(node) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression))
      return undefined;
    const [value] = node.arguments;
    if (node.expression.name.text !== "fill" || !value) return undefined;
    const made =
      ts.isArrayLiteralExpression(value) ||
      ts.isObjectLiteralExpression(value) ||
      ts.isNewExpression(value) ||
      (ts.isCallExpression(value) && /^(?:new )?Array\b|\.fill\(/.test(value.getText()));
    if (!made) return undefined;
    return [
      node,
      "Every index gets one and the same object: what changes in one changes in all.",
      `One for each: Array.from({ length: n }, () => ${value.getText()}).`,
    ];
  },
];

/** Methods whose function answers yes or no. */
const ASKING = new Set(["filter", "find", "findIndex", "findLast", "some", "every"]);

const isElement = (node: ts.Node, list: string, index: string) =>
  ts.isElementAccessExpression(node) &&
  node.expression.getText() === list &&
  node.argumentExpression.getText() === index;

function contains(node: ts.Node, matches: (node: ts.Node) => boolean): boolean {
  return (
    matches(node) ||
    (ts.forEachChild(node, (child) => contains(child, matches) || undefined) ?? false)
  );
}
