import ts from "typescript";
import type { CellCompiler, CompiledCell, RunnableCell } from "./Compiler";
import type { CompilerOptions } from "./CompilerFiles";
import { EarlierNames, wordsOf } from "./EarlierNames";
import { LanguageSession } from "./LanguageSession";
import { complete } from "./complete";
import { declaredNames } from "./declaredNames";
import { globalsReplaced } from "./globalNames";
import { inspect } from "./inspect";
import { isComplete } from "./isComplete";
import { problemsOf } from "./problems";
import { refusal } from "./refusal";
import { rewrite } from "./rewrite";

/**
 * A compiler for the cells of one session.
 *
 * @throws nothing for a cell, whatever stands in it: what is wrong with a cell is in the answer
 */
export function createCompiler(options: CompilerOptions): CellCompiler {
  return new SessionCompiler(options);
}

class SessionCompiler implements CellCompiler {
  private readonly session: LanguageSession;
  private readonly earlier = new EarlierNames();

  constructor(options: CompilerOptions) {
    this.session = new LanguageSession(options);
  }

  warm(): void {
    this.compile(WARMING, 0);
    this.complete("conv", 4);
  }

  compile(source: string, cell: number): CompiledCell {
    let { names, errors, warnings } = this.check(source, false);
    // With all names in sight TypeScript knows which one was meant.
    if (errors.some(({ code }) => code === UNKNOWN_NAME))
      ({ names, errors, warnings } = this.check(source, true));
    if (errors.length > 0) {
      this.earlier.refuse(cell, names);
      return refusal(source, cell, errors);
    }
    return {
      kind: "runnable",
      cell,
      source,
      ...rewrite(source, `cell-${cell}.ts`, cell),
      names: names.filter(({ kind }) => kind !== "type").map(({ name }) => name),
      warnings,
    };
  }

  accept({ cell, source }: RunnableCell): void {
    const { prelude, names } = this.surroundings(source);
    this.session.with(prelude + source);
    this.session.keep(cell, prelude + source);
    this.earlier.add(cell, names);
  }

  isComplete = isComplete;

  complete(source: string, offset: number): ReturnType<CellCompiler["complete"]> {
    const { prelude } = this.surroundings(source, true);
    return complete(
      this.session.with(prelude + source),
      this.session.cellFile,
      source,
      prelude.length,
      offset,
      this.session.absentGlobals(),
    );
  }

  inspect(source: string, offset: number, detail: 0 | 1): ReturnType<CellCompiler["inspect"]> {
    const { prelude } = this.surroundings(source);
    const service = this.session.with(prelude + source);
    return inspect(service, this.session.cellFile, source, prelude.length, offset, detail);
  }

  private check(source: string, everything: boolean) {
    const { prelude, names } = this.surroundings(source, everything);
    const { session, earlier } = this;
    session.with(prelude + source);
    const { errors, warnings, readable } = problemsOf({
      source,
      preludeLength: prelude.length,
      session,
      earlier,
    });
    const replaced = readable ? globalsReplaced(source, names, session.globals) : [];
    return { names, errors: [...errors, ...replaced], warnings };
  }

  /** What a cell declares, and the line before it that makes earlier names known. */
  private surroundings(source: string, everything = false) {
    const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true);
    const names = declaredNames(file);
    const words = wordsOf(source);
    const prelude = this.earlier.prelude(names, (name) => everything || words.has(name));
    return { names, prelude };
  }
}

/** "Cannot find name", without a suggestion. */
const UNKNOWN_NAME = 2304;

const WARMING = `
import { tensor } from "convbook";
const warming = [1, 2].map((x) => x + 1);
console.log(warming.length, tensor(warming, [2]).shape);
`;
