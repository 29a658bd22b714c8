import ts from "typescript";
import type { CompilerOptions } from "./CompilerFiles";

/** Strict as the lessons are; what is only sloppy is sorted out afterwards. */
export const TYPE_OPTIONS: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  noLib: true, // they come in one text, languageLibrary
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
 * What the language service asks of its surroundings. What stands in packages does not change while a kernel
 * lives, so it is read once; the learner's own files are read again when their time has changed.
 *
 * @param texts the files that are on no disk, by path
 */
export function serviceHost(
  { files, folder, libraryFolder, packages = {} }: CompilerOptions,
  texts: ReadonlyMap<string, { text: string; version: number }>,
  rootFiles: () => string[],
): ts.LanguageServiceHost {
  const snapshots = new Map<
    string,
    { version: string; snapshot: ts.IScriptSnapshot | undefined }
  >();
  const packageFiles = new Set(Object.values(packages));
  const isFixed = (path: string) =>
    packageFiles.has(path) || path.startsWith(libraryFolder) || path.includes("/node_modules/");
  const versionOf = (path: string) => {
    const text = texts.get(path);
    if (text) return String(text.version);
    return isFixed(path) ? "0" : String(files.getModifiedTime?.(path)?.getTime() ?? 0);
  };
  const readFile = (path: string) => texts.get(path)?.text ?? files.readFile(path);

  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => TYPE_OPTIONS,
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: () => `${libraryFolder}/lib.d.ts`,
    getScriptFileNames: rootFiles,
    getScriptVersion: versionOf,
    getScriptSnapshot(path) {
      const version = versionOf(path);
      const known = snapshots.get(path);
      if (known?.version === version) return known.snapshot;
      const text = readFile(path);
      const snapshot = text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      snapshots.set(path, { version, snapshot });
      return snapshot;
    },
    readFile,
    fileExists: (path) => texts.has(path) || files.fileExists(path),
    directoryExists: (path) => files.directoryExists(path),
    getDirectories: (path) => files.getDirectories(path),
    ...(files.readDirectory && { readDirectory: files.readDirectory.bind(files) }),
    ...(files.realpath && {
      realpath: (path: string) => (texts.has(path) ? path : files.realpath!(path)),
    }),
    resolveModuleNameLiterals: (literals, containingFile, redirected, options, file) =>
      literals.map((literal) => resolve(literal, containingFile, redirected, options, file)),
  };

  /** Lookups within packages, kept for good; what is missing today may be there in the next cell. */
  const resolved = new Map<string, ts.ResolvedModuleWithFailedLookupLocations>();
  const nothing = { resolvedModule: undefined };
  function resolve(
    literal: ts.StringLiteralLike,
    containingFile: string,
    redirected: ts.ResolvedProjectReference | undefined,
    options: ts.CompilerOptions,
    file: ts.SourceFile,
  ): ts.ResolvedModuleWithFailedLookupLocations {
    const { text } = literal;
    if (text.split(":", 1)[0] in packages) return nothing; // declared as ambient modules
    const mode = ts.getModeForUsageLocation(file, literal, options);
    const key = `${text}|${containingFile}|${mode}`;
    const known = resolved.get(key);
    if (known) return known;
    const found = ts.resolveModuleName(
      text,
      containingFile,
      options,
      { ...host, fileExists: host.fileExists, readFile },
      undefined,
      redirected,
      mode,
    );
    if (found.resolvedModule && isFixed(found.resolvedModule.resolvedFileName))
      resolved.set(key, found);
    return found;
  }
  return host;
}
