import type { Declaration, Import, SourceLocation } from "./types";

/**
 * What a name stands for from some source on: an import, or the declarations of that source that make it known
 * together, say a constant and the type of the same name.
 */
export interface Definition {
  name: string;
  /** Of its source, in the order in which sources count. */
  rank: number;
  declarations: readonly Declaration[];
  imported?: Import;
}

/** A call of `check` that stands in a source, and so what the names meant that the check was shown with. */
export interface CheckCall {
  /** `"05.poolForward"` */
  id: string;
  /** The name that is given to it; undefined when it is given something else. */
  answer?: string;
  /** That something else, as a declaration of the function that is wanted, and what it is called. */
  given?: Declaration;
  inWords?: string;
  rank: number;
  source: number;
  /** Whether it has run is not known. */
  isInBranch: boolean;
  /** Of its statement. */
  index: number;
}

/** A check that says nothing of an answer: its exercise cannot be seen, it stands in a function, or it has not run. */
export interface PassedCheck extends SourceLocation {
  id?: string;
  hasRun: boolean;
}

/** What stock tslab refuses in a source, and the teaching kernel does not: `"the comment @module"`. */
export interface StrangeText {
  source: number;
  what: string;
}

/** What a statement changes: of no definition, where it is none of the notebook's. */
interface Changed {
  name: string;
  definition?: Definition;
  properties: readonly string[];
}

type Changer = Changed & { by: Declaration };

/** What is not there in a grader, or is another. */
const NOT_SHARED: ReadonlySet<string> = new Set(["process", "require", "module", "exports"]);

/** What sources make known at their top level. */
export class TopLevel {
  private readonly definitions = new Map<string, Definition[]>();
  /** Statements that may change what others declared, in order. */
  private readonly statements: Declaration[] = [];
  private readonly checks: CheckCall[] = [];
  private readonly passedChecks: PassedCheck[] = [];
  private readonly carriers = new Set<Declaration>();
  private readonly strange: StrangeText[] = [];
  private changers?: Changer[];

  /** All definitions of a name, in order. */
  of(name: string): readonly Definition[] {
    return this.definitions.get(name) ?? [];
  }

  /**
   * The last definition of a name that is there when code runs, and was not imported: of those up to a source, where
   * there are such.
   *
   * @param until the rank of that source
   */
  lastDeclared(name: string, until = Infinity): Definition | undefined {
    const all = this.of(name).filter((known) => isValue(known) && !known.imported);
    return all.filter(({ rank }) => rank <= until).at(-1) ?? all.at(-1);
  }

  /**
   * The last check of an exercise; of any lesson's, where the id is a function's name alone. One in a branch counts where
   * there is no other.
   */
  checkOf(id: string): CheckCall | undefined {
    const all = this.checks.filter((call) => call.id === id || call.id.slice(3) === id);
    return all.filter(({ isInBranch }) => !isInBranch).at(-1) ?? all.at(-1);
  }

  /** Those that may be of an exercise. */
  passedChecksOf(id: string): PassedCheck[] {
    return this.passedChecks.filter(
      (check) => check.id === undefined || check.id === id || check.id.slice(3) === id,
    );
  }

  passOverCheck(check: PassedCheck): void {
    this.passedChecks.push(check);
  }

  /** Takes a declaration with a check of which only running it says what it checks. */
  carryCheck(declaration: Declaration): void {
    this.carriers.add(declaration);
  }

  /** The statements that run such checks, through the functions that hold them too. */
  runningChecks(): Declaration[] {
    if (this.carriers.size === 0) return [];
    const reaching = new Set(this.carriers);
    for (let size = 0; size < reaching.size;) {
      size = reaching.size;
      for (const statement of this.statements)
        for (const { name, role, later } of reaching.has(statement) ? [] : statement.mentions()) {
          const meant = role === "uses" ? this.meanings(name, statement.rank, later) : [];
          if (meant.some(({ declarations }) => declarations.some((one) => reaching.has(one))))
            reaching.add(statement);
        }
    }
    return this.statements.filter((one) => one.runs && reaching.has(one));
  }

  findStrange(found: StrangeText): void {
    this.strange.push(found);
  }

  /** What stock tslab refuses in some of the sources. */
  strangeIn(sources: ReadonlySet<number>): StrangeText[] {
    return this.strange.filter(({ source }) => sources.has(source));
  }

  check(call: CheckCall): void {
    this.checks.push(call);
  }

  /** Takes a statement that declares nothing, and may change what others have declared. */
  pass(statement: Declaration): void {
    this.statements.push(statement);
  }

  declare(declaration: Declaration): void {
    const { rank } = declaration;
    if (declaration.kind === "value") this.statements.push(declaration);
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

  /** The statements that change a definition's value after it was declared. */
  changersOf(definition: Definition): Declaration[] {
    return this.allChangers()
      .filter((changer) => changer.definition === definition)
      .map(({ by }) => by)
      .filter((by) => !definition.declarations.includes(by));
  }

  /**
   * Statements that give a definition's value, or what shares it, to an imported function: whether that changes it is
   * not known.
   */
  giversOf(definition: Definition): Declaration[] {
    if (definition.declarations.every(({ isFixed }) => isFixed)) return [];
    return this.statements.filter((by) =>
      by.effects("runs").calls.some(({ callee, given }) => {
        const meant = (name: string): Definition[] =>
          this.meanings(name, by.rank, false).filter(isValue);
        return (
          meant(callee).some(({ imported }) => imported) &&
          given.some((name) => meant(name).includes(definition))
        );
      }),
    );
  }

  /** The statements that add something to what everybody has, `Number.prototype.mod = ...`, and what it is called. */
  changersOfGlobals(): { property: string; by: Declaration }[] {
    return this.allChangers()
      .filter(({ definition, name }) => !definition && !NOT_SHARED.has(name))
      .flatMap(({ properties, by }) => properties.map((property) => ({ property, by })));
  }

  private allChangers(): Changer[] {
    if (this.changers) return this.changers;
    const find = (known: ReadonlyMap<Definition, readonly Declaration[]>): Changer[] =>
      this.statements.flatMap((by) =>
        [...this.changedBy(by, known)].map((changed) => ({ ...changed, by })),
      );
    // What was put into a list may be a function, which who has the list may call: `listeners.push((x) => ...)`.
    const first = new Map<Definition, Declaration[]>();
    for (const { definition, by } of find(new Map()))
      if (definition) first.set(definition, [...(first.get(definition) ?? []), by]);
    return (this.changers = find(first));
  }

  /**
   * What a statement changes, or may change, when it runs, through the functions that it may call too.
   *
   * @param known statements of which it is known that they change a definition
   */
  private *changedBy(
    statement: Declaration,
    known: ReadonlyMap<Definition, readonly Declaration[]>,
  ): Generator<Changed> {
    const seen = new Set<Declaration>();
    const waiting: { declaration: Declaration; when: "runs" | "is called" }[] = [
      { declaration: statement, when: "runs" },
    ];
    const follow = (declarations: readonly Declaration[]): void => {
      for (const declaration of declarations)
        if (declaration !== statement && !seen.has(declaration)) {
          seen.add(declaration);
          waiting.push({ declaration, when: "is called" });
        }
    };
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { declaration, when } = next;
      const { changes, calls, mentioned } = declaration.effects(when);
      const meant = (name: string): Definition[] =>
        this.meanings(name, declaration.rank, when === "is called", statement.rank).filter(isValue);
      for (const { name, properties, isGuess } of changes) {
        for (const definition of meant(name))
          yield* this.sharing(definition, properties, isGuess, statement.rank);
        // What is everybody's is another's too: `Number`, or a class of the library.
        if (!isGuess && !this.of(name).some((one) => isValue(one) && !one.imported))
          yield { name, properties };
      }
      for (const { callee, given } of calls)
        for (const { declarations } of meant(callee)) {
          if (declarations.length === 0) continue; // what is imported changes nothing of the notebook's
          for (const name of given)
            for (const definition of meant(name))
              yield* this.sharing(definition, [], true, statement.rank);
        }
      for (const definition of mentioned.flatMap(meant)) {
        follow(definition.declarations);
        follow((known.get(definition) ?? []).filter(({ index }) => index < statement.index));
      }
    }
  }

  /** A definition that is changed, with those whose values it may share. */
  private *sharing(
    changed: Definition,
    properties: readonly string[],
    isGuess: boolean,
    until: number,
  ): Generator<Changed> {
    const all = new Map<Definition, boolean>([[changed, isGuess]]);
    for (const [definition, guess] of all) {
      const { name, declarations } = definition;
      if (!guess || declarations.some(({ isFixed }) => !isFixed))
        yield { name, definition, properties };
      for (const declaration of declarations)
        for (const shared of declaration.aliases())
          for (const other of this.meanings(shared, declaration.rank, false, until))
            if (isValue(other) && !all.has(other)) all.set(other, true);
    }
  }

  /**
   * What a name means where a declaration mentions it, as in the kernel, where each cell is a module: its own
   * source's definition; else, at a call, the last one, and at once, the last one before. There may be a value
   * and a type that have only the name in common.
   *
   * @param until the rank of the source in which the call stands: what is declared behind it is not there yet
   */
  meanings(name: string, rank: number, later: boolean, until = Infinity): Definition[] {
    const known = this.of(name);
    const nearest = (among: readonly Definition[]): Definition | undefined =>
      among.filter((definition) => definition.rank === rank).at(-1) ??
      among.filter((known) => (later ? known.rank <= until : known.rank < rank)).at(-1) ??
      among[0]; // cells may have been run in another order than they stand in
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

/** Whether both can stand in one source; else the later one takes the place of the other. */
function canMerge(one: Declaration, other: Declaration): boolean {
  return one.kind !== other.kind || one.kind === "namespace" || one.kind === "type";
}
