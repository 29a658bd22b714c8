import type ts from "typescript";
import { declaredNames } from "./declaredNames";

/** A piece of TypeScript with the place it came from: a notebook's cell, or a file. */
export interface SourceText {
  /** `"cell 12"`, for messages. */
  origin: string;
  text: string;
}

export interface Extracted {
  /** Imports and declarations that the function needs, then the function: a module that exports it. */
  module: string;
  /** The function itself and the helpers it calls, without imports: what a reader wants to see. */
  listing: string;
}

/**
 * Finds a function among pieces of code and takes it out with all it needs: the imports, and the
 * declarations it reaches, directly or through others. The last definition of a name wins, as it does
 * in a kernel. Other statements, say a plot or a long computation, are left behind.
 *
 * @returns undefined when no piece declares the function
 *
 * @example
 * extractFunction([{ origin: "cell 1", text: "const k = 2; function f(x: number) { return k * x } f(3)" }], "f")?.listing
 * // → "const k = 2;\n\nfunction f(x: number) { return k * x }"
 */
export function extractFunction(
  pieces: readonly SourceText[],
  entry: string,
): Extracted | undefined {
  const { imports, declarations } = readTopLevel(pieces);
  if (!declarations.has(entry)) return undefined;
  const needed = reachable(entry, declarations);
  // In the order of the notebook: a constant must stand before the constant computed from it.
  const ordered = [...new Set(needed.map((name) => declarations.get(name)!))].sort(
    (a, b) => a.position - b.position,
  );
  const listing = ordered.map((declaration) => declaration.text).join("\n\n");
  return { listing, module: `${imports.join("\n")}\n${listing}\nexport { ${entry} };\n` };
}

/**
 * Makes the function of an extracted module callable in this process. It trusts the code: it is for a
 * learner's own machine.
 *
 * @param load gives the module that an import names
 */
export function loadFunction(
  extracted: Extracted,
  entry: string,
  load: (name: string) => unknown,
): (...input: never[]) => unknown {
  const exports: Record<string, unknown> = {};
  new Function("require", "exports", compileModule(extracted))(load, exports);
  return exports[entry] as (...input: never[]) => unknown;
}

/** An extracted module as JavaScript, which takes what it imports from `require` and puts the function into `exports`. */
export function compileModule(extracted: Extracted): string {
  const typescript = loadTypeScript();
  const { outputText } = typescript.transpileModule(extracted.module, {
    compilerOptions: {
      module: typescript.ModuleKind.CommonJS,
      target: typescript.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  return outputText;
}

interface Declaration {
  text: string;
  position: number;
  /** Every identifier in it: more than it needs, never less. */
  mentions: Set<string>;
}

function readTopLevel(pieces: readonly SourceText[]): {
  imports: string[];
  declarations: Map<string, Declaration>;
} {
  const typescript = loadTypeScript();
  const imports = new Set<string>();
  const declarations = new Map<string, Declaration>();
  let position = 0;
  for (const { text } of pieces) {
    const file = typescript.createSourceFile("cell.ts", text, typescript.ScriptTarget.ES2022, true);
    for (const statement of file.statements) {
      if (typescript.isImportDeclaration(statement)) imports.add(statement.getText());
      const names = declaredNames(typescript, statement);
      if (names.length === 0) continue;
      const declaration = {
        text: withComment(statement),
        position: position++,
        mentions: identifiersIn(typescript, statement),
      };
      for (const name of names) declarations.set(name, declaration);
    }
  }
  return { imports: [...imports], declarations };
}

function identifiersIn(typescript: typeof ts, node: ts.Node): Set<string> {
  const found = new Set<string>();
  const visit = (child: ts.Node): void => {
    if (typescript.isIdentifier(child)) found.add(child.text);
    typescript.forEachChild(child, visit);
  };
  visit(node);
  return found;
}

/** The statement with the comment that stands directly above it, and without `export`, which a cell does not need. */
function withComment(statement: ts.Statement): string {
  const leading = statement.getFullText().slice(0, statement.getLeadingTriviaWidth());
  const comment = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(leading)?.[0] ?? "";
  return comment.trimEnd() + (comment ? "\n" : "") + statement.getText().replace(/^export\s+/, "");
}

function reachable(entry: string, declarations: Map<string, Declaration>): string[] {
  const reached = new Set<string>([entry]);
  for (const name of reached) {
    for (const mention of declarations.get(name)!.mentions)
      if (declarations.has(mention)) reached.add(mention);
  }
  return [...reached];
}

/** The compiler takes a quarter of a second to load: only those who read source pay for it. */
function loadTypeScript(): typeof ts {
  return require("typescript") as typeof ts;
}
