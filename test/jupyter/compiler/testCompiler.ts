import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { createCompiler } from "#dist/jupyter/compiler/index.js";
import type { CellCompiler, RefusedCell, RunnableCell } from "#dist/jupyter/compiler/index.js";
import { projectRoot } from "#dist/project/index.js";

/** A compiler as the kernel makes one, for cells in `folder`. */
export function compilerIn(folder = mkdtempSync(join(tmpdir(), "convbook-cells-"))): CellCompiler {
  return createCompiler({
    files: ts.sys,
    folder,
    libraryFolder: join(projectRoot, "node_modules/typescript/lib"),
    packages: { convbook: join(projectRoot, "dist/convbook.d.ts") },
    hasGlobal: (name) => name in globalThis || /^(?:require|prompt)$/.test(name), // the kernel has these
    typesFolder: join(projectRoot, "node_modules/@types"),
  });
}

/** Cells one after the other, as a learner runs them. */
export class Cells {
  private cell = 0;
  constructor(readonly compiler = compilerIn()) {}

  /** Compiles a cell and, if it can run, lets later cells see its names. */
  compile(source: string): RunnableCell | RefusedCell {
    const compiled = this.compiler.compile(source, ++this.cell);
    if (compiled.kind === "runnable") this.compiler.accept(compiled);
    return compiled;
  }

  runnable(source: string): RunnableCell {
    const compiled = this.compile(source);
    if (compiled.kind === "refused") throw new Error(`refused: ${source}\n${compiled.text}`);
    return compiled;
  }

  refused(source: string): RefusedCell {
    const compiled = this.compile(source);
    if (compiled.kind === "runnable") throw new Error(`not refused: ${source}`);
    return compiled;
  }
}
