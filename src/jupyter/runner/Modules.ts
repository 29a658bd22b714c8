import { createRequire, isBuiltin, type SourceMapPayload } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { types } from "node:util";
import { FileMaps } from "./FileMaps";
import { type Jiti, LocalFiles } from "./LocalFiles";
import { interruptibleLoops } from "./loopCalls";

/** Node's own import(), which TypeScript would turn into require. */
const nativeImport = new Function("specifier", "return import(specifier)") as (
  specifier: string,
) => Promise<object>;

/**
 * What the cells import: packages in either form, `node:` modules, and the learner's own files, which are read
 * again when they have changed. Everything is looked for from the folder of the notebook.
 */
export class Modules {
  private readonly from = path.join(process.cwd(), "cell.js");
  private readonly native = createRequire(this.from);
  /** The course whose kernel this is: a notebook that stands elsewhere has it too. */
  private readonly course = createRequire(__filename);
  private readonly local = new LocalFiles(this.native, () => this.jiti);
  private readonly fileMaps = new FileMaps();
  private loader: Jiti | undefined;

  /** For `require(...)` in a cell. */
  readonly require = (specifier: string): unknown => {
    if (isLocal(specifier)) return this.local.require(this.localPath(specifier));
    return this.requirePackage(specifier);
  };

  /** For `import(...)` and imports: the namespace as TypeScript sees it, also that of a CommonJS package. */
  readonly import = async (specifier: string): Promise<unknown> => {
    if (isLocal(specifier)) return asNamespace(await this.local.import(this.localPath(specifier)));
    try {
      return asNamespace(this.requirePackage(specifier));
    } catch (error) {
      const url = this.importable(specifier, error);
      if (url === undefined) throw error;
      return asNamespace(await nativeImport(url));
    }
  };

  /** What leads from a file of the learner's, as it runs, to what stands in it. */
  sourceMap(file: string): SourceMapPayload | undefined {
    return this.fileMaps.get(file);
  }

  /** After an interrupt: what was half loaded is to be loaded anew. */
  forgetHalfLoaded(): void {
    for (const [file, module] of Object.entries(this.native.cache))
      if (module && !module.loaded) delete this.native.cache[file];
  }

  private requirePackage(specifier: string): unknown {
    try {
      return this.native(specifier);
    } catch (error) {
      if (!isMissing(error, specifier)) throw error;
      if (/^convbook(?:\/|$)/.test(specifier)) return this.course(specifier);
      throw missingPackage(specifier, error);
    }
  }

  /** Where a package is that only `import` can load, or nothing when that is not what the error is about. */
  private importable(specifier: string, error: unknown): string | undefined {
    const { code } = (error instanceof Error ? error : {}) as NodeJS.ErrnoException;
    const cause =
      error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    if (code === "ERR_REQUIRE_ESM" || code === "ERR_REQUIRE_ASYNC_MODULE") {
      return pathToFileURL(this.native.resolve(specifier)).href;
    }
    if (cause?.code !== "MODULE_NOT_FOUND" && cause?.code !== "ERR_PACKAGE_PATH_NOT_EXPORTED")
      return undefined;
    const parentURL = pathToFileURL(this.from).href;
    return this.jiti.esmResolve(specifier, {
      parentURL,
      conditions: ["node", "import"],
      try: true,
    });
  }

  private localPath(specifier: string): string {
    if (specifier.startsWith("file:")) return new URL(specifier).pathname;
    return path.resolve(path.dirname(this.from), specifier);
  }

  private get jiti(): Jiti {
    if (!this.loader) {
      const { createJiti } = require("jiti") as typeof import("jiti");
      const plugins = [interruptibleLoops, this.fileMaps.plugin];
      this.loader = createJiti(this.from, {
        fsCache: false,
        interopDefault: false,
        sourceMaps: true,
        transformOptions: { babel: { plugins } } as never,
      });
    }
    return this.loader;
  }
}

function isLocal(specifier: string): boolean {
  return /^(\.{1,2}(\/|$)|\/|file:)/.test(specifier);
}

/** A CommonJS module as `import * as` of TypeScript (esModuleInterop) gives it. */
function asNamespace(module: unknown): unknown {
  if (types.isModuleNamespaceObject(module)) return module;
  const known = module as Record<string, unknown> | null | undefined;
  if ((typeof known === "object" || typeof known === "function") && known?.__esModule) return known;
  const namespace: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  if (typeof known === "object" || typeof known === "function")
    for (const name of Object.keys(known ?? {}))
      Object.defineProperty(namespace, name, {
        enumerable: true,
        get: () => (known as Record<string, unknown>)[name],
      });
  Object.defineProperty(namespace, "default", { enumerable: true, value: module });
  return namespace;
}

function isMissing(error: unknown, specifier: string): boolean {
  const { code, message } = (error instanceof Error ? error : {}) as NodeJS.ErrnoException;
  if (code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return true;
  return code === "MODULE_NOT_FOUND" && message.startsWith(`Cannot find module '${specifier}'`);
}

/** What a learner reads in place of the list of folders that were searched. */
function missingPackage(specifier: string, cause: unknown): Error {
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  const advice = isBuiltin(`node:${specifier}`)
    ? `Did you mean "node:${specifier}"?`
    : `If it is the name that you mean, install it in a terminal: npm install ${name}`;
  const error = new Error(`There is no package "${specifier}" here. ${advice}`, { cause });
  error.name = "ModuleError";
  return error;
}
