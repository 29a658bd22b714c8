import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** The text of an exercise, and of all that its tests take from files of their own, without the solution. */
export function testTexts(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file) || file.endsWith("solution.ts") || !existsSync(file)) return [];
  seen.add(file);
  const text = readFileSync(file, "utf8");
  const imported = [...text.matchAll(/ from "(\.[^"]*)"/g)];
  return [
    text,
    ...imported.flatMap(([, path]) => testTexts(`${resolve(dirname(file), path)}.ts`, seen)),
  ];
}
