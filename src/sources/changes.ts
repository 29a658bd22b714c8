import type ts from "typescript";
import { CHANGES_FIRST, MUTATORS, READERS, READING_GLOBALS } from "./methods";
import { givenTo, Roots } from "./roots";
import { ANY_PROPERTY, type Change, type Effects } from "./types";

/** What is known of the code around a statement. */
export interface Surroundings {
  /** The symbols of the statement's file: all else is local to the statement. */
  outside: ReadonlySet<ts.Symbol>;
  /** The names of all methods that the notebook writes itself: one called `get` may do anything. */
  ownMethods: ReadonlySet<string>;
}

/** Functions of the course that call an answer, for themselves: what that does to the notebook is left out. */
const ASKING: ReadonlySet<string> = new Set(["check", "hint"]);

/**
 * What a statement does to names of the top level: it changes them, by `f = ...`, `table[i] = ...`, `list.push(...)`,
 * `[a, b] = [b, a]` or `Object.assign(table, ...)`; or it may change them, by a method that is not known to read only,
 * `memo.build(60)`, or a function that it gives them to. With the names that it mentions, whose functions it may call.
 *
 * @param when what is looked for: what happens when it runs, where a function that is only made does nothing, unless it is
 *   given to a call, `rows.forEach((row) => table.push(row))`; or what happens when a function in it is called
 */
export function effectsOf(
  typescript: typeof ts,
  statement: ts.Statement,
  checker: ts.TypeChecker,
  { outside, ownMethods }: Surroundings,
  when: "runs" | "is called",
): Effects {
  const roots = new Roots(typescript, checker, outside);
  const changes: Change[] = [];
  const calls: Effects["calls"] = [];
  const mentioned = new Set<string>();
  const guesses = (node: ts.Node, names: Iterable<string>): void => {
    for (const name of names)
      changes.push({ name, at: node.getStart(), properties: [], isGuess: true });
  };
  const visitCall = (node: ts.CallExpression | ts.NewExpression): void => {
    const { expression: callee } = node;
    const given = new Set((node.arguments ?? []).flatMap(namesOf));
    if (typescript.isIdentifier(callee)) {
      if (roots.isOutside(callee))
        calls.push({ callee: callee.text, given: [...given], at: node.getStart() });
      else guesses(node, given);
      return;
    }
    const isMethod = typescript.isPropertyAccessExpression(callee);
    const isReader = isMethod && READERS.has(callee.name.text);
    if (isReader && !ownMethods.has(callee.name.text)) return;
    const receivers = namesOf(callee);
    const known = isMethod && typescript.isIdentifier(callee.expression);
    if (known && READING_GLOBALS.has(callee.expression.getText())) return;
    guesses(node, receivers);
    for (const one of receivers)
      calls.push({ callee: one, given: [...given], at: node.getStart() });
  };
  const namesOf = (expression: ts.Expression): string[] =>
    roots.of(expression).map(({ name }) => name);
  const visit = (node: ts.Node, runs: boolean): void => {
    // A list or a record may hold functions by their names, which who has it may call.
    if ((runs || when === "is called") && typescript.isIdentifier(node) && roots.isOutside(node))
      mentioned.add(node.text);
    if (runs) {
      for (const target of changedBy(typescript, node))
        for (const { name, isGuess } of roots.of(target))
          changes.push({
            name,
            at: node.getStart(),
            properties: propertiesOf(typescript, node, target),
            isGuess,
            ...(isVariable(typescript, target) && { replaces: true }),
          });
      if (typescript.isCallExpression(node) || typescript.isNewExpression(node)) {
        if (typescript.isIdentifier(node.expression) && ASKING.has(node.expression.text)) return;
        visitCall(node);
      }
    }
    const isFunction = typescript.isFunctionLike(node);
    if (when === "runs" && isFunction && !givenTo(typescript, node)) return;
    const inside = runs || isFunction || typescript.isPropertyDeclaration(node);
    typescript.forEachChild(node, (child) => visit(child, inside));
  };
  visit(statement, when === "runs");
  return { changes, calls, mentioned: [...mentioned] };
}

/** Whether what is assigned to is a variable, or a list or record of variables, and no part of a value. */
function isVariable(typescript: typeof ts, target: ts.Expression): boolean {
  return (
    typescript.isIdentifier(target) ||
    typescript.isArrayLiteralExpression(target) ||
    typescript.isObjectLiteralExpression(target) ||
    (typescript.isParenthesizedExpression(target) && isVariable(typescript, target.expression))
  );
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
  const isReflect =
    typescript.isIdentifier(method.expression) && method.expression.text === "Reflect";
  if (CHANGES_FIRST.test(method.name.text) || isReflect) return node.arguments.slice(0, 1);
  return MUTATORS.test(method.name.text) ? [method.expression] : [];
}

/** `mod` of `Number.prototype.mod = ...` and of `Object.assign(globalThis, { mod })`. */
function propertiesOf(typescript: typeof ts, node: ts.Node, target: ts.Expression): string[] {
  if (typescript.isPropertyAccessExpression(target)) {
    const isGiven = typescript.isCallExpression(node) && node.arguments[0] === target;
    if (!isGiven) return [target.name.text];
  }
  if (typescript.isElementAccessExpression(target)) {
    const { argumentExpression: key } = target;
    return [typescript.isStringLiteralLike(key) ? key.text : ANY_PROPERTY];
  }
  if (!typescript.isCallExpression(node)) return [];
  return node.arguments.slice(1).flatMap((one) => {
    if (typescript.isStringLiteralLike(one)) return [one.text];
    if (!typescript.isObjectLiteralExpression(one)) return [];
    return one.properties.flatMap(({ name }) =>
      name && (typescript.isIdentifier(name) || typescript.isStringLiteralLike(name))
        ? [name.text]
        : [ANY_PROPERTY],
    );
  });
}

/** The names whose values the variables of a statement may share: `table` of `const t = table`. */
export function sharedBy(
  typescript: typeof ts,
  statement: ts.Statement,
  checker: ts.TypeChecker,
  outside: ReadonlySet<ts.Symbol>,
): string[] {
  if (!typescript.isVariableStatement(statement)) return [];
  const roots = new Roots(typescript, checker, outside);
  const { declarations } = statement.declarationList;
  return declarations.flatMap(({ initializer }) =>
    initializer ? roots.of(initializer).map(({ name }) => name) : [],
  );
}

/**
 * Whether what a statement declares stays what it is unless it is assigned to: functions, and constants of numbers
 * and texts.
 */
export function isFixed(typescript: typeof ts, statement: ts.Statement): boolean {
  if (!typescript.isVariableStatement(statement))
    return !typescript.isClassDeclaration(statement) && !typescript.isModuleDeclaration(statement);
  const isSimple = (node: ts.Node): boolean => {
    if (typescript.isParenthesizedExpression(node) || typescript.isPrefixUnaryExpression(node))
      return typescript.forEachChild(node, (one) => !isSimple(one)) !== true;
    if (typescript.isBinaryExpression(node)) return isSimple(node.left) && isSimple(node.right);
    return (
      typescript.isNumericLiteral(node) ||
      typescript.isStringLiteralLike(node) ||
      typescript.isTemplateExpression(node) ||
      typescript.isArrowFunction(node) ||
      typescript.isFunctionExpression(node) ||
      node.kind === typescript.SyntaxKind.TrueKeyword ||
      node.kind === typescript.SyntaxKind.FalseKeyword
    );
  };
  return statement.declarationList.declarations.every(
    ({ initializer }) => initializer !== undefined && isSimple(initializer),
  );
}

/** The names of the methods that classes and objects of a file have, and of properties that hold functions. */
export function methodsIn(typescript: typeof ts, file: ts.SourceFile): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const holds =
      (typescript.isPropertyAssignment(node) || typescript.isPropertyDeclaration(node)) &&
      node.initializer !== undefined &&
      typescript.isFunctionLike(node.initializer);
    if ((typescript.isMethodDeclaration(node) || holds) && typescript.isIdentifier(node.name))
      names.push(node.name.text);
    typescript.forEachChild(node, visit);
  };
  visit(file);
  return names;
}
