import type ts from "typescript";

/**
 * The names that a top-level statement takes from outside itself. The names of properties are none, and
 * neither are parameters and local variables: a function with a local `image` does not need the notebook's.
 */
export function usedNames(
  typescript: typeof ts,
  statement: ts.Statement,
  checker: ts.TypeChecker,
): Set<string> {
  const used = new Set<string>();
  const { Value, Type, Namespace, Alias } = typescript.SymbolFlags;
  const outside = new Set(
    checker.getSymbolsInScope(statement.parent, Value | Type | Namespace | Alias),
  );
  const visit = (node: ts.Node): void => {
    if (typescript.isIdentifier(node) && isUse(typescript, node)) {
      const symbol = typescript.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      if (!symbol?.declarations?.length || outside.has(symbol)) used.add(node.text);
    }
    typescript.forEachChild(node, visit);
  };
  visit(statement);
  return used;
}

/** Whether an identifier stands for a value or a type, and is not the name of what its parent declares or reads. */
function isUse(typescript: typeof ts, node: ts.Identifier): boolean {
  const { parent } = node;
  if (typescript.isShorthandPropertyAssignment(parent)) return true;
  if (typescript.isQualifiedName(parent)) return parent.left === node;
  if (typescript.isBindingElement(parent) && parent.propertyName === node) return false;
  if (typescript.isLabeledStatement(parent) || typescript.isBreakOrContinueStatement(parent))
    return false;
  return (parent as { name?: ts.Node }).name !== node;
}
