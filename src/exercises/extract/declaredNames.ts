import type ts from "typescript";

/**
 * The names that a statement at the top level declares, imports apart.
 *
 * @param typescript the compiler, which its caller loads when it is needed
 */
export function declaredNames(typescript: typeof ts, statement: ts.Statement): string[] {
  if (typescript.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      boundNames(typescript, name),
    );
  }
  const named =
    typescript.isFunctionDeclaration(statement) ||
    typescript.isClassDeclaration(statement) ||
    typescript.isInterfaceDeclaration(statement) ||
    typescript.isTypeAliasDeclaration(statement) ||
    typescript.isModuleDeclaration(statement) ||
    typescript.isEnumDeclaration(statement);
  return named && statement.name ? [statement.name.text] : [];
}

/** The names that a pattern binds: `x`, or those of `{ a, b: [c] }`. */
function boundNames(typescript: typeof ts, name: ts.BindingName): string[] {
  if (typescript.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    typescript.isOmittedExpression(element) ? [] : boundNames(typescript, element.name),
  );
}
