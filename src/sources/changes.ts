import type ts from "typescript";

/** A name whose value a statement changes, and where. */
export interface Change {
  name: string;
  at: number;
}

/** What changes a list, a map or a set that it is called on. */
const MUTATORS = /^(push|unshift|pop|shift|splice|sort|reverse|fill|set|add|delete|clear)$/;

/**
 * The names of the top level that a loose statement changes, by `f = ...`, `table[i] = ...` or `list.push(...)`.
 *
 * @param outside the symbols of the statement's file: all else is local to the statement
 */
export function changesIn(
  typescript: typeof ts,
  statement: ts.Statement,
  checker: ts.TypeChecker,
  outside: ReadonlySet<ts.Symbol>,
): Change[] {
  const changes: Change[] = [];
  const visit = (node: ts.Node): void => {
    const root = rootOf(typescript, changedBy(typescript, node));
    if (root) {
      const symbol = checker.getSymbolAtLocation(root);
      if (!symbol?.declarations?.length || outside.has(symbol))
        changes.push({ name: root.text, at: node.getStart() });
    }
    typescript.forEachChild(node, visit);
  };
  visit(statement);
  return changes;
}

function changedBy(typescript: typeof ts, node: ts.Node): ts.Expression | undefined {
  if (typescript.isBinaryExpression(node)) {
    const { FirstAssignment, LastAssignment } = typescript.SyntaxKind;
    const { kind } = node.operatorToken;
    return kind >= FirstAssignment && kind <= LastAssignment ? node.left : undefined;
  }
  if (typescript.isPrefixUnaryExpression(node) || typescript.isPostfixUnaryExpression(node)) {
    const { PlusPlusToken, MinusMinusToken } = typescript.SyntaxKind;
    const { operator, operand } = node;
    return operator === PlusPlusToken || operator === MinusMinusToken ? operand : undefined;
  }
  if (!typescript.isCallExpression(node)) return undefined;
  const { expression: method } = node;
  const changes = typescript.isPropertyAccessExpression(method) && MUTATORS.test(method.name.text);
  return changes ? method.expression : undefined;
}

/** `table` of `table.rows[3]`. */
function rootOf(typescript: typeof ts, target?: ts.Expression): ts.Identifier | undefined {
  let root = target;
  while (
    root &&
    (typescript.isPropertyAccessExpression(root) ||
      typescript.isElementAccessExpression(root) ||
      typescript.isNonNullExpression(root) ||
      typescript.isParenthesizedExpression(root))
  )
    root = root.expression;
  return root && typescript.isIdentifier(root) ? root : undefined;
}
