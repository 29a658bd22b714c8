import type ts from "typescript";
import type { SourceText } from "./types";

/** Pieces as the compiler reads them. */
export interface ParsedPieces {
  files: ts.SourceFile[];
  /** What knows which name means what. It takes time to make, and is made when it is first asked for. */
  checker: () => ts.TypeChecker;
}

/** Each piece as a file of its own, so that a name is looked up in its own piece first. Nothing else is read. */
export function parse(typescript: typeof ts, pieces: readonly SourceText[]): ParsedPieces {
  const { ES2022 } = typescript.ScriptTarget;
  const files = new Map(
    pieces.map(({ text }, i) => {
      const name = `/${i}.ts`;
      return [name, parsePiece(typescript, name, text)];
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

/** One piece as a file. */
export function parsePiece(typescript: typeof ts, name: string, text: string): ts.SourceFile {
  const { ES2022 } = typescript.ScriptTarget;
  const file = typescript.createSourceFile(name, text, ES2022, true);
  const [first] = syntaxErrorsIn(file);
  if (!first) return file;
  const readable: Parsed = typescript.createSourceFile(name, withoutCommands(text), ES2022, true);
  // Tslab has no such commands: it refuses the cell, and says the same.
  if (syntaxErrorsIn(readable).length === 0) readable.parseDiagnostics = [first];
  return readable;
}

type Parsed = ts.SourceFile & { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] };

/** What does not parse in a file. */
export function syntaxErrorsIn(file: Parsed): readonly ts.DiagnosticWithLocation[] {
  return file.parseDiagnostics ?? [];
}

/** Commands to other kernels, `%%time` or `!ls`, left blank, so that all else keeps its place and can be made out. */
function withoutCommands(text: string): string {
  return text.replace(/^[%!].*$/gm, (command) => " ".repeat(command.length));
}
