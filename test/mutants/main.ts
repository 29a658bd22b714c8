/** npm run mutants -- [exercise or lesson ...] [--seeds n] [--diagnoses] [--names] [--write] */
import { parseArgs } from "node:util";
import { exercisesOf } from "convbook/authoring";
import { lessonNames } from "#dist/project/index.js";
import { MANY_SEEDS, manySeedsOf, seedsFor } from "./passingSeed";
import { readResults, writeResults } from "./results";
import { runMutants, solutionOf } from "./runMutants";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seeds: { type: "string", default: String(MANY_SEEDS) },
      diagnoses: { type: "boolean", default: false },
      // One seed, for the diagnosis of each; how they were killed stays as it was.
      names: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  });
  const all = lessonNames().flatMap((lesson) => exercisesOf(lesson));
  const chosen = all.filter(
    ({ id }) => positionals.length === 0 || positionals.some((part) => id.startsWith(part)),
  );
  for (const part of positionals)
    if (!all.some(({ id }) => id.startsWith(part)))
      throw new Error(
        `no exercise's id begins with "${part}": give a lesson, 02, or an id, 02.zeroPad`,
      );
  for (const exercise of chosen) {
    const wanted = values.names ? 1 : Number(values.seeds);
    const seeds = seedsFor(Math.min(wanted, manySeedsOf(exercise)));
    // What has been written down is not done again: a run that was stopped goes on from there.
    const known = readResults()[exercise.id];
    const isKnown =
      known?.fingerprint === solutionOf(exercise).fingerprint &&
      known.seeds >= seeds.length &&
      known.survived.length + known.outdated.length === 0;
    if (values.write && !values.names && positionals.length === 0 && isKnown) continue;
    const begin = process.cpuUsage().user;
    const result = await runMutants(exercise, seeds, ({ mutant, earned, diagnosis, verdict }) => {
      if (values.diagnoses) {
        const points = `${earned}/${exercise.points}`;
        console.log(`  ${verdict} ${points} ${mutant.change}\n      ${diagnosis ?? "-"}`);
      }
    });
    const { mutants, survived, equivalent, named, asked, threw, seen, generous, outdated } = result;
    const killed = mutants - equivalent - survived.length;
    const seconds = Math.round((process.cpuUsage().user - begin) / 1e6);
    console.log(
      `${exercise.id}: ${mutants} mutants, ${killed} killed (${named} named, ${asked} asked, ${threw} threw, ${seen} seen), ` +
        `${equivalent} the same, ${survived.length} survived, ${generous.length} generous (${seconds} s)`,
    );
    for (const change of survived) console.log(`  survived: ${change}`);
    for (const change of generous) console.log(`  generous: ${change}`);
    for (const change of outdated) console.log(`  outdated: ${change}`);
    if (!values.write) continue;
    const isSame = known?.fingerprint === result.fingerprint;
    if (values.names && !isSame) continue;
    const kept = values.names ? { ...known, named, asked, threw, seen } : result;
    writeResults({ ...readResults(), [exercise.id]: kept });
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
