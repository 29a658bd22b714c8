import type ts from "typescript";
import { declaredIdentifiers, importsOf } from "../../sources";

/** The names of a cell, as far as other cells are concerned. */
export interface CellNames {
  /** As the compiler reads it: commands to other kernels are blanks. */
  text: string;
  parses: boolean;
  /** What it makes known at its top level, imports included. */
  declared: ReadonlySet<string>;
  /** Those of them that it exports itself. */
  exported: ReadonlySet<string>;
  /** Those of them that are `let` or `var`. */
  variables: ReadonlySet<string>;
  /** All names in it. */
  used: ReadonlySet<string>;
}

/** Reads the names of a cell. One that does not parse makes none known. */
export function namesOf(typescript: typeof ts, file: ts.SourceFile, parses: boolean): CellNames {
  const declared = new Set<string>();
  const exported = new Set<string>();
  const variables = new Set<string>();
  for (const statement of parses ? file.statements : []) {
    if (typescript.isImportDeclaration(statement)) {
      for (const { local } of importsOf(typescript, statement, 0)) declared.add(local);
      continue;
    }
    if (typescript.isExpressionStatement(statement)) continue; // `f = (x) => ...` declares nothing here
    const isExported =
      typescript.canHaveModifiers(statement) &&
      statement.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.ExportKeyword) &&
      !statement.modifiers.some(({ kind }) => kind === typescript.SyntaxKind.DefaultKeyword);
    const isVariable =
      typescript.isVariableStatement(statement) &&
      (statement.declarationList.flags & typescript.NodeFlags.BlockScoped) !==
        typescript.NodeFlags.Const;
    for (const { text } of declaredIdentifiers(typescript, statement)) {
      declared.add(text);
      if (isExported) exported.add(text);
      if (isVariable) variables.add(text);
    }
  }
  const used = new Set(
    (file as unknown as { identifiers: Map<string, string> }).identifiers.keys(),
  );
  return { text: file.text, parses, declared, exported, variables, used };
}
