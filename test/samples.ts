/**
 * Whether all of the long series are run, as `.ci/run` does. `npm test` takes a sample of each, so that it ends within
 * a quarter of an hour.
 */
export const ALL = process.env.CONVBOOK_ALL !== undefined;

/** All of a series, or every `nth` where a sample is enough: always the same ones. */
export function sampleOf<T>(series: Iterable<T>, nth: number): T[] {
  return [...series].filter((_, i) => ALL || i % nth === 0);
}
