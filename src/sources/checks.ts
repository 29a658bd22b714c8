import type ts from "typescript";
import { isUse } from "./mentions";
import { givenTo } from "./roots";

/** A call `check("05.poolForward", poolForward)` in a statement. */
export interface FoundCheck {
  /** Undefined where that is no text: `check(id, f)` in a loop. */
  id: string | undefined;
  at: number;
  /** It runs when that is called, and who knows with what. */
  isInFunction: boolean;
  /** Whether it runs is decided when its statement does. */
  isInBranch: boolean;
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
 * @param texts constants that are texts, by their names: `const ID = "05.twin"`
 * @param names what `check` of the course is called in the notebook: imported under another name too
 */
export function checksIn(
  typescript: typeof ts,
  statement: ts.Statement,
  names: ReadonlySet<string>,
  texts: ReadonlyMap<string, string>,
  checker: () => ts.TypeChecker,
): FoundCheck[] {
  const text = statement.getText();
  if (![...names].some((name) => text.includes(name))) return [];
  const calls: FoundCheck[] = [];
  const visit = (node: ts.Node, isInFunction: boolean, isInBranch: boolean): void => {
    if (typescript.isCallExpression(node) && isCheck(typescript, node.expression, names)) {
      const [id, answer] = node.arguments;
      if (id) {
        const isName =
          typescript.isIdentifier(id) && !isLocalTo(typescript, statement, id, checker());
        const constant = isName ? texts.get(id.text) : undefined;
        const given = answer && withoutTypes(typescript, answer);
        const isLocal = given !== undefined && isLocalTo(typescript, statement, given, checker());
        const isNamed = given !== undefined && typescript.isIdentifier(given) && !isLocal;
        calls.push({
          id: typescript.isStringLiteralLike(id) ? id.text : constant,
          at: node.getStart(),
          isInFunction,
          isInBranch,
          callee: node.expression,
          ...(isNamed && { answer: given.text }),
          ...(given !== undefined && !isNamed && { given }),
          isLocal,
        });
      }
    }
    const isMade = typescript.isFunctionLike(node) && !givenTo(typescript, node);
    const isBranch = BRANCHES.some((kind) => typescript[kind](node));
    typescript.forEachChild(node, (child) =>
      visit(child, isInFunction || isMade, isInBranch || isBranch),
    );
  };
  visit(statement, false, false);
  return calls;
}

/** Whether a statement takes check for a value, `const verify = check`, `check.bind(null, id)`. */
export function aliasesCheck(
  typescript: typeof ts,
  statement: ts.Statement,
  names: ReadonlySet<string>,
): boolean {
  const text = statement.getText();
  if (![...names].some((name) => text.includes(name))) return false;
  const visit = (node: ts.Node): boolean => {
    if (typescript.isIdentifier(node) && names.has(node.text) && isUse(typescript, node)) {
      const { parent } = node;
      return !typescript.isCallExpression(parent) || parent.expression !== node;
    }
    return typescript.forEachChild(node, visit) ?? false;
  };
  return visit(statement);
}

const BRANCHES = [
  "isIfStatement",
  "isConditionalExpression",
  "isSwitchStatement",
  "isCatchClause",
] as const satisfies readonly (keyof typeof ts)[];

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

/** The constants of the top level that are texts, by their names; of those declared twice, none. */
export function constantTexts(
  typescript: typeof ts,
  files: readonly ts.SourceFile[],
): Map<string, string> {
  const texts = new Map<string, string | undefined>();
  for (const { statements } of files)
    for (const statement of statements) {
      if (!typescript.isVariableStatement(statement)) continue;
      const isConstant = (statement.declarationList.flags & typescript.NodeFlags.Const) !== 0;
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (!typescript.isIdentifier(name)) continue;
        const text =
          isConstant && initializer && typescript.isStringLiteralLike(initializer)
            ? initializer.text
            : undefined;
        texts.set(name.text, texts.has(name.text) ? undefined : text);
      }
    }
  return new Map([...texts].flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])));
}
