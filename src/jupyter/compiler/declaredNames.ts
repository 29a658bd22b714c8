import ts from "typescript";

/** How a name of a cell's top level came to be; it decides what later cells may do with it. */
export type NameKind =
  "variable" | "constant" | "function" | "class" | "enum" | "namespace" | "type" | "import";

export interface DeclaredName {
  name: string;
  kind: NameKind;
  /** How a later cell imports the same thing again: `import { a as b } from "c";`. */
  importedBy: string | undefined;
  /** The cell exports the name itself. */
  exported: boolean;
  start: number;
}

/** The names that the top level of a cell makes known, in order; the last declaration of a name counts. */
export function declaredNames(file: ts.SourceFile): DeclaredName[] {
  const names = new Map<string, DeclaredName>();
  const add = (id: ts.Identifier, kind: NameKind, of: ts.Node, importedBy?: string) => {
    const earlier = names.get(id.text);
    // An interface beside a class or a constant of its name adds to it.
    if (earlier && kind === "type" && earlier.kind !== "type") return;
    names.set(id.text, {
      name: id.text,
      kind,
      importedBy,
      exported: isExported(of),
      start: id.getStart(file),
    });
  };
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      const constant = (statement.declarationList.flags & ts.NodeFlags.Constant) !== 0;
      for (const { name } of statement.declarationList.declarations)
        for (const id of bindingNames(name)) add(id, constant ? "constant" : "variable", statement);
    } else if (ts.isImportDeclaration(statement)) addImported(statement, add);
    else if (ts.isImportEqualsDeclaration(statement))
      add(statement.name, "import", statement, statement.getText(file));
    else {
      const kind = kindOf(statement);
      const { name } = statement as ts.DeclarationStatement;
      if (kind && name && ts.isIdentifier(name)) add(name, kind, statement);
    }
  }
  // A `var` inside a block or a loop belongs to the whole cell.
  for (const statement of file.statements)
    for (const id of innerVars(statement)) if (!names.has(id.text)) add(id, "variable", statement);
  return [...names.values()];
}

function addImported(
  statement: ts.ImportDeclaration,
  add: (id: ts.Identifier, kind: NameKind, of: ts.Node, importedBy: string) => void,
): void {
  const { importClause } = statement;
  if (!importClause) return;
  const from = ` from ${JSON.stringify((statement.moduleSpecifier as ts.StringLiteral).text)};`;
  const keyword = importClause.isTypeOnly ? "import type" : "import";
  const { name, namedBindings } = importClause;
  if (name) add(name, "import", statement, `${keyword} ${name.text}${from}`);
  if (!namedBindings) return;
  if (ts.isNamespaceImport(namedBindings))
    add(
      namedBindings.name,
      "import",
      statement,
      `${keyword} * as ${namedBindings.name.text}${from}`,
    );
  else
    for (const element of namedBindings.elements)
      add(element.name, "import", statement, `${keyword} { ${element.getText()} }${from}`);
}

function kindOf(statement: ts.Statement): NameKind | undefined {
  if (ts.isFunctionDeclaration(statement)) return "function";
  if (ts.isClassDeclaration(statement)) return "class";
  if (ts.isEnumDeclaration(statement)) return "enum";
  if (ts.isModuleDeclaration(statement)) return "namespace";
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return "type";
  return undefined;
}

export function bindingNames(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? bindingNames(element.name) : [],
  );
}

/** The names of every `var` below a node, but not within functions and classes, which keep theirs. */
export function innerVars(node: ts.Node): ts.Identifier[] {
  if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node)) return [];
  const found: ts.Identifier[] = [];
  if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0)
    found.push(...node.declarations.flatMap(({ name }) => bindingNames(name)));
  ts.forEachChild(node, (child) => void found.push(...innerVars(child)));
  return found;
}

function isExported(node: ts.Node): boolean {
  return (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Export) !== 0;
}
