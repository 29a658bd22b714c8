import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { type CellCompiler, createCompiler } from "./compiler";

/** The compiler for cells, with what this installation has for it to read. */
export function cellCompiler(): CellCompiler {
  const bundled = path.resolve(__dirname, "..", "convbook.d.ts");
  return createCompiler({
    files: ts.sys,
    folder: process.cwd(),
    libraryFolder: path.dirname(require.resolve("typescript")),
    typesFolder: path.resolve(path.dirname(require.resolve("@types/node/package.json")), ".."),
    hasGlobal: (name) => name in globalThis,
    ...(fs.existsSync(bundled) && { packages: { convbook: bundled } }),
  });
}
