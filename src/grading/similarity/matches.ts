import { RUN, runsOf } from "./fingerprints";
import { normalTokens } from "./tokens";

/** A piece of one program: whether the other has it too, and the starter has not. */
export interface Piece {
  text: string;
  shared: boolean;
}

/**
 * Two programs, each cut into pieces that the other has and pieces that it has not, for a reader to see side
 * by side. Shared are all tokens of runs that occur in both and not in the starter; the space between two
 * shared tokens is shared too.
 */
export function matchingPieces(one: string, other: string, starter: string): [Piece[], Piece[]] {
  const began = new Set(runsOf(normalTokens(starter)));
  const [runs, otherRuns] = [one, other].map((code) => new Set(runsOf(normalTokens(code))));
  const common = new Set([...runs].filter((run) => otherRuns.has(run) && !began.has(run)));
  return [cut(one, common), cut(other, common)];
}

function cut(code: string, common: ReadonlySet<string>): Piece[] {
  const tokens = normalTokens(code);
  const marked = new Array<boolean>(tokens.length).fill(false);
  runsOf(tokens).forEach((run, i) => {
    if (common.has(run)) marked.fill(true, i, i + RUN);
  });
  const pieces: Piece[] = [];
  let end = 0;
  const add = (to: number, shared: boolean): void => {
    const last = pieces[pieces.length - 1];
    const text = code.slice(end, to);
    end = to;
    if (text === "") return;
    if (last?.shared === shared) last.text += text;
    else pieces.push({ text, shared });
  };
  tokens.forEach((token, i) => {
    add(token.start, marked[i] && (marked[i - 1] ?? false));
    add(token.end, marked[i]);
  });
  add(code.length, false);
  return pieces;
}
