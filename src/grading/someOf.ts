/** This many are named in a message. */
const MOST_NAMED = 5;

/** The first few of names: `"ada, ben, cid, dora, eve and 3 more"`. */
export function someOf(names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
  return names.slice(0, MOST_NAMED).join(", ") + more;
}
