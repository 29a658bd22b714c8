import { readFileSync } from "node:fs";
import { posix } from "node:path";
import type { Exercise } from "convbook";
import { inProject } from "#dist/project/index.js";

/**
 * A cell that declares an exercise's function as one of its wrong answers. These are closures over the lesson's
 * modules, so the cell holds the modules that they need, compiled, as a bundler would put them there.
 */
export function wrongAnswerCell(lesson: string, { entry }: Exercise, position: number): string {
  const start = `${lesson}/exercises/${entry}`;
  // As text: what a compiler has made has lost its types, and the kernels look at those of all code.
  const modules = [...modulesFrom(start)].map(
    ([name, code]) =>
      `    ${JSON.stringify(name)}: new Function("exports", "load", "library", ${JSON.stringify(code)}),`,
  );
  return [
    // A name of its own: several of these may stand in one cell.
    `import * as ${entry}Library from "convbook";`,
    `const ${entry} = (() => {`,
    `  const library = ${entry}Library;`,
    `  const modules: any = {\n${modules.join("\n")}\n  };`,
    "  const loaded: any = {};",
    "  const get = (name: string) => {",
    "    if (!loaded[name]) modules[name]((loaded[name] = {}), (path: string) =>",
    '      path === "convbook" ? library : get(resolved(name, path)), library);',
    "    return loaded[name];",
    "  };",
    // As a path is resolved from the folder of the module that names it.
    "  const resolved = (from: string, path: string) => {",
    '    const parts = from.split("/").slice(0, -1);',
    '    for (const part of path.split("/"))',
    '      if (part === "..") parts.pop(); else if (part !== ".") parts.push(part);',
    '    return parts.join("/");',
    "  };",
    `  return get(${JSON.stringify(start)}).${entry}.wrongAnswers[${position}].answer;`,
    "})();",
  ].join("\n");
}

/** A compiled module of the lessons and those it needs, without the library. */
function modulesFrom(start: string): Map<string, string> {
  const modules = new Map<string, string>();
  const add = (name: string): void => {
    if (modules.has(name)) return;
    const text = readFileSync(inProject("build", "lessons", `${name}.js`), "utf8");
    const code = text
      .replace(/\brequire\(/g, "load(")
      .replace(/\(this && this\.\w+\)/g, "library.none") // a module's `this`, which no cell may use
      .replace(/^\/\/# source.*$/m, "");
    modules.set(name, code);
    for (const [, path] of text.matchAll(/\brequire\("(\.[^"]+)"\)/g))
      add(posix.join(posix.dirname(name), path));
  };
  add(start);
  return modules;
}
