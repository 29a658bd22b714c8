import type ts from "typescript";
import { declaredIdentifiers } from "./declaredNames";
import type { Mention } from "./types";

/**
 * The names of the top level in a statement: those that it declares, and those that it takes from outside
 * itself. The names of properties are none, and neither are parameters and local variables: a function with a
 * local `image` does not need the notebook's.
 *
 * @param outside the symbols of the statement's file
 * @param start where the text begins that the mentions are counted from
 */
export function mentionsIn(
  typescript: typeof ts,
  statement: ts.Statement,
  checker: ts.TypeChecker,
  outside: ReadonlySet<ts.Symbol>,
  start: number,
): Mention[] {
  const mentions: Mention[] = [];
  const declared = new Set<ts.Node>(declaredIdentifiers(typescript, statement));
  const visit = (node: ts.Node, later: boolean): void => {
    if (typescript.isIdentifier(node)) {
      const role = declared.has(node) ? "declares" : "uses";
      if (role === "declares" || (isUse(typescript, node) && isFromOutside(node))) {
        const short = isShort(typescript, node);
        mentions.push({ name: node.text, at: node.getStart() - start, role, short, later });
      }
    }
    const inside = later || runsLater(typescript, node);
    typescript.forEachChild(node, (child) => visit(child, inside));
  };
  const isFromOutside = (node: ts.Identifier): boolean => {
    const symbol = typescript.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    return !symbol?.declarations?.length || outside.has(symbol);
  };
  visit(statement, false);
  return mentions;
}

/** Whether an identifier stands for a value or a type, and is not the name of what its parent declares or reads. */
export function isUse(typescript: typeof ts, node: ts.Identifier): boolean {
  const { parent } = node;
  if (typescript.isShorthandPropertyAssignment(parent)) return true;
  if (typescript.isQualifiedName(parent)) return parent.left === node;
  if (typescript.isBindingElement(parent) && parent.propertyName === node) return false;
  if (typescript.isLabeledStatement(parent) || typescript.isBreakOrContinueStatement(parent))
    return false;
  return (parent as { name?: ts.Node }).name !== node;
}

function isShort(typescript: typeof ts, { parent }: ts.Identifier): boolean {
  if (typescript.isShorthandPropertyAssignment(parent)) return true;
  return (
    typescript.isBindingElement(parent) &&
    typescript.isObjectBindingPattern(parent.parent) &&
    !parent.propertyName &&
    !parent.dotDotDotToken
  );
}

/** Whether what stands in a node runs at a call, and not with the statement around it. */
function runsLater(typescript: typeof ts, node: ts.Node): boolean {
  if (typescript.isPropertyDeclaration(node))
    return !node.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.StaticKeyword);
  if (!typescript.isFunctionLike(node)) return false;
  let called: ts.Node = node;
  while (typescript.isParenthesizedExpression(called.parent)) called = called.parent;
  return !(typescript.isCallExpression(called.parent) && called.parent.expression === called);
}
