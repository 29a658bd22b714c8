import { type Answer, type Exercise, random } from "convbook";
import type { Boundary } from "convbook/authoring";
import { apartBy, asking } from "#dist/exercises/index.js";

/** How many draws an answer that is wrong has to fail in, each of them. */
export const MANY_SEEDS = 200;

/** How many draws are enough where each is a training, since the lines that decide lie some deviations from what is tried. */
const FEW_SEEDS: Readonly<Record<string, number>> = { "23.contender": 1 };

/** With how many draws an exercise is run. */
export function manySeedsOf({ id }: Exercise): number {
  return FEW_SEEDS[id] ?? MANY_SEEDS;
}

/** Apart by more than an exercise has tests, since each test takes the seed after that of the one before. */
export function seedsFor(count: number): number[] {
  return Array.from({ length: count }, (_, i) => 1 + 7919 * i);
}

/**
 * The first of the seeds with which an answer passes every test: then it is luck that decides. Undefined where it
 * fails with each of them, or where a test fails that draws nothing, which no seed changes.
 */
export async function passingSeed(
  exercise: Exercise,
  boundary: Boundary,
  seeds: readonly number[],
): Promise<number | undefined> {
  const answer = asking<Answer>(boundary, () => {});
  // The test that failed last is run first: it mostly fails again.
  let positions = exercise.tests.map((_, position) => position);
  for (const [i, seed] of seeds.entries()) {
    let failed: number | undefined;
    for (const position of positions) {
      const ran = await runTest(exercise, answer, position, seed);
      if (ran.passed) continue;
      failed ??= position;
      if (!ran.drew) return undefined;
      if (i > 0) break; // with the first seed all are tried, to find one that draws nothing
    }
    if (failed === undefined) return seed;
    positions = [failed, ...positions.filter((position) => position !== failed)];
  }
  return undefined;
}

async function runTest(
  exercise: Exercise,
  answer: (...input: never[]) => Promise<unknown>,
  position: number,
  seed: number,
): Promise<{ passed: boolean; drew: boolean }> {
  let drew = false;
  const context = {
    get random() {
      drew = true;
      return random(seed + position);
    },
    get seed() {
      drew = true;
      return seed;
    },
    apart: apartBy(),
  };
  try {
    await exercise.tests[position].run(answer, context);
    return { passed: true, drew };
  } catch {
    return { passed: false, drew };
  }
}
