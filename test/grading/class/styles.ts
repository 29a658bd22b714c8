import { readFileSync } from "node:fs";
import { inProject } from "convbook/dist/project";

/** The usual import of a lesson's first cell, for which `import` stands. */
const IMPORT =
  'import { Tensor, zeros, fromFunction, tensor, check, hint, yourCode } from "convbook";';

/** The notebooks of styles.md: the cells of each by its name. */
export function readStyles(): Map<string, string[]> {
  const text = readFileSync(inProject("test", "grading", "class", "styles.md"), "utf8");
  const parts = text.split(/^## /m).slice(1);
  return new Map(
    parts.map((part) => {
      const [name] = part.split("\n", 1);
      const cells = [...part.matchAll(/^```ts\n([^]*?)\n```$/gm)].map(([, code]) => code);
      return [name, cells.map((code) => code.replace(/^import$/m, IMPORT))];
    }),
  );
}
