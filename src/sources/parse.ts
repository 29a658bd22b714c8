import type ts from "typescript";
import type { SourceText } from "./types";

/** Sources as the compiler reads them. */
export interface ParsedSources {
  files: ts.SourceFile[];
  /** What knows which name means what. It takes time to make, and is made when it is first needed. */
  checker: () => ts.TypeChecker;
}

/** Each source as a file of its own, so that a name is looked up in its own source first. Nothing else is read. */
export function parse(typescript: typeof ts, sources: readonly SourceText[]): ParsedSources {
  const { ES2022 } = typescript.ScriptTarget;
  const files = new Map(
    sources.map(({ text }, i) => {
      const name = `/${i}.ts`;
      return [name, parseSource(typescript, name, text)];
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

/** One source as a file. */
export function parseSource(typescript: typeof ts, name: string, text: string): ts.SourceFile {
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

/** Commands to other kernels, `%%time` or `!ls`, left blank, so that all else keeps its offset and can be made out. */
function withoutCommands(text: string): string {
  return text.replace(/^[%!].*$/gm, (command) => " ".repeat(command.length));
}
