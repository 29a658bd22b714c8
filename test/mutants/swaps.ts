import type ts from "typescript";
import type { Replacement } from "./Mutant";

/** In these the order of the arguments is no matter. */
const ANY_ORDER = /^Math\.(?:min|max|hypot)$/;

/**
 * Two neighbours swapped: arguments (so the axes of an index), entries of a list, and the names of
 * a pattern that takes a shape apart; and each use of such a name, replaced by its neighbour's.
 */
export function swaps(typescript: typeof ts, node: ts.Node): Replacement[] {
  if (typescript.isCallExpression(node))
    return ANY_ORDER.test(node.expression.getText()) ? [] : swappedPairs(node.arguments);
  if (typescript.isArrayLiteralExpression(node)) return swappedPairs(node.elements);
  if (typescript.isArrayBindingPattern(node)) return swappedPairs(node.elements);
  if (typescript.isIdentifier(node)) return slips(typescript, node);
  return [];
}

function swappedPairs(all: ts.NodeArray<ts.Node>): Replacement[] {
  return all.slice(1).flatMap((second, i) => {
    const first = all[i];
    const [a, b] = [first.getText(), second.getText()];
    if (a === b || a === "" || b === "") return [];
    const between = first.getSourceFile().text.slice(first.getEnd(), second.getStart());
    return [{ start: first.getStart(), end: second.getEnd(), text: `${b}${between}${a}` }];
  });
}

/** A variable in place of the one declared beside it. */
function slips(typescript: typeof ts, node: ts.Identifier): Replacement[] {
  const { parent } = node;
  const isUse =
    !(typescript.isPropertyAccessExpression(parent) && parent.name === node) &&
    !(parent as { name?: ts.Node }).name?.getText() &&
    !typescript.isShorthandPropertyAssignment(parent);
  if (!isUse) return [];
  return neighbours(typescript, node).map((text) => ({
    start: node.getStart(),
    end: node.getEnd(),
    text,
  }));
}

function neighbours(typescript: typeof ts, node: ts.Identifier): string[] {
  for (let scope: ts.Node = node; scope; scope = scope.parent) {
    const found = declaredTogether(typescript, scope).find((names) => names.includes(node.text));
    if (!found) continue;
    const at = found.indexOf(node.text);
    return [found[at - 1], found[at + 1]].filter((name) => name !== undefined);
  }
  return [];
}

/** Names declared side by side in a scope: in a pattern, as parameters, as the variables of loops around each other. */
function declaredTogether(typescript: typeof ts, scope: ts.Node): string[][] {
  const together: string[][] = [];
  const names = (elements: readonly { name?: ts.Node }[]): string[] =>
    elements.flatMap(({ name }) =>
      name === undefined
        ? []
        : typescript.isIdentifier(name)
          ? [name.text]
          : typescript.isObjectBindingPattern(name) || typescript.isArrayBindingPattern(name)
            ? names(name.elements as readonly { name?: ts.Node }[] as { name?: ts.Node }[])
            : [],
    );
  if (typescript.isFunctionLike(scope)) together.push(names(scope.parameters));
  if (typescript.isForStatement(scope)) {
    const loops: ts.ForStatement[] = [];
    for (let loop: ts.Node = scope; typescript.isForStatement(loop); loop = loop.parent)
      loops.unshift(loop);
    together.push(
      loops.flatMap(({ initializer }) =>
        initializer && typescript.isVariableDeclarationList(initializer)
          ? names(initializer.declarations)
          : [],
      ),
    );
  }
  if (typescript.isBlock(scope))
    for (const statement of scope.statements)
      if (typescript.isVariableStatement(statement))
        together.push(names(statement.declarationList.declarations));
  return together;
}
