import type ts from "typescript";
import type { Import } from "./types";

/** The names that an import statement makes known. One for its effects alone makes none known. */
export function importedNames(
  typescript: typeof ts,
  { importClause, moduleSpecifier }: ts.ImportDeclaration,
): [name: string, found: Import][] {
  if (!importClause || !typescript.isStringLiteral(moduleSpecifier)) return [];
  const module = moduleSpecifier.text;
  const { name, namedBindings } = importClause;
  const found: [string, Import][] = [];
  if (name) found.push([name.text, { module, clause: name.text }]);
  if (namedBindings && typescript.isNamespaceImport(namedBindings))
    found.push([namedBindings.name.text, { module, clause: `* as ${namedBindings.name.text}` }]);
  else if (namedBindings)
    for (const element of namedBindings.elements)
      found.push([element.name.text, { module, clause: `{ ${element.getText()} }` }]);
  return found;
}

/** The modules that a statement loads when it runs, by `require("fs")` or `import("fs")`. */
export function modulesLoadedBy(typescript: typeof ts, statement: ts.Statement): string[] {
  const modules: string[] = [];
  const visit = (node: ts.Node): void => {
    if (typescript.isCallExpression(node)) {
      const { expression, arguments: given } = node;
      const loads =
        expression.kind === typescript.SyntaxKind.ImportKeyword ||
        (typescript.isIdentifier(expression) && expression.text === "require");
      if (loads && given.length > 0 && typescript.isStringLiteralLike(given[0]))
        modules.push(given[0].text);
    }
    typescript.forEachChild(node, visit);
  };
  visit(statement);
  return modules;
}

/** Import statements for these names, one for each module where they can be joined. */
export function importStatements(imports: readonly Import[]): string[] {
  const named = new Map<string, string[]>();
  const statements: string[] = [];
  for (const { module, clause } of imports) {
    const name = /^\{ (.*) \}$/s.exec(clause)?.[1];
    if (name === undefined) statements.push(importOf(clause, module));
    else named.set(module, [...(named.get(module) ?? []), name]);
  }
  for (const [module, names] of named) statements.push(importOf(`{ ${names.join(", ")} }`, module));
  return statements;
}

function importOf(clause: string, module: string): string {
  return `import ${clause} from ${JSON.stringify(module)};`;
}
