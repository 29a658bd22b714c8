import type ts from "typescript";

/**
 * What stock tslab refuses in a piece that the teaching kernel takes, in words: a line for another kernel, `export`
 * before a declaration, and the comments `@ts-nocheck` and `@module`. Stock tslab exports all names of a cell itself,
 * whose types it has to know, and takes `@module` for a file's name.
 */
export function refusedByStock(typescript: typeof ts, text: string, file: ts.SourceFile): string[] {
  const found: string[] = [];
  const [command] = file.text === text ? [] : (/^[%!]\S*/m.exec(text) ?? []);
  if (command !== undefined) found.push(`the line ${command.slice(0, LONGEST_COMMAND)}`);
  const { ExportKeyword, DefaultKeyword } = typescript.SyntaxKind;
  const isExported = (statement: ts.Statement): boolean => {
    const kinds = typescript.canHaveModifiers(statement)
      ? (statement.modifiers ?? []).map(({ kind }) => kind)
      : [];
    return kinds.includes(ExportKeyword) && !kinds.includes(DefaultKeyword);
  };
  if (file.statements.some(isExported)) found.push("an export of its own");
  const above = typescript.getLeadingCommentRanges(file.text, 0) ?? [];
  const comments = above.map(({ pos, end }) => file.text.slice(pos, end)).join("\n");
  for (const comment of ["@ts-nocheck", "@module"])
    if (comments.includes(comment)) found.push(`the comment ${comment}`);
  return found;
}

const LONGEST_COMMAND = 20;
