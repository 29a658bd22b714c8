import { RUN, runsOf } from "./fingerprints";
import { normalTokens } from "./tokens";

/** A text of one program, and whether the other has it too. */
export interface MarkedText {
  text: string;
  /** `"common"`: so have more than half of the class, which is no wonder then. */
  shared: "no" | "common" | "rare";
}

/** What is known of an exercise before two answers to it are compared. */
export interface KnownRuns {
  /** Runs of the starter, which do not count. */
  starter: ReadonlySet<string>;
  /** Runs that more than half of the class have. */
  common: ReadonlySet<string>;
}

/** Looks through all answers to an exercise for what is common in them. */
export function knownRuns(answers: readonly string[], starter: string): KnownRuns {
  const holders = new Map<string, number>();
  for (const answer of answers)
    for (const run of new Set(runsOf(normalTokens(answer))))
      holders.set(run, (holders.get(run) ?? 0) + 1);
  const common = [...holders].filter(([, count]) => count > 2 && count > answers.length / 2);
  return {
    starter: new Set(runsOf(normalTokens(starter))),
    common: new Set(common.map(([run]) => run)),
  };
}

/**
 * Two programs, each cut into texts that the other has and texts that it has not, for a reader to see side
 * by side. Shared are all tokens of runs that occur in both and not in the starter; the space between two
 * tokens is shared as they are.
 */
export function markedTexts(
  one: string,
  other: string,
  known: KnownRuns,
): [MarkedText[], MarkedText[]] {
  const [runs, otherRuns] = [one, other].map((code) => new Set(runsOf(normalTokens(code))));
  const shared = new Set([...runs].filter((run) => otherRuns.has(run) && !known.starter.has(run)));
  return [cut(one, shared, known.common), cut(other, shared, known.common)];
}

function cut(code: string, shared: ReadonlySet<string>, common: ReadonlySet<string>): MarkedText[] {
  const tokens = normalTokens(code);
  const marks = new Array<MarkedText["shared"]>(tokens.length).fill("no");
  const runs = runsOf(tokens);
  // The rare ones come last: a token that is in a common run and in a rare one stands out.
  for (const mark of ["common", "rare"] as const)
    runs.forEach((run, i) => {
      if (shared.has(run) && common.has(run) === (mark === "common")) marks.fill(mark, i, i + RUN);
    });
  const texts: MarkedText[] = [];
  let end = 0;
  const add = (to: number, mark: MarkedText["shared"]): void => {
    const last = texts[texts.length - 1];
    const text = code.slice(end, to);
    end = to;
    if (text === "") return;
    if (last?.shared === mark) last.text += text;
    else texts.push({ text, shared: mark });
  };
  tokens.forEach((token, i) => {
    add(token.start, marks[i - 1] === marks[i] ? marks[i] : "no");
    add(token.end, marks[i]);
  });
  add(code.length, "no");
  return texts;
}
