import ts from "typescript";
import type { CellCompiler } from "./Compiler";

/** What may stand at an offset of a cell. */
export function complete(
  service: ts.LanguageService,
  file: string,
  source: string,
  preludeLength: number,
  offset: number,
): ReturnType<CellCompiler["complete"]> {
  const found = service.getCompletionsAtPosition(file, preludeLength + offset, {
    includeCompletionsWithInsertText: false,
  });
  const start = wordStart(source, offset);
  const typed = source.slice(start, offset).toLowerCase();
  const entries = (found?.entries ?? []).filter(
    ({ name, kind }) =>
      name.toLowerCase().startsWith(typed) &&
      kind !== ts.ScriptElementKind.warning &&
      !name.startsWith("__"),
  );
  entries.sort((a, b) =>
    a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : a.name < b.name ? -1 : 1,
  );
  return {
    matches: entries.map(({ name }) => name),
    start,
    end: offset,
    metadata: {
      _jupyter_types_experimental: entries.map(({ name, kind }) => ({
        start,
        end: offset,
        text: name,
        type: kind,
      })),
    },
  };
}

function wordStart(source: string, offset: number): number {
  return offset - /[\p{ID_Continue}$]*$/u.exec(source.slice(0, offset))![0].length;
}
