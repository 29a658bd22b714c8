import ts from "typescript";
import { NODE_IN_SHORT } from "./ambient";
import type { CompilerOptions } from "./CompilerFiles";

/** Strict as the lessons are; what is only sloppy is sorted out afterwards. */
export const TYPE_OPTIONS: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
  module: ts.ModuleKind.Preserve,
  moduleDetection: ts.ModuleDetectionKind.Force,
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
  noFallthroughCasesInSwitch: true,
  skipLibCheck: true,
  declaration: true,
  types: [],
};

/**
 * TypeScript's language service over the session's cells: the cells that have run as declarations, and one
 * text that is being looked at.
 */
export class LanguageSession {
  readonly cellFile: string;
  private readonly ambientFile: string;
  private readonly service: ts.LanguageService;
  private readonly texts = new Map<string, { text: string; version: number }>();
  private readonly versions = new Map<string, string>();
  private withNode = false;

  constructor(private readonly options: CompilerOptions) {
    this.cellFile = this.path("__cell__.ts");
    this.ambientFile = this.path("__globals__.d.ts");
    this.setText(this.ambientFile, NODE_IN_SHORT);
    this.setText(this.cellFile, "export {};");
    this.service = ts.createLanguageService(this.host());
  }

  /** The language service, with `text` as what is being looked at. */
  with(text: string): ts.LanguageService {
    this.setText(this.cellFile, text);
    if (!this.withNode && this.options.typesFolder && NODE_MODULE.test(text)) this.withNode = true;
    return this.service;
  }

  program(): ts.Program {
    return this.service.getProgram()!;
  }

  /**
   * Gives a cell that runs a file of its own, from which later cells import its names: its declarations, which
   * need no more checking, or where types cannot be written down (such as those of a local class) the cell.
   *
   * @param text the cell that is being looked at, with what stands before it
   */
  keep(cell: number, text: string): void {
    for (const extension of [".d.ts", ".ts"])
      this.texts.delete(this.path(`${cellModule(cell)}${extension}`));
    const program = this.program();
    let declarations: string | undefined;
    const { diagnostics } = program.emit(
      program.getSourceFile(this.cellFile),
      (_, output) => (declarations = output),
      undefined,
      true,
    );
    if (declarations !== undefined && diagnostics.length === 0)
      this.setText(this.path(`${cellModule(cell)}.d.ts`), declarations);
    else this.setText(this.path(`${cellModule(cell)}.ts`), text);
  }

  /** The declarations of a package that the kernel gives, such as convbook. */
  packageFile(name: string): ts.SourceFile | undefined {
    const path = this.options.packages?.[name];
    return path === undefined ? undefined : this.program().getSourceFile(path);
  }

  private path(name: string): string {
    return `${this.options.folder.replaceAll("\\", "/").replace(/\/$/, "")}/${name}`;
  }

  private setText(path: string, text: string): void {
    const known = this.texts.get(path);
    if (known?.text === text) return;
    this.texts.set(path, { text, version: (known?.version ?? 0) + 1 });
  }

  private host(): ts.LanguageServiceHost {
    const { files, folder, libraryFolder, packages = {} } = this.options;
    const fileExists = (path: string) => this.texts.has(path) || files.fileExists(path);
    const readFile = (path: string) => this.texts.get(path)?.text ?? files.readFile(path);
    const host: ts.LanguageServiceHost = {
      getCompilationSettings: () => TYPE_OPTIONS,
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: () => `${libraryFolder}/lib.d.ts`,
      getScriptFileNames: () => [
        this.withNode ? `${this.options.typesFolder}/node/index.d.ts` : this.ambientFile,
        ...Object.values(packages),
        this.cellFile,
      ],
      getScriptVersion: (path) => this.versionOf(path),
      getScriptSnapshot: (path) => {
        const text = readFile(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      fileExists,
      readFile,
      directoryExists: (path) => files.directoryExists(path),
      getDirectories: (path) => files.getDirectories(path),
      readDirectory: files.readDirectory?.bind(files),
      realpath: files.realpath && ((path) => (this.texts.has(path) ? path : files.realpath!(path))),
      resolveModuleNameLiterals: (literals, containingFile, redirected, settings, file) =>
        literals.map((literal) => {
          const given = packages[literal.text];
          if (given !== undefined)
            return {
              resolvedModule: {
                resolvedFileName: given,
                extension: ts.Extension.Dts,
                isExternalLibraryImport: true,
              },
            };
          const mode = ts.getModeForUsageLocation(file, literal, settings);
          return ts.resolveModuleName(
            literal.text,
            containingFile,
            settings,
            host as ts.ModuleResolutionHost,
            undefined,
            redirected,
            mode,
          );
        }),
    };
    return host;
  }

  /** What stands in packages does not change while the kernel lives; the learner's own files do. */
  private versionOf(path: string): string {
    const text = this.texts.get(path);
    if (text) return String(text.version);
    const known = this.versions.get(path);
    if (known !== undefined) return known;
    const isOwn = !path.includes("/node_modules/") && !path.startsWith(this.options.libraryFolder);
    if (isOwn && !Object.values(this.options.packages ?? {}).includes(path))
      return String(this.options.files.getModifiedTime?.(path)?.getTime() ?? 0);
    this.versions.set(path, "0");
    return "0";
  }
}

export const cellModule = (cell: number) => `__cell${cell}__`;

/** A module that Node brings: its declarations are two thirds of all and are loaded only for it. */
const NODE_MODULE =
  /["'](?:node:[a-z_/0-9]+|fs|path|os|util|events|stream|http|https|url|crypto|zlib|child_process|worker_threads|readline|assert)(?:\/[a-z]+)?["']/;
