import { distance } from "fastest-levenshtein";

/**
 * Those of the names that a word was perhaps meant to be, the likeliest first: a slip of a letter in three is
 * forgiven. None when nothing is near.
 *
 * @param key what of a name is compared, such as the name without its case
 *
 * @example
 * nearest("strides", ["stride", "padding", "dilation"]) // → ["stride"]
 */
export function nearest(
  word: string,
  names: readonly string[],
  key: (name: string) => string = (name) => name,
): string[] {
  const most = Math.max(1, Math.floor(word.length / 3));
  return names
    .map((name) => ({ name, apart: distance(word, key(name)) }))
    .filter(({ apart }) => apart <= most)
    .sort((a, b) => a.apart - b.apart)
    .map(({ name }) => name);
}

/**
 * The question after a word that is none of the names, or nothing when none is near. Case does not count.
 *
 * @example
 * didYouMean("SAME", ["valid", "same"]) // → 'Did you mean "same"?'
 */
export function didYouMean(word: unknown, names: readonly string[]): string | undefined {
  if (typeof word !== "string") return undefined;
  const near = nearest(word.slice(0, 50).toLowerCase(), names, (name) => name.toLowerCase())[0];
  return near === undefined ? undefined : `Did you mean "${near}"?`;
}
