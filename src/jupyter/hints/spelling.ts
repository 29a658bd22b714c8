import { distance } from "fastest-levenshtein";

/** The name that was probably meant: a third of its letters, and two at most, may be wrong. */
export function probablyMeant(name: string, names: readonly string[]): string | undefined {
  const most = Math.min(2, Math.floor(name.length / 3));
  const small = name.toLowerCase();
  return names.find((known) => distance(small, known.toLowerCase()) <= most);
}
