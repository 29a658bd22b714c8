import ts from "typescript";
import type { CellCompiler } from "./Compiler";

/** What is known of the name at an offset of a cell. */
export function inspect(
  service: ts.LanguageService,
  file: string,
  preludeLength: number,
  offset: number,
): ReturnType<CellCompiler["inspect"]> {
  const info =
    service.getQuickInfoAtPosition(file, preludeLength + offset) ??
    (offset > 0 ? service.getQuickInfoAtPosition(file, preludeLength + offset - 1) : undefined);
  if (!info) return { found: false, data: {} };
  const text = [
    ts.displayPartsToString(info.displayParts),
    ts.displayPartsToString(info.documentation),
  ].join("\n\n");
  return { found: true, data: { "text/plain": text } };
}
