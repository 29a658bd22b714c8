import fs from "node:fs";
import path from "node:path";
import type { createJiti } from "jiti";

export type Jiti = ReturnType<typeof createJiti>;

const ENDINGS = ["", ".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".json"];

/**
 * The learner's own files beside the notebook, TypeScript or JavaScript. When one of them has changed since it
 * was read, all are read again, since they may import each other.
 */
export class LocalFiles {
  /** When each file that has been read was last changed, in milliseconds. */
  private readonly read = new Map<string, number>();

  constructor(
    private readonly native: NodeRequire,
    private readonly jiti: () => Jiti,
  ) {}

  require(file: string): unknown {
    const found = this.prepare(file);
    if (/\.(json|node)$/.test(found)) return this.native(found);
    try {
      return this.jiti()(found);
    } finally {
      this.remember(found);
    }
  }

  async import(file: string): Promise<unknown> {
    const found = this.prepare(file);
    if (/\.(json|node)$/.test(found)) return this.native(found);
    try {
      return await this.jiti().import(found);
    } finally {
      this.remember(found);
    }
  }

  /** Forgets what has changed. @returns the file's whole path */
  private prepare(file: string): string {
    const candidates = ENDINGS.flatMap((ending) => [
      file + ending,
      path.join(file, `index${ending}`),
    ]);
    const found = [...candidates, file.replace(/\.([mc]?)js$/, ".$1ts")].find(isFile);
    if (!found) {
      const error = new Error(
        `There is no file ${path.relative(process.cwd(), file) || file} here.`,
      );
      error.name = "ModuleError";
      throw error;
    }
    const changed = [...this.read].some(([known, time]) => modified(known) !== time);
    if (changed) {
      for (const known of this.read.keys()) {
        delete this.native.cache[known];
        delete this.jiti().cache[known];
      }
      this.read.clear();
    }
    return found;
  }

  /** The file and those that it has imported in its turn. */
  private remember(file: string): void {
    const cached = { ...this.native.cache, ...this.jiti().cache };
    for (const known of [file, ...Object.keys(cached)])
      if (this.isLearners(known)) this.read.set(known, modified(known));
  }

  private isLearners(file: string): boolean {
    const course = path.resolve(__dirname, "..", "..");
    return (
      !file.includes(`${path.sep}node_modules${path.sep}`) && !file.startsWith(course + path.sep)
    );
  }
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

function modified(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
