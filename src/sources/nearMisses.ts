import type ts from "typescript";
import { declaredNames } from "./declaredNames";
import { importsOf } from "./imports";
import { parseSource } from "./parse";
import type { SourceText } from "./types";

/**
 * What looks like functions that no source declares at its top level, shown to whoever wrote them: each stands in a
 * text, inside something else, under a name that differs in its capitals, or is imported.
 *
 * @param others texts that are no code
 * @returns for each name a sentence, or undefined
 */
export function nearMisses(
  typescript: typeof ts,
  sources: readonly SourceText[],
  others: readonly SourceText[],
  names: readonly string[],
): (string | undefined)[] {
  const inTexts = new Map<string, string>();
  for (const { origin, text } of others)
    for (const [, name] of text.matchAll(IN_TEXT)) remember(inTexts, name, origin);
  const anywhere = new Map<string, string>();
  const imported = new Map<string, string>();
  for (const [i, { origin, text }] of sources.entries()) {
    const file = parseSource(typescript, `/${i}.ts`, text);
    for (const name of namesAnywhere(typescript, file)) remember(anywhere, name, origin);
    for (const statement of file.statements)
      if (typescript.isImportDeclaration(statement))
        for (const { local } of importsOf(typescript, statement, i))
          remember(imported, local, origin);
  }
  const byCapitals = new Map(
    [...anywhere].map(([name, origin]) => [name.toLowerCase(), { name, origin }]),
  );
  return names.map((name) => {
    const text = inTexts.get(name);
    if (text) return `${name} stands in ${text}, which is no code cell: make it one.`;
    const inside = anywhere.get(name);
    if (inside)
      return `${name} stands in ${inside} inside something else: declare it at the top level.`;
    const other = byCapitals.get(name.toLowerCase());
    if (other) return `${other.origin} declares ${other.name}: call it ${name}.`;
    const from = imported.get(name);
    return from && `${name} is imported in ${from}: declare one of your own.`;
  });
}

const IN_TEXT = /\b(?:function|const|let|var|class) (\w{1,100})/g;

function remember(known: Map<string, string>, name: string, origin: string): void {
  if (!known.has(name)) known.set(name, origin);
}

/** The names that statements declare, wherever they stand. A list of what is still to be read, since code may be deep. */
function namesAnywhere(typescript: typeof ts, file: ts.SourceFile): string[] {
  const names: string[] = [];
  const waiting: ts.Node[] = [file];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (typescript.isStatement(node))
      for (const name of declaredNames(typescript, node)) names.push(name);
    typescript.forEachChild(node, (child) => void waiting.push(child));
  }
  return names;
}
