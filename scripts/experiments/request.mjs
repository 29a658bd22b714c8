import { parseArgs } from "node:util";

/**
 * What the command line asks of an experiment, so that its sentences can be tried with other seeds and lengths:
 * node scripts/experiments/NAME.mjs --seeds 11,12,13 --lengths 20,60 --out again.json
 * Where an experiment compares ways that have names, --ways "plain,batch norm" tries these alone; what the file of
 * --out has already, of the same setting and lengths, is kept and not trained again.
 *
 * @param {string} name of the file in assets/experiments/ that is written when --out is left out
 * @param {{ seeds: number[], lengths: number[], ways?: string[] }} usual
 */
export function request(name, usual) {
  const text = /** @type {const} */ ({ type: "string" });
  const { values } = parseArgs({ options: { seeds: text, lengths: text, ways: text, out: text } });
  if ((values.seeds || values.lengths || values.ways) && !values.out)
    throw new Error(
      "--seeds, --lengths and --ways go with --out, a file of their own beside the course's.",
    );
  return {
    seeds: numbers("--seeds", values.seeds) ?? usual.seeds,
    lengths: numbers("--lengths", values.lengths) ?? usual.lengths,
    ways: chosen(values.ways, usual.ways ?? []),
    resumed: values.out !== undefined,
    file: values.out ?? new URL(`../../assets/experiments/${name}.json`, import.meta.url),
  };
}

/**
 * @param {string} option
 * @param {string | undefined} list
 */
function numbers(option, list) {
  const found = list?.split(",").map(Number);
  if (!found || found.every((number) => Number.isInteger(number) && number > 0)) return found;
  throw new Error(`${option} wants whole numbers above 0 with commas between, got ${list}`);
}

/**
 * The ways that a list names. Some of their names have commas themselves: the longest that fits is taken.
 *
 * @param {string | undefined} list
 * @param {string[]} ways those that there are
 */
function chosen(list, ways) {
  if (list === undefined) return ways;
  const longestFirst = [...ways].sort((a, b) => b.length - a.length);
  /** @type {string[]} */
  const found = [];
  let rest = `${list},`;
  while (rest) {
    const way = longestFirst.find((name) => rest.startsWith(`${name},`));
    if (way === undefined)
      throw new Error(
        `--ways wants some of ${ways.join(" | ") || "none"}, got ${rest.slice(0, -1)}`,
      );
    found.push(way);
    rest = rest.slice(way.length + 1);
  }
  return found;
}
