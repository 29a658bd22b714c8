import { parseArgs } from "node:util";

/**
 * What the command line asks of an experiment, so that its sentences can be tried with other seeds and lengths:
 * node scripts/experiments/NAME.mjs --seeds 11,12,13 --lengths 20,60 --out again.json
 * Where an experiment compares ways that have names, --ways "plain,batch norm" tries these alone.
 *
 * @param {string} name of the file in assets/experiments/ that is written when nothing else is asked
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
 * @param {string | undefined} list
 * @param {string[]} ways those that there are
 */
function chosen(list, ways) {
  const found = list?.split(",") ?? ways;
  const unknown = found.find((way) => !ways.includes(way));
  if (unknown === undefined) return found;
  throw new Error(`--ways wants some of ${ways.join(" | ") || "none"}, got ${unknown}`);
}
