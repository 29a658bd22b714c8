import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import ts from "typescript";

/** What an exercise says and what no test looks at: a better hint leaves the mutants as they were. */
const WORDS = new Set(["title", "minutes", "task", "example", "starter", "hints", "manyAnswers"]);

/**
 * The text of an exercise, and of all that its tests take from files of their own, without the solution and
 * without the exercise's words.
 */
export function testTexts(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file) || file.endsWith("solution.ts") || !existsSync(file)) return [];
  seen.add(file);
  const text = readFileSync(file, "utf8");
  const imported = [...text.matchAll(/ from "(\.[^"]*)"/g)];
  return [
    withoutWords(text),
    ...imported.flatMap(([, path]) => testTexts(`${resolve(dirname(file), path)}.ts`, seen)),
  ];
}

/** The text without those properties of what is given to `exercise({ ... })`. */
export function withoutWords(text: string): string {
  const source = ts.createSourceFile("exercise.ts", text, ts.ScriptTarget.ES2022, true);
  const words: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === "exercise") {
      const [definition] = node.arguments;
      if (definition && ts.isObjectLiteralExpression(definition))
        words.push(
          ...definition.properties.filter(({ name }) => name && WORDS.has(name.getText())),
        );
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return words.reduceRight(
    (left, { pos, end }) => left.slice(0, pos) + left.slice(end + 1), // and the comma behind it
    text,
  );
}
