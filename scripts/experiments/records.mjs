/** What an experiment writes down: four decimals are more than its seeds agree on. @param {number} value */
export function rounded(value) {
  return Number(value.toFixed(4));
}

/** The view of a set that nobody has changed. @param {any} set */
export function asItIs(set) {
  return set;
}
