import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inProject } from "#dist/project/index.js";

/** The usual import of a lesson's first cell, for which `import` stands. */
const IMPORT =
  'import { Tensor, zeros, fromFunction, tensor, check, hint, yourCode } from "convbook";';

/** The notebooks of a file in this folder, `styles.md`: the cells of each by its name. */
export function readStyles(file: string): Map<string, string[]> {
  const text = readFileSync(inProject("test", "grading", "class", file), "utf8");
  const parts = text.split(/^## /m).slice(1);
  return new Map(
    parts.map((part) => {
      const [name] = part.split("\n", 1);
      const cells = [...part.matchAll(/^```ts\n([^]*?)\n```$/gm)].map(([, code]) => code);
      return [name, cells.map((code) => code.replace(/^import$/m, IMPORT))];
    }),
  );
}

/** The code cells of all notebooks of a folder, by their names. */
export function readNotebooks(folder: string): Map<string, string[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  return new Map(
    files.map((file) => {
      const { cells } = JSON.parse(readFileSync(join(folder, file), "utf8")) as {
        cells: { cell_type: string; source: string | string[] }[];
      };
      const code = cells.filter(({ cell_type }) => cell_type === "code");
      return [file.slice(0, -".ipynb".length), code.map(({ source }) => [source].flat().join(""))];
    }),
  );
}
