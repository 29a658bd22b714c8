import { readTopLevel } from "./cells";
import { type Needed, neededFor, type Stretch } from "./needed";
import type { Origin, Place, SourceText, SyntaxProblem } from "./types";
import { loadTypeScript } from "./typescript";

export type { Origin, Place, SourceText, SyntaxProblem };

export interface Extracted {
  /** Imports and declarations that the function needs, then the function: a module that exports it. */
  module: string;
  /** The function itself and the helpers it calls, without imports: what a reader wants to see. */
  listing: string;
  /** Which modules it imports or loads, each once; those of which it uses only types are none. */
  imports: string[];
  /** The pieces that declare the function, in order. The last one counts. */
  declaredIn: number[];
  /** Which stretches of `module` come from the pieces, in order, and where each begins there. */
  origins: Origin[];
  /** Where statements that are left behind change what it needs: `table.push(3)`. */
  changes: { name: string; place: Place }[];
  /** What does not parse in it. */
  syntaxErrors: SyntaxProblem[];
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
    const definition = topLevel.lastDeclared(entry);
    if (!definition) return undefined;
    const needed = neededFor(definition, topLevel);
    const { declarations, imports, definitions } = needed;
    const loaded = declarations.flatMap((declaration) => declaration.loads());
    const imported = imports.filter(({ typeOnly }) => !typeOnly).map(({ module }) => module);
    return {
      ...assemble(entry, needed),
      imports: [...new Set([...imported, ...loaded])],
      declaredIn: topLevel
        .of(entry)
        .flatMap((known) => known.declarations.map(({ place }) => place.piece)),
      changes: topLevel.changesOf(definitions).map(({ name, place }) => ({ name, place })),
      syntaxErrors: declarations.flatMap(({ syntaxErrors }) => syntaxErrors),
    };
  });
}

/** An import statement for each name, so that each has its place. */
function assemble(
  entry: string,
  { declarations, imports, textOf }: Needed,
): Pick<Extracted, "module" | "listing" | "origins"> {
  const origins: Origin[] = [];
  let module = "";
  const take = ({ text, place }: Stretch): void => {
    origins.push({ offset: module.length, length: text.length, place });
    module += text;
  };
  for (const { module: from, imported, text, place, typeOnly } of imports) {
    const isNamed = imported !== "*" && imported !== "default";
    module += `import ${typeOnly ? "type " : ""}${isNamed ? "{ " : ""}`;
    take({ text, place });
    module += `${isNamed ? " }" : ""} from ${JSON.stringify(from)};\n`;
  }
  const first = module.length;
  for (const declaration of declarations) {
    module += declaration.before;
    textOf(declaration).forEach(take);
    module += "\n\n";
  }
  const listing = module.slice(first).trimEnd();
  return { listing, module: `${module}export { ${entry} };\n`, origins };
}
