import type { Declaration, Import, Place } from "./types";

/**
 * What a name stands for from some piece on: an import, or the declarations of that piece that make it known
 * together, say a constant and the type of the same name.
 */
export interface Definition {
  name: string;
  /** Of its piece, in the order in which pieces count. */
  rank: number;
  declarations: readonly Declaration[];
  imported?: Import;
}

/** A change of a name's value by a statement that is left behind. */
export interface LooseChange {
  name: string;
  rank: number;
  place: Place;
}

/** What pieces make known at their top level. */
export class TopLevel {
  private readonly definitions = new Map<string, Definition[]>();

  private readonly passed: (() => LooseChange[])[] = [];
  private loose?: LooseChange[];

  /** All definitions of a name, in order. */
  of(name: string): readonly Definition[] {
    return this.definitions.get(name) ?? [];
  }

  /** The last definition of a name that is there when code runs, and was not imported. */
  lastDeclared(name: string): Definition | undefined {
    return this.of(name)
      .filter((definition) => isValue(definition) && !definition.imported)
      .at(-1);
  }

  declare(declaration: Declaration): void {
    const { rank } = declaration;
    for (const name of declaration.names) {
      const known = this.definitions.get(name) ?? [];
      const last = known.at(-1);
      const beside = last?.rank === rank ? last.declarations : [];
      const declarations = [...beside.filter((other) => canMerge(other, declaration)), declaration];
      if (beside.length > 0) known.pop();
      known.push({ name, rank, declarations });
      this.definitions.set(name, known);
    }
  }

  import(imported: Import, rank: number): void {
    const name = imported.local;
    const known = this.definitions.get(name) ?? [];
    known.push({ name, rank, declarations: [], imported });
    this.definitions.set(name, known);
  }

  /** Passes over a loose statement, which is looked at when it is asked what such statements change. */
  pass(changes: () => LooseChange[]): void {
    this.passed.push(changes);
  }

  /** Where loose statements change the values of definitions. */
  changesOf(definitions: ReadonlySet<Definition>): LooseChange[] {
    this.loose ??= this.passed.flatMap((changes) => changes());
    return this.loose.filter(({ name, rank }) =>
      this.meanings(name, rank, false).some((meaning) => definitions.has(meaning)),
    );
  }

  /**
   * What a name means where a declaration mentions it, as in the kernel, where each cell is a module: its own
   * piece's definition; else, at a call, the last one, and at once, the last one before. There may be a value
   * and a type that have only the name in common.
   */
  meanings(name: string, rank: number, later: boolean): Definition[] {
    const known = this.of(name);
    const nearest = (among: readonly Definition[]): Definition | undefined =>
      among.filter((definition) => definition.rank === rank).at(-1) ??
      (later ? undefined : among.filter((definition) => definition.rank < rank).at(-1)) ??
      among.at(-1);
    const value = nearest(known.filter(isValue));
    const type = nearest(known.filter((definition) => !isValue(definition)));
    return [value, type].filter((meaning) => meaning !== undefined);
  }
}

/** Whether it is there when code runs. */
export function isValue({ imported, declarations }: Definition): boolean {
  if (imported) return true;
  return declarations.some(({ kind }) => kind === "value" || kind === "namespace");
}

/** Whether both can stand in one piece; else the later one takes the place of the other. */
function canMerge(one: Declaration, other: Declaration): boolean {
  return one.kind !== other.kind || one.kind === "namespace" || one.kind === "type";
}
