import ts from "typescript";
import { KERNEL_GLOBALS, NODE_IN_SHORT } from "./ambient";
import type { CompilerOptions } from "./CompilerFiles";
import { absentGlobals } from "./absentGlobals";
import { globalNames } from "./globalNames";
import { languageLibrary } from "./languageLibrary";
import { serviceHost } from "./serviceHost";

/**
 * TypeScript's language service over the session's cells: the cells that have run as declarations, and one
 * text that is being looked at.
 */
export class LanguageSession {
  readonly cellFile: string;
  /** What every program finds there: a cell must not put something else in place of it. */
  readonly globals: ReadonlySet<string>;
  private readonly libraryFile: string;
  private readonly ambientFile: string;
  private readonly kernelFile: string;
  private readonly service: ts.LanguageService;
  /** The files that are on no disk, by path. */
  private readonly texts = new Map<string, { text: string; version: number }>();
  private exportedNames?: ReadonlySet<string>;
  private absentNames: ReadonlySet<string> | undefined;
  private withNode = false;

  constructor(private readonly options: CompilerOptions) {
    this.cellFile = this.path("__cell__.ts");
    this.libraryFile = this.path("__library__.d.ts");
    const library = languageLibrary(LIBRARIES, options.libraryFolder, (path) =>
      options.files.readFile(path),
    );
    this.setText(this.libraryFile, library);
    this.globals = globalNames(library, NODE_IN_SHORT);
    this.ambientFile = this.path("__globals__.d.ts");
    this.kernelFile = this.path("__kernel__.d.ts");
    this.setText(this.ambientFile, NODE_IN_SHORT);
    this.setText(this.kernelFile, KERNEL_GLOBALS);
    this.setText(this.cellFile, "export {};");
    this.service = ts.createLanguageService(
      serviceHost(options, this.texts, () => this.rootFiles()),
    );
  }

  /** The language service, with `text` as what is being looked at. */
  with(text: string): ts.LanguageService {
    this.setText(this.cellFile, text);
    if (this.options.typesFolder && !this.withNode && NODE_MODULE.test(text)) {
      this.withNode = true;
      this.absentNames = undefined; // other declarations offer other names
    }
    return this.service;
  }

  program(): ts.Program {
    return this.service.getProgram()!;
  }

  /**
   * Gives a cell that runs a file of its own, from which later cells import its names: its declarations, which
   * need no more checking, or the cell where its types cannot be written down (as those of a local class).
   *
   * @param text the cell that is being looked at, with what stands before it
   */
  keep(cell: number, text: string): void {
    const path = this.path(cellModule(cell));
    for (const extension of [".d.ts", ".ts"]) this.texts.delete(path + extension);
    const program = this.program();
    let declarations: string | undefined;
    const { diagnostics } = program.emit(
      program.getSourceFile(this.cellFile),
      (_, output) => (declarations = output),
      undefined,
      true,
    );
    if (declarations !== undefined && diagnostics.length === 0)
      this.setText(`${path}.d.ts`, declarations);
    else this.setText(`${path}.ts`, text);
  }

  /** Whether a file stands beside the cells, under this name or with an ending of TypeScript's or JavaScript's. */
  hasFile(name: string): boolean {
    return ["", ".ts", ".js"].some((ending) =>
      this.options.files.fileExists(this.path(name + ending)),
    );
  }

  /** The names that the given packages export. */
  packageNames(): ReadonlySet<string> {
    return (this.exportedNames ??= exportedNames(
      this.program(),
      Object.keys(this.options.packages ?? {}),
    ));
  }

  /** The globals that are declared and yet not there when a cell runs. */
  absentGlobals(): ReadonlySet<string> {
    const { hasGlobal } = this.options;
    return (this.absentNames ??= hasGlobal
      ? absentGlobals(this.program(), this.libraryFile, (name) => hasGlobal(name))
      : new Set());
  }

  private rootFiles(): string[] {
    const { typesFolder, packages = {} } = this.options;
    return [
      this.libraryFile,
      this.withNode ? `${typesFolder}/node/index.d.ts` : this.ambientFile,
      this.kernelFile,
      ...Object.values(packages),
      this.cellFile,
    ];
  }

  private path(name: string): string {
    return `${this.options.folder.replaceAll("\\", "/").replace(/\/$/, "")}/${name}`;
  }

  private setText(path: string, text: string): void {
    const known = this.texts.get(path);
    if (known?.text === text) return;
    this.texts.set(path, { text, version: (known?.version ?? 0) + 1 });
  }
}

export const cellModule = (cell: number) => `__cell${cell}__`;

/** What Node 20 knows of the language. */
const LIBRARIES = ["es2023", "esnext.disposable", "decorators"];

/** A module that Node brings: its declarations are two thirds of all and are loaded only for it. */
const NODE_MODULE =
  /["'](?:node:[a-z_/0-9]+|fs|path|os|util|events|stream|http|https|url|crypto|zlib|child_process|worker_threads|readline|assert)(?:\/[a-z]+)?["']/;

function exportedNames(program: ts.Program, packages: readonly string[]): ReadonlySet<string> {
  const checker = program.getTypeChecker();
  const modules = checker
    .getAmbientModules()
    .filter(({ name }) => packages.includes(JSON.parse(name) as string));
  return new Set(
    modules.flatMap((module) => checker.getExportsOfModule(module).map(({ name }) => name)),
  );
}
