import type ts from "typescript";
import { declaredNames } from "./declaredNames";
import { importsOf } from "./imports";

/**
 * What stock tslab refuses in a source that the teaching kernel takes, in words: `export` before a declaration, since it
 * exports all names of a cell itself, `declare global`, of which it would export the name, and the comment `@module`, which
 * it takes for a file's name. Names of earlier sources it writes as properties of what they export, which goes wrong in a
 * pattern that gives a property of theirs another name, and in a record's shorthand.
 *
 * @param isEarlier whether a source above has a property, or a name at its top level
 */
export function refusedByStock(
  typescript: typeof ts,
  file: ts.SourceFile,
  isEarlier: (kind: "properties" | "names", name: string) => boolean,
  checker: () => ts.TypeChecker,
): string[] {
  const found: string[] = [];
  const { ExportKeyword, DefaultKeyword } = typescript.SyntaxKind;
  const isExported = (statement: ts.Statement): boolean => {
    const kinds = typescript.canHaveModifiers(statement)
      ? (statement.modifiers ?? []).map(({ kind }) => kind)
      : [];
    return kinds.includes(ExportKeyword) && !kinds.includes(DefaultKeyword);
  };
  if (file.statements.some(isExported)) found.push("an export of its own");
  const isGlobal = (statement: ts.Statement): boolean =>
    typescript.isModuleDeclaration(statement) && statement.name.text === "global";
  if (file.statements.some(isGlobal)) found.push("a `declare global`");
  const renamed = first(typescript, file, (node) => {
    if (!typescript.isBindingElement(node) || !node.propertyName) return undefined;
    if (!typescript.isIdentifier(node.propertyName)) return undefined;
    return isEarlier("properties", node.propertyName.text) ? node.getText() : undefined;
  });
  if (renamed !== undefined)
    found.push(`a property of an earlier cell's object under another name, \`{ ${renamed} }\``);
  const short = first(typescript, file, (node) => {
    if (!typescript.isShorthandPropertyAssignment(node)) return undefined;
    const { text } = node.name;
    if (!isEarlier("names", text)) return undefined;
    const declared = checker().getShorthandAssignmentValueSymbol(node)?.declarations ?? [];
    return declared.some((one) => one.getSourceFile() === file) ? undefined : text;
  });
  if (short !== undefined)
    found.push(`the shorthand \`{ ${short} }\` of a name of an earlier cell`);
  const above = typescript.getLeadingCommentRanges(file.text, 0) ?? [];
  const comments = above.map(({ pos, end }) => file.text.slice(pos, end)).join("\n");
  if (comments.includes("@module")) found.push("the comment @module");
  return found;
}

/** What is found first in a file, going down. */
function first<T>(
  typescript: typeof ts,
  node: ts.Node,
  find: (node: ts.Node) => T | undefined,
): T | undefined {
  return find(node) ?? typescript.forEachChild(node, (child) => first(typescript, child, find));
}

/** Where properties of objects, classes and namespaces, and names of the top level, stand first: the source, by the name. */
export interface FirstSources {
  properties: ReadonlyMap<string, number>;
  names: ReadonlyMap<string, number>;
}

export function firstSources(typescript: typeof ts, files: readonly ts.SourceFile[]): FirstSources {
  const { SyntaxKind } = typescript;
  const kinds = new Set([
    SyntaxKind.PropertyAssignment,
    SyntaxKind.ShorthandPropertyAssignment,
    SyntaxKind.MethodDeclaration,
    SyntaxKind.PropertyDeclaration,
    SyntaxKind.PropertySignature,
    SyntaxKind.GetAccessor,
  ]);
  const properties = new Map<string, number>();
  const names = new Map<string, number>();
  const note = (known: Map<string, number>, name: string, source: number): void => {
    if (!known.has(name)) known.set(name, source);
  };
  const visit = (node: ts.Node, source: number): void => {
    const own = (node as { name?: ts.Node }).name;
    if (kinds.has(node.kind) && own && typescript.isIdentifier(own))
      note(properties, own.text, source);
    if (typescript.isModuleBlock(node))
      for (const statement of node.statements)
        for (const name of declaredNames(typescript, statement)) note(properties, name, source);
    typescript.forEachChild(node, (child) => visit(child, source));
  };
  for (const [source, file] of files.entries()) {
    visit(file, source);
    for (const statement of file.statements)
      for (const name of typescript.isImportDeclaration(statement)
        ? importsOf(typescript, statement, source).map(({ local }) => local)
        : declaredNames(typescript, statement))
        note(names, name, source);
  }
  return { properties, names };
}
