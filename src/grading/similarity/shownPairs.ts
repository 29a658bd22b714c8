import type { ClassSimilarity, SimilarPair } from "./compareClass";

/** As many are shown at most: nobody reads more, and a page has to open. */
const MOST = 100;

/** As many are shown where none stands out, so that a reader can see what the most alike look like. */
const LEAST = 10;

/** The pairs that are worth a reader's time: those above the threshold, else the first few. */
export function shownPairs({ pairs, threshold }: ClassSimilarity): SimilarPair[] {
  const standing = threshold === undefined ? [] : pairs.filter(({ score }) => score > threshold);
  return standing.length > 0 ? standing.slice(0, MOST) : pairs.slice(0, LEAST);
}
