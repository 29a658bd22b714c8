import type ts from "typescript";

/** A call `check("05.poolForward", poolForward)` in a statement. */
export interface FoundCheck {
  id: string;
  /** What check is called there. */
  callee: ts.Expression;
  /** The name that it is given; undefined when it is given something else. */
  answer?: string;
  /** What it is given, where that is something else or a name within the statement. */
  given?: ts.Expression;
  /** What is given takes names from within the statement, and so is there only while that runs. */
  isLocal: boolean;
}

/**
 * The checks that run with a statement.
 *
 * @param names what `check` of the course is called in the notebook: imported under another name too
 */
export function checksIn(
  typescript: typeof ts,
  statement: ts.Statement,
  names: ReadonlySet<string>,
  checker: () => ts.TypeChecker,
): FoundCheck[] {
  const text = statement.getText();
  if (![...names].some((name) => text.includes(name))) return [];
  const calls: FoundCheck[] = [];
  const visit = (node: ts.Node): void => {
    if (typescript.isCallExpression(node) && isCheck(typescript, node.expression, names)) {
      const [id, answer] = node.arguments;
      if (id && typescript.isStringLiteralLike(id)) {
        const given = answer && withoutTypes(typescript, answer);
        const isLocal = given !== undefined && isLocalTo(typescript, statement, given, checker());
        const isName = given !== undefined && typescript.isIdentifier(given) && !isLocal;
        calls.push({
          id: id.text,
          callee: node.expression,
          ...(isName && { answer: given.text }),
          ...(given !== undefined && !isName && { given }),
          isLocal,
        });
      }
    }
    typescript.forEachChild(node, visit);
  };
  visit(statement);
  return calls;
}

/** `check`, or `convbook.check` */
function isCheck(
  typescript: typeof ts,
  callee: ts.Expression,
  names: ReadonlySet<string>,
): boolean {
  if (typescript.isIdentifier(callee)) return names.has(callee.text);
  return typescript.isPropertyAccessExpression(callee) && callee.name.text === "check";
}

/** `f` of `(f as any)` */
function withoutTypes(typescript: typeof ts, given: ts.Expression): ts.Expression {
  let inner = given;
  while (
    typescript.isParenthesizedExpression(inner) ||
    typescript.isAsExpression(inner) ||
    typescript.isSatisfiesExpression(inner) ||
    typescript.isTypeAssertionExpression(inner) ||
    typescript.isNonNullExpression(inner)
  )
    inner = inner.expression;
  return inner;
}

/** Whether a part of a statement takes a name that the statement declares around it. */
function isLocalTo(
  typescript: typeof ts,
  statement: ts.Statement,
  part: ts.Expression,
  checker: ts.TypeChecker,
): boolean {
  const isWithin = (node: ts.Node, { pos, end }: ts.Node): boolean =>
    node.getSourceFile() === part.getSourceFile() && node.pos >= pos && node.end <= end;
  let isLocal = false;
  const visit = (node: ts.Node): void => {
    if (typescript.isIdentifier(node)) {
      const symbol = typescript.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      isLocal ||= (symbol?.declarations ?? []).some(
        (one) => isWithin(one, statement) && !isWithin(one, part),
      );
    }
    typescript.forEachChild(node, visit);
  };
  visit(part);
  return isLocal;
}
