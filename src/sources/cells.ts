import type ts from "typescript";
import { changesIn } from "./changes";
import { assignedFunction, declaredNames } from "./declaredNames";
import { importsOf, modulesLoadedBy } from "./imports";
import { mentionsIn } from "./mentions";
import { parse, syntaxErrorsIn } from "./parse";
import { type LooseChange, TopLevel } from "./topLevel";
import type { Declaration, Mention, SourceText } from "./types";

/**
 * Reads the declarations of pieces. A piece that does not parse gives those that can be made out; since it cannot
 * have run, it counts as if it stood before all others.
 */
export function readTopLevel(typescript: typeof ts, pieces: readonly SourceText[]): TopLevel {
  const { files, checker } = parse(typescript, pieces);
  const topLevel = new TopLevel();
  const isBroken = (file: ts.SourceFile): number => Number(syntaxErrorsIn(file).length > 0);
  const brokenFirst = [...files.entries()].sort(([, a], [, b]) => isBroken(b) - isBroken(a));
  let position = 0;
  for (const [rank, [piece, file]] of brokenFirst.entries()) {
    let outside: Set<ts.Symbol> | undefined;
    const symbols = (): Set<ts.Symbol> =>
      (outside ??= new Set(checker().getSymbolsInScope(file, allMeanings(typescript))));
    for (const statements of withOverloads(typescript, file.statements)) {
      const [first] = statements;
      const statement = statements.at(-1)!;
      if (typescript.isImportDeclaration(statement))
        for (const imported of importsOf(typescript, statement, piece))
          topLevel.import(imported, rank);
      const names = declaredNames(typescript, statement);
      if (names.length === 0) {
        const changes = (): LooseChange[] =>
          changesIn(typescript, statement, checker(), symbols()).map(({ name, at }) => ({
            name,
            rank,
            place: { piece, offset: at },
          }));
        topLevel.pass(changes);
        continue;
      }
      const end = statement.getEnd();
      const text = withoutExport(typescript, first) + file.text.slice(first.getEnd(), end);
      const offset = end - text.length;
      const added = assignedFunction(typescript, statement) ? "let " : "";
      let mentions: Mention[] | undefined;
      topLevel.declare({
        position: position++,
        rank,
        kind: kindOf(typescript, statement),
        names,
        before: documentationOf(typescript, first) + added,
        text,
        place: { piece, offset },
        syntaxErrors: syntaxErrorsOf(typescript, first, statement, piece),
        mentions: () =>
          (mentions ??= statements.flatMap((one) =>
            mentionsIn(typescript, one, checker(), symbols(), offset),
          )),
        loads: () => modulesLoadedBy(typescript, statement),
      });
    }
  }
  return topLevel;
}

function allMeanings({ SymbolFlags: { Value, Type, Namespace, Alias } }: typeof ts): number {
  return Value | Type | Namespace | Alias;
}

/** The statements one by one, but the signatures of an overloaded function with its body. */
function withOverloads(
  typescript: typeof ts,
  statements: readonly ts.Statement[],
): [ts.Statement, ...ts.Statement[]][] {
  const groups: [ts.Statement, ...ts.Statement[]][] = [];
  for (const statement of statements) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    const overloads =
      before &&
      typescript.isFunctionDeclaration(before) &&
      !before.body &&
      typescript.isFunctionDeclaration(statement) &&
      statement.name?.text === before.name?.text;
    if (overloads) group!.push(statement);
    else groups.push([statement]);
  }
  return groups;
}

function kindOf(typescript: typeof ts, statement: ts.Statement): Declaration["kind"] {
  if (typescript.isTypeAliasDeclaration(statement)) return "alias";
  const isErased =
    typescript.isInterfaceDeclaration(statement) ||
    (typescript.isFunctionDeclaration(statement) && !statement.body) ||
    (typescript.canHaveModifiers(statement) &&
      statement.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.DeclareKeyword));
  if (isErased) return "type";
  return typescript.isModuleDeclaration(statement) ? "namespace" : "value";
}

/** What does not parse in statements; what is missing at the end of a piece is missing in its last statement. */
function syntaxErrorsOf(
  typescript: typeof ts,
  first: ts.Statement,
  last: ts.Statement,
  piece: number,
): Declaration["syntaxErrors"] {
  const file = first.getSourceFile();
  const end = file.statements.at(-1) === last ? Infinity : last.getEnd();
  return syntaxErrorsIn(file)
    .filter(({ start }) => start >= first.getStart() && start < end)
    .map(({ start, messageText }) => ({
      place: { piece, offset: start },
      message: typescript.flattenDiagnosticMessageText(messageText, "\n"),
    }));
}

/** The documentation that stands above a statement. */
function documentationOf(typescript: typeof ts, statement: ts.Statement): string {
  const { text } = statement.getSourceFile();
  const above = typescript.getLeadingCommentRanges(text, statement.getFullStart())?.at(-1);
  const comment = above ? text.slice(above.pos, above.end) : "";
  return comment.startsWith("/**") ? `${comment}\n` : "";
}

/** Its text to the end; where something stands before `export`, a decorator, blanks stand in its place. */
function withoutExport(typescript: typeof ts, statement: ts.Statement): string {
  const { ExportKeyword, DefaultKeyword } = typescript.SyntaxKind;
  const modifiers = typescript.canHaveModifiers(statement) ? (statement.modifiers ?? []) : [];
  const start = statement.getStart();
  let text = statement.getText();
  for (const modifier of modifiers) {
    if (modifier.kind !== ExportKeyword && modifier.kind !== DefaultKeyword) continue;
    const keyword = modifier.getText();
    const at = modifier.getStart() - start;
    text = text.slice(0, at) + " ".repeat(keyword.length) + text.slice(at + keyword.length);
  }
  return text.trimStart();
}
