import type { ClassSimilarity } from "./compareClass";

/** What every report on similar code begins with. */
export const NOT_AN_ACCUSATION =
  "This report accuses nobody. It says which programs are alike, not why.";

/** What the numbers cannot tell. */
export const LIMITS =
  "Short exercises look alike, since there are few ways to write them; so do programs of students who learned " +
  "together, asked the same assistant, or read the same page. Code that has been rewritten is not found. " +
  "Names, comments, layout and types are not compared; the starter is taken off; what many share counts " +
  "little. Read both programs, and talk with both students, before you think anything.";

/** What is unusual in this class, in words. */
export function thresholdSentence({ threshold, pairs, compared }: ClassSimilarity): string {
  if (threshold === undefined)
    return `${compared} pairs are too few to say what is usual in this class; the most alike are shown.`;
  const above = pairs.filter((pair) => pair.score > threshold).length;
  if (threshold >= 1)
    return `In this class so much is alike that no pair can stand out: the answers are short. The most alike are shown.`;
  const which = `${above} of ${compared} pairs`;
  return `${which} lie above ${formatScore(threshold)}, beyond what is usual in this class${above === 0 ? "; the most alike are shown" : ""}.`;
}

/** Two decimals: a third would promise too much. */
export function formatScore(score: number): string {
  return score.toFixed(2);
}
