import type ts from "typescript";

/**
 * What stock tslab refuses in a piece that the teaching kernel takes, in words: `export` before a declaration, since it
 * exports all names of a cell itself, `declare global`, of which it would export the name, and the comment `@module`, which
 * it takes for a file's name.
 */
export function refusedByStock(typescript: typeof ts, file: ts.SourceFile): string[] {
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
  const above = typescript.getLeadingCommentRanges(file.text, 0) ?? [];
  const comments = above.map(({ pos, end }) => file.text.slice(pos, end)).join("\n");
  if (comments.includes("@module")) found.push("the comment @module");
  return found;
}
