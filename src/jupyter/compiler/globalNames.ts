import type { CellProblem } from "./Compiler";
import type { DeclaredName } from "./declaredNames";
import { lineAndColumn } from "./lineAndColumn";

/** The names of values that declarations give to every program: `Map`, `console`, `fetch`. */
export function globalNames(...declarations: readonly string[]): ReadonlySet<string> {
  const names = declarations.flatMap((text) =>
    [...text.matchAll(/^(?:declare )?(?:var|function|const|let|class) ([\w$]+)/gm)].map(
      ([, name]) => name,
    ),
  );
  return new Set([...names, "undefined", "globalThis"]); // these two are declared nowhere
}

/**
 * A cell's names are seen by everything that runs in the kernel, the library and the kernel too: with a `Map` of
 * the learner's, all of that would break, far from the cell. So a cell does not declare such a name. To import
 * it from the module of Node's that it belongs to is harmless.
 */
export function globalsReplaced(
  source: string,
  names: readonly DeclaredName[],
  globals: ReadonlySet<string>,
): CellProblem[] {
  return names
    .filter(
      ({ name, kind, importedBy }) => kind !== "type" && globals.has(name) && !isNodes(importedBy),
    )
    .map(({ name, start }) => ({
      code: 0,
      message: `${name} is a name of the language's, and everything that runs here would see yours in its place.`,
      start,
      length: name.length,
      ...lineAndColumn(source, start),
      hint: `Choose another name: my${name[0].toUpperCase()}${name.slice(1)}.`,
    }));
}

const isNodes = (importedBy: string | undefined) =>
  importedBy !== undefined && /^import type | from "node:(?!timers)[a-z_/]+";$/.test(importedBy);
