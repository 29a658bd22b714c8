import type ts from "typescript";
import { declaredNames } from "./declaredNames";
import { importedNames, modulesLoadedBy } from "./imports";
import type { Declaration, Import, SourceText } from "./types";
import { usedNames } from "./usedNames";

/** What the pieces make known at their top level. Of each name the last declaration counts, as in a kernel. */
export interface TopLevel {
  /** The declarations of each name, in order. */
  declarations: Map<string, Declaration[]>;
  /** The last import of each name. */
  imports: Map<string, Import>;
}

/**
 * Reads the declarations of pieces. A piece that does not parse gives those that can be made out; since it cannot
 * have run, they count only where no other piece declares the name.
 */
export function readTopLevel(typescript: typeof ts, pieces: readonly SourceText[]): TopLevel {
  const { files, checker } = parse(typescript, pieces);
  const declarations: TopLevel["declarations"] = new Map();
  const imports: TopLevel["imports"] = new Map();
  let position = 0;
  const brokenFirst = [...files.entries()].sort(
    ([, a], [, b]) => Number(isBroken(b)) - Number(isBroken(a)),
  );
  for (const [piece, file] of brokenFirst)
    for (const statement of file.statements) {
      if (typescript.isImportDeclaration(statement))
        for (const [name, found] of importedNames(typescript, statement, piece))
          imports.set(name, found);
      const names = declaredNames(typescript, statement);
      if (names.length === 0) continue;
      const declaration: Declaration = {
        position: position++,
        ...textOf(typescript, statement, piece),
        uses: () => usedNames(typescript, statement, checker()),
        loads: () => modulesLoadedBy(typescript, statement),
      };
      for (const name of names)
        declarations.set(name, [...(declarations.get(name) ?? []), declaration]);
    }
  return { declarations, imports };
}

/** Each piece as a file of its own, so that a name is looked up in its own piece first. Nothing else is read. */
function parse(
  typescript: typeof ts,
  pieces: readonly SourceText[],
): { files: ts.SourceFile[]; checker: () => ts.TypeChecker } {
  const { ES2022 } = typescript.ScriptTarget;
  const files = new Map(
    pieces.map(({ text }, i) => {
      const name = `/${i}.ts`;
      const file = typescript.createSourceFile(name, text, ES2022, true);
      if (!isBroken(file)) return [name, file];
      return [name, typescript.createSourceFile(name, withoutCommands(text), ES2022, true)];
    }),
  );
  const host: ts.CompilerHost = {
    getSourceFile: (name) => files.get(name),
    getDefaultLibFileName: () => "",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => files.has(name),
    readFile: () => undefined,
    writeFile: () => {},
  };
  const options: ts.CompilerOptions = {
    noLib: true,
    noResolve: true,
    types: [],
    target: ES2022,
    moduleDetection: typescript.ModuleDetectionKind.Force,
  };
  let checker: ts.TypeChecker | undefined;
  return {
    files: [...files.values()],
    checker: () =>
      (checker ??= typescript.createProgram([...files.keys()], options, host).getTypeChecker()),
  };
}

function isBroken(file: ts.SourceFile & { parseDiagnostics?: readonly unknown[] }): boolean {
  return (file.parseDiagnostics?.length ?? 0) > 0;
}

/** Commands to other kernels, `%%time` or `!ls`, left blank, so that all else keeps its place. */
function withoutCommands(text: string): string {
  return text.replace(/^[%!].*$/gm, (command) => " ".repeat(command.length));
}

/** The statement without `export`, which a cell does not need, below the documentation that stands above it. */
function textOf(
  typescript: typeof ts,
  statement: ts.Statement,
  piece: number,
): Pick<Declaration, "documentation" | "text" | "place"> {
  const file = statement.getSourceFile();
  const above = typescript.getLeadingCommentRanges(file.text, statement.getFullStart())?.at(-1);
  const comment = above ? file.text.slice(above.pos, above.end) : "";
  const text = withoutExport(typescript, statement);
  const end = statement.getEnd();
  return {
    documentation: comment.startsWith("/**") ? `${comment}\n` : "",
    text,
    place: { piece, offset: end - text.length },
  };
}

/** Its text to the end; where something stands before `export`, a decorator, blanks stand in its place. */
function withoutExport(typescript: typeof ts, statement: ts.Statement): string {
  const { ExportKeyword, DefaultKeyword } = typescript.SyntaxKind;
  const modifiers = typescript.canHaveModifiers(statement) ? (statement.modifiers ?? []) : [];
  const start = statement.getStart();
  let text = statement.getText();
  for (const modifier of modifiers) {
    if (modifier.kind !== ExportKeyword && modifier.kind !== DefaultKeyword) continue;
    const keyword = modifier.getText();
    const at = modifier.getStart() - start;
    text = text.slice(0, at) + " ".repeat(keyword.length) + text.slice(at + keyword.length);
  }
  return text.trimStart();
}
