import ts from "typescript";
import type { CellCompiler } from "./Compiler";
import { shortened } from "./messages";

type Inspection = ReturnType<CellCompiler["inspect"]>;

/**
 * What is known of the name at an offset of a cell: its type and documentation; within the brackets of a call
 * also how the call is made, and of the parameter that comes next what it means.
 *
 * @param detail 0 for the type and the first paragraph, 1 for all
 */
export function inspect(
  service: ts.LanguageService,
  file: string,
  source: string,
  preludeLength: number,
  offset: number,
  detail: 0 | 1,
): Inspection {
  const at = Math.max(0, Math.min(offset, source.length));
  const parts = [
    ofName(service, file, source, preludeLength, at, detail),
    ofCall(service, file, preludeLength + at),
  ].filter((part): part is Part => part !== undefined);
  // The name of the call that is being written and the call are one and the same.
  const shown = parts.filter(
    ({ head }, i) => parts.findIndex((other) => other.head === head) === i,
  );
  if (shown.length === 0) return { found: false, data: {} };
  return {
    found: true,
    data: {
      "text/plain": shown.map(({ head, body }) => [head, ...body].join("\n\n")).join("\n\n\n"),
      "text/markdown": shown
        .map(({ head, body }) => [`\`\`\`typescript\n${head}\n\`\`\``, ...body].join("\n\n"))
        .join("\n\n---\n\n"),
    },
  };
}

/** A signature, and the paragraphs below it. */
interface Part {
  head: string;
  body: string[];
}

function ofName(
  service: ts.LanguageService,
  file: string,
  source: string,
  preludeLength: number,
  offset: number,
  detail: 0 | 1,
): Part | undefined {
  const isWord = (i: number) => /[\p{ID_Continue}$]/u.test(source[i] ?? "");
  const wordOffset = isWord(offset)
    ? offset
    : offset > 0 && isWord(offset - 1)
      ? offset - 1
      : undefined;
  if (wordOffset === undefined) return undefined;
  const info = service.getQuickInfoAtPosition(file, preludeLength + wordOffset);
  if (!info) return undefined;
  const documentation = ts.displayPartsToString(info.documentation);
  return {
    head: headOf(info.displayParts),
    body:
      detail === 0
        ? [documentation.split("\n\n")[0]].filter((text) => text !== "")
        : [documentation, ...tagTexts(info.tags)].filter((text) => text !== ""),
  };
}

/** An earlier cell's names come as imports, of which the learner knows nothing. */
function headOf(parts: readonly ts.SymbolDisplayPart[] | undefined): string {
  const text = shortened(ts.displayPartsToString(parts ? [...parts] : []));
  return text.replace(/^\(alias\) (?:function )?/, "").replace(/\nimport \S+$/, "");
}

function ofCall(service: ts.LanguageService, file: string, fileOffset: number): Part | undefined {
  const help = service.getSignatureHelpItems(file, fileOffset, undefined);
  const item = help?.items[help.selectedItemIndex];
  if (!help || !item) return undefined;
  const text = (parts: readonly ts.SymbolDisplayPart[]) => ts.displayPartsToString([...parts]);
  const parameters = item.parameters.map((parameter) => text(parameter.displayParts));
  const current = item.parameters[Math.min(help.argumentIndex, item.parameters.length - 1)];
  const head = `${text(item.prefixDisplayParts)}${parameters.join(", ")}${text(item.suffixDisplayParts)}`;
  const meaning = current && ts.displayPartsToString(current.documentation);
  return {
    head: shortened(head),
    body: [
      ...(current ? [`Here: ${text(current.displayParts)}${meaning ? `, ${meaning}` : ""}`] : []),
      ts.displayPartsToString(item.documentation).split("\n\n")[0],
    ].filter((line) => line !== ""),
  };
}

/** Parameters, result, errors and example, each by its name. */
function tagTexts(tags: readonly ts.JSDocTagInfo[] = []): string[] {
  return tags.flatMap(({ name, text }) => {
    const said = ts.displayPartsToString(text).trim();
    if (said === "") return [];
    const label = LABELS.get(name);
    if (name === "example")
      return [`Example:\n\`\`\`typescript\n${said.replace(/^```\w*\n|\n```$/g, "")}\n\`\`\``];
    return label === undefined ? [] : [`${label}${said}`];
  });
}

const LABELS = new Map([
  ["param", "- "],
  ["returns", "Returns: "],
  ["return", "Returns: "],
  ["throws", "Throws: "],
  ["deprecated", "Deprecated: "],
  ["see", "See: "],
  ["default", "If left out: "],
  ["defaultValue", "If left out: "],
]);
