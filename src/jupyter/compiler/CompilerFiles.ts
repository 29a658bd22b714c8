/** What the compiler needs of a file system: a part of `ts.System`, so that `ts.sys` is one. */
export interface CompilerFiles {
  readFile(path: string): string | undefined;
  fileExists(path: string): boolean;
  directoryExists(path: string): boolean;
  getDirectories(path: string): string[];
  readDirectory?(
    path: string,
    extensions?: readonly string[],
    exclude?: readonly string[],
    include?: readonly string[],
    depth?: number,
  ): string[];
  realpath?(path: string): string;
  getModifiedTime?(path: string): Date | undefined;
}

/** Where a compiler finds what it stands on. */
export interface CompilerOptions {
  files: CompilerFiles;
  /** The folder that the cells stand in: `./helper` and packages are looked for from here. */
  folder: string;
  /** The folder of TypeScript's own declarations (`node_modules/typescript/lib`), `lib.es2023.d.ts` and its kin. */
  libraryFolder: string;
  /**
   * Packages whose declarations stand in one file, as ambient modules: `{ convbook: "/…/dist/convbook.d.ts" }`.
   * The modules are the package's name and what begins with it and a colon.
   */
  packages?: Readonly<Record<string, string>>;
  /** The folder that holds `node/index.d.ts` (`node_modules/@types`); loaded once a cell imports `node:*`. */
  typesFolder?: string;
  /** Whether a global is there when a cell runs, whatever is declared; without it all that are declared are. */
  hasGlobal?(name: string): boolean;
}
