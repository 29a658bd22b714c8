import type ts from "typescript";
import type { Import } from "./types";

/** The names that an import statement of a source makes known. One for its effects alone makes none known. */
export function importsOf(
  typescript: typeof ts,
  { importClause, moduleSpecifier }: ts.ImportDeclaration,
  source: number,
): Import[] {
  if (!importClause || !typescript.isStringLiteral(moduleSpecifier)) return [];
  const module = moduleSpecifier.text;
  const { name, namedBindings, isTypeOnly } = importClause;
  const found = (
    local: ts.Identifier,
    imported: string,
    node: ts.Node,
    end = node.getEnd(),
    type = false,
  ): Import => ({
    module,
    imported,
    local: local.text,
    text: node.getSourceFile().text.slice(node.getStart(), end),
    location: { source, offset: node.getStart() },
    typeOnly: isTypeOnly || type,
  });
  const alone = name ? [found(name, "default", name)] : [];
  if (!namedBindings) return alone;
  if (typescript.isNamespaceImport(namedBindings))
    return [...alone, found(namedBindings.name, "*", namedBindings)];
  const named = namedBindings.elements.map((element) => {
    const node = element.propertyName ?? element.name;
    return found(element.name, node.getText(), node, element.getEnd(), element.isTypeOnly);
  });
  return [...alone, ...named];
}

/** The modules that a statement loads when it runs: `require("fs")`, `import("fs")`, `import fs = require("fs")`. */
export function modulesLoadedBy(typescript: typeof ts, statement: ts.Statement): string[] {
  const modules: string[] = [];
  const visit = (node: ts.Node): void => {
    if (typescript.isExternalModuleReference(node)) {
      if (typescript.isStringLiteralLike(node.expression)) modules.push(node.expression.text);
    } else if (typescript.isCallExpression(node)) {
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
