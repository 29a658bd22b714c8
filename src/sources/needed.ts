import { type Definition, isValue, type TopLevel } from "./topLevel";
import { ANY_PROPERTY, type Declaration, type Import, type Mention } from "./types";

/** What a function needs to stand alone, in an order in which it can run. */
export interface Needed {
  declarations: readonly Declaration[];
  imports: readonly Import[];
  definitions: ReadonlySet<Definition>;
  /** Names that a declaration takes from sources behind its own, since none before declares them. */
  fromBehind: ReadonlySet<string>;
  /** The text of a declaration, in which every name means one thing in the whole module. */
  textOf(declaration: Declaration): string;
}

/** Where a function is called: in a source, by a statement of it. What stands behind is not there yet. */
export interface CallSite {
  rank: number;
  index: number;
}

/**
 * Follows the names from a definition to all that it reaches, directly or through others, with the loose statements
 * that change what it reaches.
 *
 * @param besides statements that run with it whatever they change
 */
export function neededFor(
  entry: Definition,
  topLevel: TopLevel,
  called: CallSite,
  besides: readonly Declaration[] = [],
): Needed {
  const uses = new Map<Declaration, Set<Declaration>>();
  const reached = new Set([...entry.declarations, ...besides]);
  const found = new Set<Definition>([entry]);
  const meant = new Map<Mention, Definition>();
  const seen = new Set<Definition>();
  const fromBehind = new Set<string>();
  const followChanges = (): void => {
    for (const definition of found) {
      if (seen.has(definition)) continue;
      seen.add(definition);
      for (const changer of topLevel.changersOf(definition))
        if (changer.index < called.index) reached.add(changer);
    }
  };
  const followGlobals = (declaration: Declaration): void => {
    const words = new Set(declaration.text.match(/[\p{L}\p{N}_$]+/gu));
    for (const { property, by } of topLevel.changersOfGlobals())
      if (
        by !== declaration &&
        by.index < called.index &&
        (property === ANY_PROPERTY || words.has(property))
      )
        reached.add(by);
  };
  for (const declaration of reached) {
    followChanges();
    followGlobals(declaration);
    const used = new Set<Declaration>();
    for (const mention of declaration.mentions()) {
      const { name, role, later } = mention;
      const meanings =
        role === "declares"
          ? [ownDefinition(declaration, name, topLevel)]
          : topLevel.meanings(name, declaration.rank, later, called.rank);
      if (meanings.length > 0) meant.set(mention, meanings[0]);
      for (const definition of meanings) {
        found.add(definition);
        if (role === "declares") continue;
        if (topLevel.of(name).every(({ rank }) => rank > declaration.rank)) fromBehind.add(name);
        for (const other of definition.declarations) {
          reached.add(other);
          if (!definition.declarations.includes(declaration)) used.add(other); // else they stay in order
        }
      }
    }
    uses.set(declaration, used);
    followChanges();
  }
  const names = distinctNames(entry, found, [...reached]);
  return {
    declarations: inOrder(uses),
    imports: importsAmong(names),
    definitions: found,
    fromBehind,
    textOf: (declaration) => renamed(declaration, (mention) => names.get(meant.get(mention)!)),
  };
}

/** What a declaration itself makes of a name. Nobody means it any more where its own source declares the name again. */
function ownDefinition(declaration: Declaration, name: string, topLevel: TopLevel): Definition {
  const { rank } = declaration;
  const known = topLevel.of(name).find(({ declarations }) => declarations.includes(declaration));
  return known ?? { name, rank, declarations: [declaration] };
}

/**
 * The name of each definition in the module: its own, unless a later one of the same name is needed as well,
 * say a constant that was declared anew while a function of its cell still goes by the old one.
 */
function distinctNames(
  entry: Definition,
  found: ReadonlySet<Definition>,
  declarations: readonly Declaration[],
): Map<Definition, string> {
  const text = declarations.map((declaration) => declaration.text).join("\n");
  const names = new Map<Definition, string>();
  const taken = new Map<string, string | undefined>();
  const isFree = (definition: Definition, name: string): boolean =>
    meaningsOf(definition).every((meaning) => {
      const key = `${meaning} ${name}`;
      return !taken.has(key) || (definition.imported && taken.get(key) === importKey(definition));
    });
  const lastFirst = [...found].sort((a, b) => b.rank - a.rank);
  for (const definition of new Set([entry, ...lastFirst])) {
    let name = definition.name;
    for (let i = 1; !isFree(definition, name) || (i > 1 && text.includes(name)); i++)
      name = `${definition.name}_${i}`;
    for (const meaning of meaningsOf(definition))
      taken.set(`${meaning} ${name}`, importKey(definition));
    names.set(definition, name);
  }
  return names;
}

/** A value and a type may share a name; what is imported may be both. */
function meaningsOf(definition: Definition): string[] {
  if (definition.imported) return ["value", "type"];
  return [isValue(definition) ? "value" : "type"];
}

/** Equal for the same import in several cells. */
function importKey({ imported }: Definition): string | undefined {
  return imported && JSON.stringify([imported.module, imported.imported, imported.local]);
}

/** Each import once; for its types only where nobody needs more of it. */
function importsAmong(names: ReadonlyMap<Definition, string>): Import[] {
  const imports = new Map<string, Import>();
  for (const [definition, local] of names) {
    const { imported } = definition;
    if (!imported) continue;
    const key = `${importKey(definition)} ${local}`;
    const typeOnly = imported.typeOnly && (imports.get(key)?.typeOnly ?? true);
    const renamed = imported.imported === "default" ? local : `${imported.imported} as ${local}`;
    const text = local === imported.local ? imported.text : renamed;
    imports.set(key, { ...imported, local, text, typeOnly });
  }
  return [...imports.values()];
}

/** The text of a declaration, in which some names are others. */
function renamed(
  declaration: Declaration,
  nameOf: (mention: Mention) => string | undefined,
): string {
  const { text } = declaration;
  let result = "";
  let end = 0;
  for (const mention of [...declaration.mentions()].sort((a, b) => a.at - b.at)) {
    const { name, at, short } = mention;
    const other = nameOf(mention);
    if (other === undefined || other === name) continue;
    result += text.slice(end, at) + (short ? `${name}: ${other}` : other);
    end = at + name.length;
  }
  return result + text.slice(end);
}

/**
 * In the order of the notebook, but each behind those it uses: cells may have been run in another order than
 * they stand in.
 */
function inOrder(uses: ReadonlyMap<Declaration, ReadonlySet<Declaration>>): Declaration[] {
  const byPosition = (declarations: Iterable<Declaration>): Declaration[] =>
    [...declarations].sort((a, b) => a.index - b.index);
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
