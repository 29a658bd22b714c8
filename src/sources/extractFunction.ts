import { readTopLevel } from "./cells";
import { caughtAnswer } from "./caughtAnswer";
import { type CallSite, type Needed, neededFor } from "./needed";
import type { Definition, PassedCheck, StrangeText, TopLevel } from "./topLevel";
import type { Declaration, SourceLocation, SourceText, SyntaxProblem } from "./types";
import { loadTypeScript } from "./typescript";

export type { PassedCheck, SourceLocation, SourceText, StrangeText, SyntaxProblem };

export interface Extracted {
  /** Imports and declarations that the function needs, then the function: a module that exports it. */
  module: string;
  /** The function itself and the helpers it calls, without imports: what a reader wants to see. */
  listing: string;
  /** Which modules it imports or loads, each once; those of which it uses only types are none. */
  imports: string[];
  /** The sources that declare the function, in order. The last one counts. */
  declaredIn: number[];
  /** The sources of which it needs something, in order. */
  sources: number[];
  /** Where the statements begin that change what it needs, `table.push(3)`, and so run before it is called. */
  statements: SourceLocation[];
  /** Statements that were left out, though they give what it needs to an imported function, which may change it. */
  leftOut: SourceLocation[];
  /** Where a variable of an earlier source gets another value, which functions that stand before go by. */
  reassigned: { name: string; location: SourceLocation }[];
  /** The source of the check that counts. */
  checkedIn?: number;
  /** Names that it takes from sources behind its check, or behind the one that uses them, since no other declares them. */
  takenLater: string[];
  /** What stock tslab refuses in these sources and in that of the check, and the teaching kernel does not. */
  strange: StrangeText[];
  /** Where no check counts: those that may be its own, but are in no loose statement, name no exercise or have not run. */
  passedChecks: PassedCheck[];
  /** Whether those of them that have run are run, so that what they are given counts. */
  runsChecks: boolean;
  /** What does not parse in these sources. */
  syntaxErrors: SyntaxProblem[];
  /** Sources behind its check that declare it anew. */
  declaredLater: number[];
  /** The name under which it was checked, where that is another. */
  checkedAs?: string;
}

/**
 * Finds a function among source texts and takes it out with all it needs: the imports, the declarations it reaches,
 * directly or through others, and the loose statements that change those. Names mean what they meant where the
 * function was checked, `check("05.f", f)`, or else where it is declared; the last definition before counts, as it
 * does in a kernel. Other statements, say a plot or a long computation, are left behind.
 *
 * @param entry the function's name, or the exercise's id, `"05.f"`
 * @returns undefined when no source declares the function
 *
 * @example
 * extractFunction([{ origin: "cell 1", text: "const k = 2; function f(x: number) { return k * x } f(3)" }], "f")?.listing
 * // → "const k = 2;\n\nfunction f(x: number) { return k * x }"
 */
export function extractFunction(
  sources: readonly SourceText[],
  entry: string,
): Extracted | undefined {
  return extractFunctions(sources, [entry])[0];
}

/**
 * Several functions, each with all that it needs. The sources are read once.
 *
 * @param refused sources that the kernel refuses though they parse: they have not run
 */
export function extractFunctions(
  sources: readonly SourceText[],
  entries: readonly string[],
  refused: ReadonlySet<number> = new Set(),
): (Extracted | undefined)[] {
  const topLevel = readTopLevel(loadTypeScript(), sources, refused);
  return entries.map((entry) => extractOne(entry, topLevel));
}

/** For each function, or exercise, the checks that may be its own, but do not count: for those that no source declares. */
export function passedChecksOf(
  sources: readonly SourceText[],
  entries: readonly string[],
  refused: ReadonlySet<number> = new Set(),
): PassedCheck[][] {
  const topLevel = readTopLevel(loadTypeScript(), sources, refused);
  return entries.map((entry) => topLevel.passedChecksOf(entry));
}

/** `f` of `05.f` */
export function functionOf(entry: string): string {
  return entry.slice(entry.indexOf(".") + 1);
}

function extractOne(id: string, topLevel: TopLevel): Extracted | undefined {
  const entry = functionOf(id);
  const check = topLevel.checkOf(id);
  const name = check?.answer ?? entry;
  const declared = topLevel.lastDeclared(name, check?.rank) ?? topLevel.lastDeclared(entry);
  const running = check ? [] : topLevel.runningChecks();
  let definition: Definition | undefined = declared;
  if (check?.given) definition = { name: entry, rank: check.rank, declarations: [check.given] };
  else if (running.length > 0)
    definition = caughtAnswer(id, entry, running.at(-1)!, declared !== undefined);
  if (!definition) return undefined;
  const called = check ?? { rank: definition.rank, index: Infinity };
  const needed = neededFor(definition, topLevel, called, running);
  const { declarations, imports } = needed;
  const loaded = declarations.flatMap((declaration) => declaration.loads());
  const imported = imports.filter(({ typeOnly }) => !typeOnly).map(({ module }) => module);
  const checkedAs = check?.inWords ?? definition.name;
  const used = [...declarations, ...imports].map(({ location }) => location.source);
  const all = check?.given ? [definition] : topLevel.of(definition.name);
  const sourcesOf = (known: readonly Definition[]): number[] =>
    known.flatMap(({ declarations }) => declarations.map(({ location }) => location.source));
  return {
    ...assemble(entry, definition.name, needed),
    imports: [...new Set([...imported, ...loaded])],
    declaredIn: sourcesOf(all),
    declaredLater: sourcesOf(all.filter(({ rank }) => rank > called.rank)),
    sources: [...new Set(used)].sort((a, b) => a - b),
    statements: declarations.filter(({ kind }) => kind === "loose").map(({ location }) => location),
    leftOut: leftOutOf(needed, topLevel, called),
    reassigned: reassignedIn(needed),
    ...(check && { checkedIn: check.source }),
    takenLater: takenLater(definition, needed, check?.rank),
    strange: topLevel.strangeIn(new Set(check ? [...used, check.source] : used)),
    passedChecks: check ? [] : topLevel.passedChecksOf(id),
    runsChecks: running.length > 0,
    syntaxErrors: [...new Set(declarations.flatMap(({ syntaxErrors }) => syntaxErrors))],
    ...(checkedAs === entry ? {} : { checkedAs }),
  };
}

function takenLater(
  entry: Definition,
  { definitions, fromBehind }: Needed,
  checkRank = Infinity,
): string[] {
  const behindCheck = [...definitions].filter((one) => one !== entry && one.rank > checkRank);
  return [...new Set([...behindCheck.map(({ name }) => name), ...fromBehind])];
}

function leftOutOf(needed: Needed, topLevel: TopLevel, called: CallSite): SourceLocation[] {
  const locations = new Set<SourceLocation>();
  for (const definition of needed.definitions)
    for (const giver of topLevel.giversOf(definition))
      if (giver.index < called.index && !needed.declarations.includes(giver))
        locations.add(giver.location);
  return [...locations].sort((a, b) => a.source - b.source || a.offset - b.offset);
}

/** In stock tslab such functions keep the old value, since each cell has variables of its own. */
function reassignedIn({ declarations, definitions }: Needed): Extracted["reassigned"] {
  const isReadBefore = (name: string, rank: number): boolean =>
    declarations.some(
      (reader) =>
        reader.rank < rank &&
        reader.mentions().some((one) => one.name === name && one.role === "uses" && one.later),
    );
  return declarations
    .filter(({ kind }) => kind === "loose")
    .flatMap((statement) => {
      const { rank, location } = statement;
      const replaced = statement.effects("runs").changes.filter(({ replaces }) => replaces);
      const names = [...new Set(replaced.map(({ name }) => name))];
      const known = names.filter((name) =>
        [...definitions].some((one) => one.name === name && !one.imported && one.rank < rank),
      );
      return known.filter((name) => isReadBefore(name, rank)).map((name) => ({ name, location }));
    });
}

function assemble(
  entry: string,
  name: string,
  { declarations, imports, textOf }: Needed,
): Pick<Extracted, "module" | "listing"> {
  const head = imports.map(({ module, imported, text, typeOnly }) => {
    const isNamed = imported !== "*" && imported !== "default";
    const names = isNamed ? `{ ${text} }` : text;
    return `import ${typeOnly ? "type " : ""}${names} from ${JSON.stringify(module)};\n`;
  });
  const run = declarations.map((one) => one.before + guarded(one, textOf(one)));
  const listing = declarations
    .filter(({ isOurs }) => !isOurs)
    .map((one) => one.before + textOf(one))
    .join("\n\n");
  const exported = name === entry ? entry : `${name} as ${entry}`;
  const module = `${head.join("")}${run.map((text) => `${text}\n\n`).join("")}export { ${exported} };\n`;
  return { listing: listing.trimEnd(), module };
}

/** A loose statement that cannot run here, say because it reads a picture, does not keep the answer from running. */
function guarded({ kind }: Declaration, text: string): string {
  if (kind !== "loose") return text;
  return `try {\n${text}\n} catch (error) {\n  console.log("A statement that it depends on failed:", error);\n}`;
}
