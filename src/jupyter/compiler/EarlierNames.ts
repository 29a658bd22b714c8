import { cellModule } from "./LanguageSession";
import type { DeclaredName } from "./declaredNames";

/** What earlier cells have left: each name, and the cell that declared it last. */
export class EarlierNames {
  private readonly formerImports = new Map<string, string>();
  private readonly names = new Map<string, DeclaredName & { cell: number }>();
  /** Names that a cell would have declared that was refused. */
  private readonly refused = new Map<string, number>();

  /** A cell was refused: its names are not there, which is said where they are asked for. */
  refuse(cell: number, names: readonly DeclaredName[]): void {
    for (const { name } of names) this.refused.set(name, cell);
  }

  refusedIn(name: string): number | undefined {
    return this.refused.get(name);
  }

  add(cell: number, names: readonly DeclaredName[]): void {
    for (const name of names) {
      const before = this.names.get(name.name);
      if (
        before?.kind === "import" &&
        name.kind !== "import" &&
        before.importedBy?.endsWith('"convbook";')
      )
        this.formerImports.set(name.name, before.importedBy.replace(/^.*\{ | \}.*$/g, ""));
      if (name.kind === "import") this.formerImports.delete(name.name);
      this.names.set(name.name, { ...name, cell });
      this.refused.delete(name.name);
    }
  }

  /** What the name was imported as from convbook, until a cell gave it to something else. */
  formerImport(name: string): string | undefined {
    return this.formerImports.get(name);
  }

  get(name: string): (DeclaredName & { cell: number }) | undefined {
    return this.names.get(name);
  }

  all(): IterableIterator<DeclaredName & { cell: number }> {
    return this.names.values();
  }

  /**
   * The line that makes earlier names known to a cell, which is checked as a module of its own: so a cell may
   * declare any name anew, and what was made with the old one keeps its type.
   *
   * @param declared the names that the cell declares itself
   * @param wanted whether a name may be needed; each costs a little time
   */
  prelude(declared: readonly DeclaredName[], wanted: (name: string) => boolean): string {
    const own = new Set(declared.map(({ name }) => name));
    const lines = [...this.names.values()]
      .filter(({ name }) => wanted(name) && !own.has(name))
      .map(declarationOf);
    const exported = declared.filter(({ exported }) => !exported).map(({ name }) => name);
    return `${lines.join(" ")} export { ${exported.join(", ")} };\n`;
  }
}

function declarationOf({ name, kind, importedBy, cell }: DeclaredName & { cell: number }): string {
  if (kind === "import") return importedBy!;
  const module = JSON.stringify(`./${cellModule(cell)}`);
  // An import cannot be assigned to, a variable can.
  return kind === "variable"
    ? `declare let ${name}: typeof import(${module}).${name};`
    : `import { ${name} } from ${module};`;
}

/** Every word of a text, so that a cell is given no more of the earlier names than it may use. */
export function wordsOf(source: string): Set<string> {
  return new Set(source.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
}
