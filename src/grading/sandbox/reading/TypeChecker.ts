import path from "node:path";
import type ts from "typescript";
import { inProject } from "../../../installation";
import { GLOBALS } from "./globals";
import type { ModuleProblem } from "./task";

/** Where the module lies for the compiler: beside package.json, so that "convbook" is found. */
const MODULE = inProject("answer.ts");
const GLOBALS_FILE = inProject("globals.d.ts");

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

/** Checks modules one after the other. What they all stand on is read once, by the first. */
export class TypeChecker {
  private readonly service: ts.LanguageService;
  private text = "";
  private version = 0;

  constructor(private readonly typescript: typeof ts) {
    const { sys, ScriptSnapshot, ScriptTarget, ModuleKind, ModuleResolutionKind } = typescript;
    const own = (file: string) =>
      file === MODULE ? this.text : file === GLOBALS_FILE ? GLOBALS : undefined;
    const readFile = (file: string) =>
      own(file) ?? (isReadable(file) ? sys.readFile(file) : undefined);
    // As the kernel compiles cells, which is not strict.
    const options: ts.CompilerOptions = {
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
    this.service = typescript.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => [GLOBALS_FILE, MODULE],
      getScriptVersion: (file) => (file === MODULE ? String(this.version) : "0"),
      getScriptSnapshot: (file) => {
        const text = readFile(file);
        return text === undefined ? undefined : ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => inProject(),
      getDefaultLibFileName: (settings) => typescript.getDefaultLibFilePath(settings),
      fileExists: (file) => own(file) !== undefined || (isReadable(file) && sys.fileExists(file)),
      readFile,
    });
  }

  /** The type errors of a module. What does not parse is no type error: it shows when the code is run. */
  problems(module: string): ModuleProblem[] {
    this.text = module;
    this.version++;
    return this.service.getSemanticDiagnostics(MODULE).map(({ file, start = 0, messageText }) => {
      const { line, character: column } = file!.getLineAndCharacterOfPosition(start);
      return {
        line,
        column,
        message: this.typescript.flattenDiagnosticMessageText(messageText, "\n"),
      };
    });
  }
}
