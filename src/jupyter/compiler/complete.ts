import ts from "typescript";
import type { CellCompiler } from "./Compiler";

const PREFERENCES: ts.GetCompletionsAtPositionOptions = {
  includeCompletionsWithInsertText: false,
  includeCompletionsForModuleExports: false,
  includeInlayParameterNameHints: "none",
} as ts.GetCompletionsAtPositionOptions;

/** The most entries that are listed with their types: each costs a millisecond. */
const MOST_SIGNATURES = 40;

/**
 * What may stand at an offset of a cell: the names in sight, the members of a value, the options that a call
 * takes, the names that a module exports, the texts that a type allows. Best first.
 *
 * @param source the cell, which stands in `file` behind `preludeLength` characters of ours
 * @param absent globals that are declared, but not there
 */
export function complete(
  service: ts.LanguageService,
  file: string,
  source: string,
  preludeLength: number,
  offset: number,
  absent: ReadonlySet<string>,
): ReturnType<CellCompiler["complete"]> {
  const fileOffset = preludeLength + offset;
  const found = service.getCompletionsAtPosition(file, fileOffset, PREFERENCES);
  const span = found?.optionalReplacementSpan;
  const start =
    span && span.start >= preludeLength ? span.start - preludeLength : wordStart(source, offset);
  const typed = source.slice(start, offset).toLowerCase();
  const entries = (found?.entries ?? []).filter(
    (entry) => isOffered(entry, typed) && !(entry.sortText === GLOBAL && absent.has(entry.name)),
  );
  entries.sort(bySortText);
  const end = span && span.start >= preludeLength ? start + span.length : offset;
  return {
    matches: entries.map(({ name }) => name),
    start,
    end: Math.max(end, offset),
    metadata: {
      // JupyterLab shows these beside the names.
      _jupyter_types_experimental: entries.map(({ name, kind }, i) => ({
        start,
        end: Math.max(end, offset),
        text: name,
        type: kind === ts.ScriptElementKind.memberVariableElement ? "property" : kind,
        ...(i < MOST_SIGNATURES &&
          entries.length <= MOST_SIGNATURES && {
            signature: signatureOf(service, file, fileOffset, name),
          }),
      })),
    },
  };
}

/** What TypeScript sorts globals by; a name of the learner's has another. */
const GLOBAL = "15";

function isOffered({ name, kind }: ts.CompletionEntry, typed: string): boolean {
  if (!name.toLowerCase().startsWith(typed) || kind === ts.ScriptElementKind.warning) return false;
  // The kernel's own names, and the modules that the one declaration file of convbook is made of.
  return !name.startsWith("__") && !name.startsWith("convbook:");
}

function bySortText(a: ts.CompletionEntry, b: ts.CompletionEntry): number {
  if (a.sortText !== b.sortText) return a.sortText < b.sortText ? -1 : 1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function signatureOf(
  service: ts.LanguageService,
  file: string,
  fileOffset: number,
  name: string,
): string {
  const details = service.getCompletionEntryDetails(
    file,
    fileOffset,
    name,
    undefined,
    undefined,
    undefined,
    undefined,
  );
  const text = ts
    .displayPartsToString(details?.displayParts)
    .replace(/^\(alias\) |\nimport \S+$/g, "")
    .replace(/\s+/g, " ");
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function wordStart(source: string, offset: number): number {
  const before = source.slice(Math.max(0, offset - 200), offset);
  return offset - /[\p{ID_Continue}$]*$/u.exec(before)![0].length;
}
