import type ts from "typescript";
import { effectsOf, isFixed, methodsIn, sharedBy, type Surroundings } from "./changes";
import { aliasesCheck, checksIn, constantTexts } from "./checks";
import { assignedFunction, declaredNames } from "./declaredNames";
import { importsOf, modulesLoadedBy } from "./imports";
import { mentionsIn } from "./mentions";
import { parse, syntaxErrorsIn } from "./parse";
import { TopLevel } from "./topLevel";
import { givenAnswer } from "./givenAnswer";
import { firstSources, type FirstSources, refusedByStock } from "./refusedByStock";
import type { Declaration, Effects, Mention, SourceText } from "./types";

/**
 * Reads the statements of sources. A source that the kernel refuses, since it does not parse or for another reason, gives
 * what can be made out; since it cannot have run, it counts as if it stood before all others.
 *
 * @param refused the indices of sources that the kernel refuses though they parse
 */
export function readTopLevel(
  typescript: typeof ts,
  sources: readonly SourceText[],
  refused: ReadonlySet<number> = new Set(),
): TopLevel {
  const { files, checker } = parse(typescript, sources);
  const topLevel = new TopLevel();
  const isRefused = ([source, file]: [number, ts.SourceFile]): boolean =>
    refused.has(source) || syntaxErrorsIn(file).length > 0;
  const all = [...files.entries()];
  const refusedFirst = [...all.filter(isRefused), ...all.filter((one) => !isRefused(one))];
  const checks = namesOfCheck(typescript, files);
  const texts = constantTexts(typescript, files);
  const ownMethods = new Set(files.flatMap((file) => methodsIn(typescript, file)));
  let index = 0;
  let firstUses: FirstSources | undefined;
  for (const [rank, [source, file]] of refusedFirst.entries()) {
    let outside: Set<ts.Symbol> | undefined;
    const symbols = (): Set<ts.Symbol> =>
      (outside ??= new Set(checker().getSymbolsInScope(file, allMeanings(typescript))));
    const around = (): Surroundings => ({ outside: symbols(), ownMethods });
    const hasRun = !isRefused([source, file]);
    const syntaxErrors = syntaxProblemsOf(typescript, file, source);
    const isEarlier = (kind: keyof FirstSources, name: string): boolean =>
      ((firstUses ??= firstSources(typescript, files))[kind].get(name) ?? source) < source;
    for (const what of refusedByStock(typescript, file, isEarlier, checker))
      topLevel.findStrange({ source, what });
    for (const statements of withOverloads(typescript, file.statements)) {
      const [first] = statements;
      const statement = statements.at(-1)!;
      if (typescript.isImportDeclaration(statement)) {
        for (const imported of importsOf(typescript, statement, source))
          topLevel.import(imported, rank);
        continue;
      }
      const names = declaredNames(typescript, statement);
      const isLoose = names.length === 0;
      const runs = isLoose || typescript.isVariableStatement(statement);
      const end = statement.getEnd();
      const text = isLoose
        ? statement.getText()
        : withoutExport(typescript, first) + file.text.slice(first.getEnd(), end);
      const offset = end - text.length;
      const added = assignedFunction(typescript, statement) ? "let " : "";
      let mentions: Mention[] | undefined;
      let shared: string[] | undefined;
      const effects: { [when in Parameters<Declaration["effects"]>[0]]?: Effects } = {};
      const declaration: Declaration = {
        index: index++,
        rank,
        kind: isLoose ? "loose" : kindOf(typescript, statement),
        names,
        runs,
        before: isLoose ? "" : documentationOf(typescript, first) + added,
        text,
        location: { source, offset },
        syntaxErrors,
        mentions: () =>
          (mentions ??= statements.flatMap((one) =>
            mentionsIn(typescript, one, checker(), symbols(), offset),
          )),
        effects: (when) =>
          (effects[when] ??= effectsOf(typescript, statement, checker(), around(), when)),
        aliases: () => (shared ??= sharedBy(typescript, statement, checker(), symbols())),
        isFixed: isFixed(typescript, statement),
        loads: () => modulesLoadedBy(typescript, statement),
      };
      if (!isLoose) topLevel.declare(declaration);
      else if (hasRun) topLevel.pass(declaration);
      if (hasRun && aliasesCheck(typescript, statement, checks)) topLevel.carryCheck(declaration);
      for (const call of checksIn(typescript, statement, checks, texts, checker)) {
        const { id, at, answer, given, callee, isLocal, isInFunction, isInBranch } = call;
        if (id === undefined || !hasRun || !runs || isInFunction) {
          topLevel.passOverCheck({ source, offset: at, hasRun, ...(id !== undefined && { id }) });
          if (hasRun) topLevel.carryCheck(declaration);
          continue;
        }
        const known = {
          id,
          rank,
          source,
          isInBranch,
          index: declaration.index,
          ...(answer && { answer }),
        };
        const isCaught = given && (!isLocal || typescript.isIdentifier(callee));
        const taken =
          isCaught && given
            ? givenAnswer(
                typescript,
                { ...call, id, given },
                id.slice(3),
                declaration,
                checker(),
                around(),
              )
            : undefined;
        topLevel.check({
          ...known,
          ...(taken && given && { given: taken, inWords: inWords(given) }),
        });
      }
    }
  }
  return topLevel;
}

/** What `check` is called: under another name too, `import { check as verify } from "convbook"`. */
function namesOfCheck(typescript: typeof ts, files: readonly ts.SourceFile[]): Set<string> {
  const names = new Set(["check"]);
  for (const { statements } of files)
    for (const statement of statements)
      if (typescript.isImportDeclaration(statement))
        for (const { module, imported, local } of importsOf(typescript, statement, 0))
          if (module === "convbook" && imported === "check") names.add(local);
  return names;
}

/** What was given to a check, for a remark. */
function inWords(given: ts.Expression): string {
  const text = given.getText();
  const isShort = text.length <= LONGEST_NAME && !text.includes("\n");
  return isShort ? text : "What stands in the check itself";
}

const LONGEST_NAME = 40;

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

/** What does not parse in a source. */
function syntaxProblemsOf(
  typescript: typeof ts,
  file: ts.SourceFile,
  source: number,
): Declaration["syntaxErrors"] {
  return syntaxErrorsIn(file).map(({ start, messageText }) => ({
    location: { source, offset: start },
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
