import { randomInt } from "node:crypto";
import { linkSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { makeFolder, replaceFile } from "../project";

/** Each test counts on from the seed: this leaves it room. */
const LARGEST = 2 ** 31 - 2 ** 16;
/** Where it is kept beside the results. */
const FILE = "seed.json";

/**
 * Where the random inputs of a class come from: a secret of the instructor's, drawn once and kept with the results, so
 * that nobody can fit code to the inputs and everybody has the same. Graders that start at one time on one folder
 * agree on the one that is there first.
 *
 * @param out the folder of the results; without one, another seed is drawn each time
 * @throws Error when the file is spoilt: to draw anew would change marks
 */
export async function classSeed(out: string | undefined): Promise<number> {
  const drawn = randomInt(LARGEST);
  if (out === undefined) return drawn;
  makeFolder(out);
  const file = path.join(out, FILE);
  const draft = `${file}.drawn-${process.pid}`;
  const kept = readSeed(file);
  if (kept !== undefined) return kept;
  await replaceFile(draft, `${JSON.stringify({ seed: drawn })}\n`);
  try {
    linkSync(draft, file); // in one step, and only where there is none
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readSeed(file)!;
}

function readSeed(file: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  let seed: unknown;
  try {
    ({ seed } = JSON.parse(text) as { seed?: unknown });
  } catch {
    // reported below
  }
  if (Number.isSafeInteger(seed) && Number(seed) >= 0) return Number(seed);
  throw new Error(`${file} holds no seed. Say it with --seed, or remove the file to draw another.`);
}
