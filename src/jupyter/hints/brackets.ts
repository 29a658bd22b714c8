/** A bracket that nothing closes. */
export interface OpenBracket {
  bracket: "{" | "(" | "[";
  offset: number;
}

/** A bracket of a text, as a scanner finds it: brackets in strings and comments are none. */
export interface Bracket {
  text: string;
  offset: number;
}

const CLOSING: Readonly<Record<string, string>> = { "{": "}", "(": ")", "[": "]" };

/**
 * The bracket that is not closed, judged by indentation: where `}` stands further left than the line that opened
 * it, it belongs to a brace further out, and this one was forgotten.
 */
export function unclosedBracket(
  source: string,
  brackets: readonly Bracket[],
): OpenBracket | undefined {
  const open: Bracket[] = [];
  let suspect: Bracket | undefined;
  for (const bracket of brackets) {
    if (bracket.text in CLOSING) {
      open.push(bracket);
      continue;
    }
    const opening = open.at(-1);
    if (!opening || CLOSING[opening.text] !== bracket.text) {
      // A wrong closing bracket: the open one before it lacks its own.
      if (opening) return asOpen(opening);
      return undefined;
    }
    open.pop();
    const closesLine =
      source.slice(lineStart(source, bracket.offset), bracket.offset).trim() === "";
    if (closesLine && indentAt(source, bracket.offset) < indentAt(source, opening.offset))
      suspect ??= opening;
  }
  if (open.length === 0) return undefined;
  return asOpen(suspect ?? open.at(-1)!);
}

const asOpen = ({ text, offset }: Bracket): OpenBracket => ({
  bracket: text as OpenBracket["bracket"],
  offset,
});

const lineStart = (source: string, offset: number) => source.lastIndexOf("\n", offset - 1) + 1;

function indentAt(source: string, offset: number): number {
  const start = lineStart(source, offset);
  return /^[ \t]*/.exec(source.slice(start))![0].length;
}
