import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as convbook from "convbook";
import { type Answer, type Exercise } from "convbook";
import {
  type Boundary,
  inProcess,
  runExercise,
  extractFunction,
  type Extracted,
  loadFunction,
} from "convbook/authoring";
import { IN_COMMON } from "#dist/exercises/observations/index.js";
import { lessonFolder } from "#dist/project/index.js";
import { EQUIVALENT } from "./equivalent";
import type { Mutant } from "./Mutant";
import { mutantsOf } from "./mutantsOf";
import { passingSeed } from "./passingSeed";
import { testTexts } from "./testTexts";

const MEMORY = 300 * 2 ** 20;
/** In milliseconds: short, since many mutants loop without end; and long, where a busy machine is the reason. */
const [SHORT, LONG] = [500, 8_000];

/** What the tests of an exercise make of the mutants of its solution. */
export interface MutationResult {
  /** Of the solution and the exercise: a change makes the result old. */
  fingerprint: string;
  /** How many draws each mutant, and each wrong answer that is named, has failed in. */
  seeds: number;
  /** The mistakes that the exercise names, which are tried as the mutants are. */
  wrongAnswers: number;
  /** How many there are. */
  mutants: number;
  /** How many do the same as the solution, each with its reason in `equivalent.ts`. */
  equivalent: number;
  /** Those that pass with full points, with some seed at least, and are not known to be the same; wrong answers too. */
  survived: string[];
  /** How many killed ones get the sentence of their mistake, as a fact and as a question. */
  named: number;
  asked: number;
  /**
   * Of how many the diagnosis says what their differences have in common: in which calls, in which part of the result. Undefined
   * where that has not been counted yet (`--names` does it).
   */
  seen?: number;
  /** How many throw, whether in the library or in JavaScript's own functions. */
  threw: number;
  /** Killed, and yet with three quarters of the points or more. */
  generous: string[];
  /** Listed as equivalent, and no more among those that pass. */
  outdated: string[];
}

export interface DiagnosedMutant {
  mutant: Mutant;
  earned: number;
  diagnosis?: string;
  verdict: string;
}

/** Runs the tests on every mutant, or on those that `choose` takes, with each of the seeds. */
export async function runMutants(
  exercise: Exercise,
  seeds: readonly number[],
  report: (diagnosed: DiagnosedMutant) => void = () => {},
  choose: (mutants: readonly Mutant[]) => Iterable<Mutant> = (mutants) => mutants,
): Promise<MutationResult & { seen: number }> {
  const { extracted, fingerprint } = solutionOf(exercise);
  const known = EQUIVALENT[exercise.id] ?? {};
  const found = new Set<string>();
  const result: MutationResult & { seen: number } = {
    fingerprint,
    seeds: seeds.length,
    wrongAnswers: exercise.wrongAnswers.length,
    mutants: 0,
    equivalent: 0,
    survived: [],
    named: 0,
    asked: 0,
    seen: 0,
    threw: 0,
    generous: [],
    outdated: [],
  };
  for (const mutant of choose(mutantsOf(extracted.module))) {
    let boundary = boundaryTo(mutant, extracted, exercise.entry, SHORT);
    let ran = await runExercise(exercise, boundary, { seed: seeds[0] });
    if (ran.tests.some(({ verdict }) => verdict === "timeout")) {
      boundary = boundaryTo(mutant, extracted, exercise.entry, LONG);
      ran = await runExercise(exercise, boundary, { seed: seeds[0] });
    }
    const { verdict, earned, diagnosis } = ran;
    result.mutants += 1;
    // A mutant that came to its end once may take its time with another seed, on a busy machine.
    const passes =
      verdict === "passed" ||
      (verdict !== "timeout" &&
        (await passingSeed(
          exercise,
          boundaryTo(mutant, extracted, exercise.entry, LONG),
          seeds,
        )) !== undefined);
    report({
      mutant,
      earned,
      verdict: passes ? "passed" : verdict,
      ...(diagnosis && { diagnosis }),
    });
    if (passes && mutant.change in known) {
      result.equivalent += 1;
      found.add(mutant.change);
    } else if (passes) result.survived.push(mutant.change);
    else {
      if (diagnosis?.startsWith("Could it be")) result.asked += 1;
      else if (diagnosis?.startsWith(IN_COMMON)) result.seen += 1;
      else if (diagnosis) result.named += 1;
      else if (verdict === "error" || verdict === "timeout") result.threw += 1;
      if (earned >= 0.75 * exercise.points) result.generous.push(mutant.change);
    }
  }
  for (const { answer, says } of exercise.wrongAnswers) {
    const seed = await passingSeed(exercise, inProcess(answer), seeds);
    if (seed !== undefined) result.survived.push(`with seed ${seed}: ${says}`);
  }
  result.outdated = Object.keys(known).filter((change) => !found.has(change));
  return result;
}

/** Our solution as a module, and what changes when it or its exercise does. */
export function solutionOf(exercise: Exercise): { extracted: Extracted; fingerprint: string } {
  const folder = lessonFolder(exercise.lesson);
  const text = readFileSync(join(folder, "solution.ts"), "utf8");
  const extracted = extractFunction([{ origin: "solution.ts", text }], exercise.entry);
  if (!extracted) throw new Error(`${exercise.id} has no solution.`);
  const hash = createHash("sha256").update(extracted.module);
  for (const text of testTexts(join(folder, "exercises", `${exercise.entry}.ts`)))
    hash.update(text);
  return { extracted, fingerprint: hash.digest("hex").slice(0, 12) };
}

function boundaryTo(
  { module }: Mutant,
  extracted: Extracted,
  entry: string,
  time: number,
): Boundary {
  try {
    const answer = loadFunction({ ...extracted, module }, entry, () => convbook);
    return inProcess(answer as Answer, { time, memory: MEMORY });
  } catch (error) {
    const { name, message } = error as Error; // a change that is no TypeScript any more
    return { call: async () => ({ outcome: { error: { name, message } } }) };
  }
}
