import { readTopLevel, type TopLevel } from "./cells";
import type { Declaration, Import, Origin, Place, SourceText } from "./types";
import { loadTypeScript } from "./typescript";

export type { Origin, Place, SourceText };

export interface Extracted {
  /** Imports and declarations that the function needs, then the function: a module that exports it. */
  module: string;
  /** The function itself and the helpers it calls, without imports: what a reader wants to see. */
  listing: string;
  /** Which modules it imports or loads, each once. */
  imports: string[];
  /** The pieces that declare the function, in order. The last one counts. */
  declaredIn: number[];
  /** Which stretches of `module` come from the pieces, in order, and where each begins there. */
  origins: Origin[];
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
  return extractFunctions(pieces, [entry])[0];
}

/** Several functions, each with all that it needs. The pieces are read once. */
export function extractFunctions(
  pieces: readonly SourceText[],
  entries: readonly string[],
): (Extracted | undefined)[] {
  const topLevel = readTopLevel(loadTypeScript(), pieces);
  return entries.map((entry) => {
    const declared = topLevel.declarations.get(entry);
    if (!declared) return undefined;
    const { declarations, imports } = needed(declared.at(-1)!, topLevel);
    const loaded = declarations.flatMap((declaration) => declaration.loads());
    return {
      ...assemble(entry, declarations, imports),
      imports: [...new Set([...imports.map(({ module }) => module), ...loaded])],
      declaredIn: declared.map(({ place }) => place.piece),
    };
  });
}

/** What a declaration needs to stand alone: others, in an order in which they can run, and imports. */
function needed(
  entry: Declaration,
  topLevel: TopLevel,
): { declarations: Declaration[]; imports: Import[] } {
  const imports = new Map<string, Import>();
  const uses = new Map<Declaration, Declaration[]>();
  const reached = new Set([entry]);
  for (const declaration of reached) {
    const used: Declaration[] = [];
    for (const name of declaration.uses()) {
      const declared = topLevel.declarations.get(name)?.at(-1);
      const imported = topLevel.imports.get(name);
      if (declared) used.push(declared);
      else if (imported) imports.set(name, imported);
    }
    for (const other of used) reached.add(other);
    uses.set(declaration, used);
  }
  return { declarations: inOrder(uses), imports: [...imports.values()] };
}

/**
 * In the order of the notebook, but each behind those it uses: a constant that a later cell declares anew
 * would otherwise stand below one that is computed from it.
 */
function inOrder(uses: ReadonlyMap<Declaration, Declaration[]>): Declaration[] {
  const byPosition = (declarations: Iterable<Declaration>): Declaration[] =>
    [...declarations].sort((a, b) => a.position - b.position);
  const ordered = new Set<Declaration>();
  const begun = new Set<Declaration>();
  const add = (declaration: Declaration): void => {
    if (begun.has(declaration)) return; // it is there already, or two use each other
    begun.add(declaration);
    byPosition(uses.get(declaration)!).forEach(add);
    ordered.add(declaration);
  };
  byPosition(uses.keys()).forEach(add);
  return [...ordered];
}

/** An import statement for each name, so that each has its place. */
function assemble(
  entry: string,
  declarations: readonly Declaration[],
  imports: readonly Import[],
): Pick<Extracted, "module" | "listing" | "origins"> {
  const origins: Origin[] = [];
  let module = "";
  const take = ({ text, place }: { text: string; place: Place }): void => {
    origins.push({ offset: module.length, length: text.length, place });
    module += text;
  };
  for (const found of imports) {
    module += found.named ? "import { " : "import ";
    take(found);
    module += `${found.named ? " }" : ""} from ${JSON.stringify(found.module)};\n`;
  }
  for (const declaration of declarations) {
    module += declaration.documentation;
    take(declaration);
    module += "\n\n";
  }
  const listing = declarations.map(({ documentation, text }) => documentation + text).join("\n\n");
  return { listing, module: `${module}export { ${entry} };\n`, origins };
}
