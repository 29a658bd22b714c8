import type ts from "typescript";
import type { Import } from "./types";

/** The names that an import statement of a piece makes known. One for its effects alone makes none known. */
export function importedNames(
  typescript: typeof ts,
  { importClause, moduleSpecifier }: ts.ImportDeclaration,
  piece: number,
): [name: string, found: Import][] {
  if (!importClause || !typescript.isStringLiteral(moduleSpecifier)) return [];
  const module = moduleSpecifier.text;
  const found = (name: ts.Identifier, node: ts.Node, named: boolean): [string, Import] => {
    const place = { piece, offset: node.getStart() };
    return [name.text, { module, text: node.getText(), named, place }];
  };
  const { name, namedBindings } = importClause;
  const alone = name ? [found(name, name, false)] : [];
  if (!namedBindings) return alone;
  if (typescript.isNamespaceImport(namedBindings))
    return [...alone, found(namedBindings.name, namedBindings, false)];
  return [...alone, ...namedBindings.elements.map((element) => found(element.name, element, true))];
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
