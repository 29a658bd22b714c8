import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";
import * as convbook from "convbook";
import { runExample } from "./docs/runExample";

/**
 * Runs every `@example` of the sources, so that none of them can go stale. They are written as `runExample` reads them.
 */

const root = resolve(__dirname, "../..");
/** In these folders every exported function has an example. */
const documentedFolders = [
  "src/tensor/",
  "src/arithmetic/",
  "src/kernels/",
  "src/network/",
  "src/explaining/",
  "src/training/",
];

describe("examples in the documentation", () => {
  for (const path of typescriptFiles(join(root, "src"))) {
    const file = relative(root, path).replaceAll("\\", "/");
    const source = ts.createSourceFile(
      file,
      readFileSync(path, "utf8"),
      ts.ScriptTarget.ES2022,
      true,
    );

    for (const example of examplesOf(source))
      it(`${file}:${example.line} ${example.subject}`, () =>
        runExample(example.code, namesOfRoom(file)));

    if (documentedFolders.some((folder) => file.startsWith(folder)))
      for (const [name, declarations] of publicFunctions(source))
        it(`${file} ${name} has an example`, () => {
          const tags = declarations.flatMap((declaration) => ts.getJSDocTags(declaration));
          assert.ok(
            tags.some((tag) => tag.tagName.text === "example"),
            `Give ${name} an @example that ends in "// → value".`,
          );
        });
  }
});

describe("runExample", () => {
  it("runExample(code) compares the value of each marked statement", async () => {
    await runExample("const a = [1, 2];\na // → [1, 2]\na.length // → 2");
    await assert.rejects(runExample("1 + 1 // → 3"), /1 \+ 1 is 2/);
  });

  it("runExample(code) allows fractions an error of 1e-6, and integers none", async () => {
    await runExample("({ third: [1 / 3] }) // → { third: [0.333333] }");
    await assert.rejects(runExample("1 / 3 // → 0.3333"), /is 0.333333/);
    await assert.rejects(runExample("3.0000001 // → 3"), /is 3.0000001/);
  });

  it("runExample(code) expects the error that the comment says", async () => {
    await runExample('conv2d("cat") // throws x must be a tensor');
    await assert.rejects(runExample('conv2d("cat") // throws no such thing'), /no such thing/);
    await assert.rejects(runExample("1 // throws anything"), /did not throw/);
  });

  it("runExample(code without a marked last statement) is refused", async () => {
    await assert.rejects(runExample("1 + 1 // → 2\n2 + 2"), /must end in "\/\/ → value"/);
  });
});

interface Example {
  /** The name of what is documented. */
  subject: string;
  line: number;
  code: string;
}

function typescriptFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name))
    .sort();
}

function examplesOf(source: ts.SourceFile): Example[] {
  const examples = new Map<number, Example>(); // by position: nested nodes share one comment
  const walk = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) {
      if (tag.tagName.text !== "example") continue;
      const code = ts.getTextOfJSDocComment(tag.comment) ?? "";
      const line = source.getLineAndCharacterOfPosition(tag.pos).line + 1;
      const subject = ts.isFunctionLike(node) || ts.isClassLike(node) ? node.name?.getText() : "";
      if (!examples.has(tag.pos)) examples.set(tag.pos, { subject: subject ?? "", line, code });
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return [...examples.values()];
}

/** The functions of a file that users of the package can import, each with its overloads. */
function publicFunctions(source: ts.SourceFile): Map<string, ts.FunctionDeclaration[]> {
  const functions = new Map<string, ts.FunctionDeclaration[]>();
  for (const statement of source.statements) {
    if (!ts.isFunctionDeclaration(statement)) continue;
    const name = statement.name?.text ?? "";
    const exported = statement.modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword);
    const internal = ts.getJSDocTags(statement).some((tag) => tag.tagName.text === "internal");
    if (exported && !internal && name in convbook)
      functions.set(name, [...(functions.get(name) ?? []), statement]);
  }
  return functions;
}

/** What the files of a room see of it, beside what all import. */
function namesOfRoom(file: string): Record<string, unknown> {
  const [, room] = /^src\/(\w+)\//.exec(file) ?? [];
  const isRoom = room !== undefined && existsSync(join(root, "dist", room, "index.js"));
  return isRoom ? (require(`#dist/${room}/index.js`) as Record<string, unknown>) : {};
}
