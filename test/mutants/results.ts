import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { inProject } from "convbook";
import type { MutationResult } from "./runMutants";

const file = inProject("test", "mutants", "results.json");
const table = inProject("docs", "mutants.md");

export type Results = Record<string, MutationResult>;

/** Of results that were kept before the seeds were counted: three, and no wrong answers. */
const BEFORE = { seeds: 3, wrongAnswers: 0 };

export function readResults(): Results {
  if (!existsSync(file)) return {};
  const kept = JSON.parse(readFileSync(file, "utf8")) as Results;
  return Object.fromEntries(Object.entries(kept).map(([id, one]) => [id, { ...BEFORE, ...one }]));
}

/** Keeps the results, and writes the table that people read. */
export function writeResults(results: Results): void {
  const sorted = Object.fromEntries(Object.entries(results).sort(([a], [b]) => a.localeCompare(b)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
  writeFileSync(table, page(sorted));
}

const HEAD = `# Mutants

How sharp the tests of each exercise are, measured: every small change of its solution is run through its tests (\`npm run mutants\`). One that passes is killed by a new test, or it does the same as the solution and stands in \`test/mutants/equivalent.ts\` with the reason. Made by \`npm run mutants -- --write\`; not to be edited.

- **seeds**: how many draws were tried with each; where a test fails that draws nothing, one says it of all
- **killed**: at least one test fails, with every seed; **wrong**: as many named mistakes as the exercise knows fail so too
- **named**: of these, how many get the sentence of their mistake; **asked**: the sentence as a question; **threw**: the error that they throw; **seen**: what their differences have in common, in which calls or in which part of the result; the others get what was expected and what came
- **same**: equivalent to the solution
- **generous**: killed, but with three quarters of the points or more

| exercise | seeds | wrong | mutants | killed | named | asked | threw | seen | same | survived | generous |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
`;

function page(results: Results): string {
  const rows = Object.entries(results).map(([id, result]) => [id, ...numbers(result)]);
  const sums = rows[0]
    ?.slice(2)
    .map((_, i) => rows.reduce((sum, row) => sum + Number(row[i + 2]), 0));
  const all = sums ? [...rows, ["**all**", "", ...sums]] : rows;
  return `${HEAD}${all.map((row) => `| ${row.join(" | ")} |\n`).join("")}\n${percentages(results)}\n`;
}

/** What the diagnoses of the killed say, in per cent, where all of it has been counted. */
function percentages(results: Results): string {
  const counted = Object.values(results).filter(({ seen }) => seen !== undefined);
  const sum = (of: (result: MutationResult) => number): number =>
    counted.reduce((total, result) => total + of(result), 0);
  const killed = sum(({ mutants, equivalent, survived }) => mutants - equivalent - survived.length);
  const percent = (of: (result: MutationResult) => number): string =>
    `${((100 * sum(of)) / killed).toFixed(0)}%`;
  const named = percent(({ named, asked }) => named + asked);
  const seen = percent(({ seen = 0 }) => seen);
  return `Of the killed mutants of the ${counted.length} exercises for which "seen" has been counted, ${named} get the sentence of their mistake, as a fact or as a question, ${seen} what their differences have in common, and ${percent(({ threw }) => threw)} the error that they throw.`;
}

function numbers(result: MutationResult): (number | string)[] {
  const { mutants, equivalent, survived, named, asked, threw, seen, generous } = result;
  const killed = mutants - equivalent - survived.length;
  const byDiagnosis = [named, asked, threw, seen ?? ""];
  const all = [mutants, killed, ...byDiagnosis, equivalent, survived.length, generous.length];
  return [result.seeds, result.wrongAnswers, ...all];
}
