// Puts the declarations of the package, which stand in two hundred files, into one, dist/convbook.d.ts: the
// kernel's first cell waits until they are read. Each file becomes an ambient module, "convbook:tensor/Tensor";
// what index.d.ts does not lead to is left out.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");
const target = join(dist, "convbook.d.ts");
const entry = join(dist, "index.d.ts");

const files = new Set([entry]); // grows while it is walked
const text = [...blocks()].join("");
if (!existsSync(target) || readFileSync(target, "utf8") !== text) writeFileSync(target, text);

function* blocks() {
  for (const file of files) yield blockOf(file);
}

/** @param {string} file */
function blockOf(file) {
  const source = readFileSync(file, "utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "");
  let [block, end] = ["", 0];
  for (const specifier of specifiersOf(
    ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true),
  )) {
    if (!specifier.text.startsWith(".")) continue;
    const imported = fileOf(join(dirname(file), specifier.text));
    files.add(imported);
    block += source.slice(end, specifier.getStart()) + JSON.stringify(nameOf(imported));
    end = specifier.end;
  }
  block += source.slice(end).replace(/^export \{\};$/m, "");
  // As the compiled module has it: TypeScript then knows that there is no default to import.
  if (file === entry) block += "\nexport const __esModule: true;";
  return `declare module ${JSON.stringify(nameOf(file))} {\n${block.trimEnd()}\n}\n`;
}

/**
 * The strings after `from` and in `import("...")`.
 *
 * @param {ts.Node} node
 * @returns {ts.StringLiteral[]}
 */
function specifiersOf(node) {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
    return [/** @type {ts.StringLiteral} */ (node.moduleSpecifier)];
  /** @type {ts.StringLiteral[]} */
  const found = [];
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    found.push(/** @type {ts.StringLiteral} */ (node.argument.literal));
  ts.forEachChild(node, (child) => void found.push(...specifiersOf(child)));
  return found;
}

/** @param {string} path */
function fileOf(path) {
  const found = [`${path}.d.ts`, join(path, "index.d.ts")].find((candidate) =>
    existsSync(candidate),
  );
  if (!found) throw new Error(`build-declarations: no declarations at ${relative(dist, path)}`);
  return found;
}

/** @param {string} file */
function nameOf(file) {
  if (file === entry) return "convbook";
  return `convbook:${relative(dist, file)
    .replaceAll("\\", "/")
    .replace(/(\/index)?\.d\.ts$/, "")}`;
}
