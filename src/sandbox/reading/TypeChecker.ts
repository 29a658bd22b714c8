import path from "node:path";
import type ts from "typescript";
import { inProject } from "../../project";
import { GLOBALS } from "./globals";
import type { ModuleProblem } from "./task";

const GLOBALS_FILE = inProject("globals.d.ts");
/** Where modules lie for the compiler: beside package.json, so that "convbook" is found. */
const moduleFile = (i: number): string => inProject(`answer${i}.ts`);

/**
 * What a module's types may come from. A type like `typeof import("./lessons/...")` asks the compiler to read any
 * file, and its messages would tell what is in there.
 */
const READABLE = [
  "package.json",
  "dist/",
  "node_modules/convbook/package.json",
  "node_modules/convbook/dist/",
  "node_modules/typescript/lib/",
].map((place) => inProject(place).replace(/[\\/]$/, ""));

function isReadable(file: string): boolean {
  const resolved = path.resolve(file);
  return READABLE.some((place) => resolved === place || resolved.startsWith(place + path.sep));
}

/** More of them, or longer ones, help nobody and take memory: a name of 10 KB can stand in a thousand messages. */
const MOST_PROBLEMS = 1000;
const LONGEST_PROBLEM = 1000;

/** Checks the modules of one notebook after the other. What they all stand on is read once, by the first. */
export class TypeChecker {
  private readonly options: ts.CompilerOptions;
  private readonly known = new Map<string, ts.SourceFile | undefined>();
  private program?: ts.Program;

  constructor(private readonly typescript: typeof ts) {
    const { ScriptTarget, ModuleKind, ModuleResolutionKind } = typescript;
    // As the kernel compiles cells, which is not strict.
    this.options = {
      target: ScriptTarget.ES2022,
      lib: ["lib.es2022.d.ts"],
      module: ModuleKind.ES2022,
      moduleResolution: ModuleResolutionKind.Node10,
      ignoreDeprecations: "5.0",
      esModuleInterop: true,
      types: [],
      skipLibCheck: true,
      noEmit: true,
    };
    this.known.set(GLOBALS_FILE, this.parse(GLOBALS_FILE, GLOBALS));
  }

  /**
   * The first type errors of each module, all in one program, which costs a third of one for each. What does not parse is
   * no type error: it shows when the code is run.
   */
  problems(modules: readonly string[]): ModuleProblem[][] {
    const own = new Map(
      modules.map((text, i) => [moduleFile(i), this.parse(moduleFile(i), text)] as const),
    );
    const program = this.typescript.createProgram({
      rootNames: [GLOBALS_FILE, ...own.keys()],
      options: this.options,
      host: this.hostWith(own),
      oldProgram: this.program,
    });
    this.program = program;
    return [...own].map(([name, file]) => {
      const found = program.getSemanticDiagnostics(file).slice(0, MOST_PROBLEMS);
      return found.map(({ start = 0, messageText }) => {
        const message = this.typescript.flattenDiagnosticMessageText(messageText, "\n");
        return { offset: start, message: withoutPaths(message, name).slice(0, LONGEST_PROBLEM) };
      });
    });
  }

  private parse(file: string, text: string): ts.SourceFile {
    const { createSourceFile, JSDocParsingMode, ScriptTarget } = this.typescript;
    const jsDocParsingMode = JSDocParsingMode.ParseNone; // documentation has no part in a type
    return createSourceFile(file, text, { languageVersion: ScriptTarget.ES2022, jsDocParsingMode });
  }

  private hostWith(own: ReadonlyMap<string, ts.SourceFile>): ts.CompilerHost {
    const { sys, getDefaultLibFilePath } = this.typescript;
    const isOwn = (file: string): boolean => own.has(file) || file === GLOBALS_FILE;
    const readFile = (file: string) => (isReadable(file) ? sys.readFile(file) : undefined);
    return {
      getSourceFile: (file) => {
        if (!own.has(file) && !this.known.has(file)) {
          const text = readFile(file);
          this.known.set(file, text === undefined ? undefined : this.parse(file, text));
        }
        return own.get(file) ?? this.known.get(file);
      },
      fileExists: (file) => isOwn(file) || (isReadable(file) && sys.fileExists(file)),
      readFile,
      getDefaultLibFileName: getDefaultLibFilePath,
      getCurrentDirectory: () => inProject(),
      getCanonicalFileName: (file) => file,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => "\n",
      writeFile: () => {},
    };
  }
}

/** Where two types have one name, a message says by a path which is which. The path itself is nobody's concern. */
function withoutPaths(message: string, module: string): string {
  return message
    .replaceAll(module.replace(/\.ts$/, ""), "answer")
    .replaceAll(inProject() + path.sep, "")
    .replace(/"node_modules\/convbook\/[^"]*"/g, '"convbook"');
}
