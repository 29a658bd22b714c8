import type { Token } from "./tokens";

/**
 * Runs of this many tokens are compared. Shorter runs agree by chance: `for (let i = 0; i < n; i++)` alone
 * has 15.
 */
export const RUN = 12;

/** Of this many runs in a row one is kept, so whatever is common over `RUN + WINDOW - 1` tokens is found. */
export const WINDOW = 5;

/** Every run of `RUN` tokens as one text; the run that begins at token i is number i. */
export function runsOf(tokens: readonly Token[]): string[] {
  const runs: string[] = [];
  for (let i = 0; i + RUN <= tokens.length; i++) {
    const forms = tokens.slice(i, i + RUN).map(({ form }) => form);
    runs.push(forms.join(" "));
  }
  return runs;
}

/**
 * Chooses the runs that stand for a document: in each window of neighbouring runs the one with the least
 * hash, so that two documents choose the same ones wherever they agree. This is winnowing: Schleimer,
 * Wilkerson & Aiken 2003, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD.
 *
 * Of code shorter than a window the least is chosen; of code shorter than a run nothing is.
 */
export function winnow(runs: readonly string[], window = WINDOW): Set<string> {
  const hashes = runs.map(hashOf);
  const chosen = new Set<string>();
  const last = Math.max(runs.length - window, 0);
  for (let start = 0; start <= last && runs.length > 0; start++) {
    let least = start;
    for (let i = start + 1; i < Math.min(start + window, runs.length); i++)
      if (hashes[i] <= hashes[least]) least = i; // of equals the last, as in the paper
    chosen.add(runs[least]);
  }
  return chosen;
}

/** FNV-1a, then mixed, so that runs which begin alike do not have neighbouring hashes. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
