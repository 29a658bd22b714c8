import { parseArgs } from "node:util";

/**
 * What the command line asks of an experiment, so that its sentences can be tried with other seeds and lengths:
 * node scripts/experiments/NAME.mjs --seeds 11,12,13 --lengths 20,60 --out again.json
 *
 * @param {string} name of the file in assets/experiments/ that is written when nothing else is asked
 * @param {{ seeds: number[], lengths: number[] }} usual
 */
export function request(name, usual) {
  const text = /** @type {const} */ ({ type: "string" });
  const { values } = parseArgs({ options: { seeds: text, lengths: text, out: text } });
  if ((values.seeds || values.lengths) && !values.out)
    throw new Error(
      "--seeds and --lengths go with --out, a file of their own beside the course's.",
    );
  return {
    seeds: numbers("--seeds", values.seeds) ?? usual.seeds,
    lengths: numbers("--lengths", values.lengths) ?? usual.lengths,
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
