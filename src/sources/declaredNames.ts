import type ts from "typescript";

/**
 * The names that a statement at the top level declares, imports apart.
 *
 * @param typescript the compiler, which its caller loads when it is needed
 */
export function declaredNames(typescript: typeof ts, statement: ts.Statement): string[] {
  return declaredIdentifiers(typescript, statement).map(({ text }) => text);
}

/** The same names where they stand. */
export function declaredIdentifiers(
  typescript: typeof ts,
  statement: ts.Statement,
): ts.Identifier[] {
  if (typescript.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      boundIdentifiers(typescript, name),
    );
  }
  const assigned = assignedFunction(typescript, statement);
  if (assigned) return [assigned];
  const named =
    typescript.isFunctionDeclaration(statement) ||
    typescript.isClassDeclaration(statement) ||
    typescript.isInterfaceDeclaration(statement) ||
    typescript.isTypeAliasDeclaration(statement) ||
    typescript.isModuleDeclaration(statement) ||
    typescript.isImportEqualsDeclaration(statement) ||
    typescript.isEnumDeclaration(statement);
  return named && statement.name && typescript.isIdentifier(statement.name) ? [statement.name] : [];
}

/**
 * The `f` of `f = (x) => ...`, which gives a variable its function: as good as a declaration, since nothing is run
 * for it.
 */
export function assignedFunction(
  typescript: typeof ts,
  statement: ts.Statement,
): ts.Identifier | undefined {
  if (!typescript.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  if (!typescript.isBinaryExpression(expression)) return undefined;
  const { left, operatorToken, right } = expression;
  const gives =
    operatorToken.kind === typescript.SyntaxKind.EqualsToken &&
    (typescript.isArrowFunction(right) || typescript.isFunctionExpression(right));
  return gives && typescript.isIdentifier(left) ? left : undefined;
}

/** What a pattern binds: `x`, or the names of `{ a, b: [c] }`. */
function boundIdentifiers(typescript: typeof ts, name: ts.BindingName): ts.Identifier[] {
  if (typescript.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) =>
    typescript.isOmittedExpression(element) ? [] : boundIdentifiers(typescript, element.name),
  );
}
