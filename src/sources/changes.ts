import type ts from "typescript";
import type { Effects } from "./types";

/** What changes a list, a map, a set or a tensor's data that it is called on. */
const MUTATORS =
  /^(?:push|unshift|pop|shift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear)$/;
/** What changes the object that it is given first: `Object.assign(table, { ... })`. */
const CHANGES_FIRST = /^(?:assign|defineProperty|defineProperties|setPrototypeOf)$/;

/**
 * The names of the top level that a statement changes, by `f = ...`, `table[i] = ...`, `list.push(...)`,
 * `[a, b] = [b, a]` or `Object.assign(table, ...)`, and the functions that it calls.
 *
 * @param when what is asked: what happens when it runs, where a function that is only made does nothing, unless it is
 *   given to a call, `rows.forEach((row) => table.push(row))`; or what happens when a function in it is called
 * @param outside the symbols of the statement's file: all else is local to the statement
 */
export function effectsOf(
  typescript: typeof ts,
  statement: ts.Statement,
  checker: ts.TypeChecker,
  outside: ReadonlySet<ts.Symbol>,
  when: "runs" | "is called",
): Effects {
  const effects: Effects = { changes: [], calls: [] };
  const isFromOutside = (node: ts.Identifier): boolean => {
    const symbol = checker.getSymbolAtLocation(node);
    return !symbol?.declarations?.length || outside.has(symbol);
  };
  const visit = (node: ts.Node): void => {
    for (const target of changedBy(typescript, node))
      for (const root of rootsOf(typescript, target)) {
        const properties = propertiesOf(typescript, node, target);
        if (isFromOutside(root))
          effects.changes.push({ name: root.text, at: node.getStart(), properties });
      }
    if (typescript.isCallExpression(node) && typescript.isIdentifier(node.expression)) {
      const given = node.arguments.flatMap((one) => rootsOf(typescript, one));
      if (isFromOutside(node.expression))
        effects.calls.push({
          callee: node.expression.text,
          given: given.filter(isFromOutside).map(({ text }) => text),
          at: node.getStart(),
        });
    }
    if (when === "runs" && isOnlyMade(typescript, node)) return;
    typescript.forEachChild(node, visit);
  };
  visit(statement);
  return effects;
}

/** Whether a node is a function or a class that does nothing yet. */
function isOnlyMade(typescript: typeof ts, node: ts.Node): boolean {
  if (!typescript.isFunctionLike(node)) return false;
  let made: ts.Node = node;
  while (typescript.isParenthesizedExpression(made.parent)) made = made.parent;
  return !typescript.isCallExpression(made.parent);
}

function changedBy(typescript: typeof ts, node: ts.Node): ts.Expression[] {
  if (typescript.isBinaryExpression(node)) {
    const { FirstAssignment, LastAssignment } = typescript.SyntaxKind;
    const { kind } = node.operatorToken;
    return kind >= FirstAssignment && kind <= LastAssignment ? [node.left] : [];
  }
  if (typescript.isPrefixUnaryExpression(node) || typescript.isPostfixUnaryExpression(node)) {
    const { PlusPlusToken, MinusMinusToken } = typescript.SyntaxKind;
    const { operator, operand } = node;
    return operator === PlusPlusToken || operator === MinusMinusToken ? [operand] : [];
  }
  if (typescript.isDeleteExpression(node)) return [node.expression];
  if (typescript.isForOfStatement(node) || typescript.isForInStatement(node))
    return typescript.isVariableDeclarationList(node.initializer) ? [] : [node.initializer];
  if (!typescript.isCallExpression(node)) return [];
  const { expression: method } = node;
  if (!typescript.isPropertyAccessExpression(method)) return [];
  if (MUTATORS.test(method.name.text)) return [method.expression];
  return CHANGES_FIRST.test(method.name.text) ? node.arguments.slice(0, 1) : [];
}

/** `mod` of `Number.prototype.mod = ...` and of `Object.assign(globalThis, { mod })`. */
function propertiesOf(typescript: typeof ts, node: ts.Node, target: ts.Expression): string[] {
  if (typescript.isPropertyAccessExpression(target)) {
    const isGiven = typescript.isCallExpression(node) && node.arguments[0] === target;
    if (!isGiven) return [target.name.text];
  }
  if (typescript.isElementAccessExpression(target)) {
    const { argumentExpression: key } = target;
    return typescript.isStringLiteralLike(key) ? [key.text] : [];
  }
  if (!typescript.isCallExpression(node)) return [];
  return node.arguments.slice(1).flatMap((one) => {
    if (typescript.isStringLiteralLike(one)) return [one.text];
    if (!typescript.isObjectLiteralExpression(one)) return [];
    return one.properties.flatMap(({ name }) =>
      name && (typescript.isIdentifier(name) || typescript.isStringLiteralLike(name))
        ? [name.text]
        : [],
    );
  });
}

/** `table` of `table.rows[3]` and of `(table as any).rows`; `a` and `b` of `[a, b]`. */
function rootsOf(typescript: typeof ts, target: ts.Expression): ts.Identifier[] {
  let root: ts.Expression = target;
  while (
    typescript.isPropertyAccessExpression(root) ||
    typescript.isElementAccessExpression(root) ||
    typescript.isNonNullExpression(root) ||
    typescript.isParenthesizedExpression(root) ||
    typescript.isAsExpression(root) ||
    typescript.isSatisfiesExpression(root) ||
    typescript.isTypeAssertionExpression(root) ||
    typescript.isSpreadElement(root)
  )
    root = root.expression;
  if (typescript.isIdentifier(root)) return [root];
  if (typescript.isArrayLiteralExpression(root))
    return root.elements.flatMap((element) => rootsOf(typescript, element));
  if (!typescript.isObjectLiteralExpression(root)) return [];
  return root.properties.flatMap((property) => {
    if (typescript.isShorthandPropertyAssignment(property)) return [property.name];
    return typescript.isPropertyAssignment(property)
      ? rootsOf(typescript, property.initializer)
      : [];
  });
}
