import typescript from "typescript";
import type { Mutant, Replacement } from "./Mutant";
import { OPERATORS } from "./operators";

/** Every small change of a module, one a mutant; what comes out twice is kept once. */
export function mutantsOf(module: string): Mutant[] {
  const file = typescript.createSourceFile(
    "solution.ts",
    module,
    typescript.ScriptTarget.ES2022,
    true,
  );
  const seen = new Set([module]);
  const mutants: Mutant[] = [];
  const visit = (node: typescript.Node): void => {
    if (typescript.isImportDeclaration(node) || typescript.isTypeNode(node)) return;
    for (const [operator, mutate] of Object.entries(OPERATORS))
      for (const replacement of mutate(typescript, node)) {
        const changed = replaced(module, replacement);
        if (seen.has(changed)) continue;
        seen.add(changed);
        mutants.push({ operator, change: changeOf(module, replacement), module: changed });
      }
    typescript.forEachChild(node, visit);
  };
  visit(file);
  return mutants;
}

function replaced(text: string, { start, end, text: by }: Replacement): string {
  return text.slice(0, start) + by + text.slice(end);
}

/** The lines that change, before and after, on one line each. */
function changeOf(text: string, { start, end, text: by }: Replacement): string {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const to = text.indexOf("\n", end) === -1 ? text.length : text.indexOf("\n", end);
  const flat = (part: string): string =>
    part
      .replace(/\s*\/\/.*$/gm, "")
      .replace(/\s+/g, " ")
      .trim();
  return `${flat(text.slice(from, to))} → ${flat(text.slice(from, start) + by + text.slice(end, to))}`;
}
