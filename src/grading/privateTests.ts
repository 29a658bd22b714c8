import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import {
  type AsyncAnswer,
  apartBy,
  asking,
  DEFAULT_SEED,
  type Exercise,
  type ExerciseTest,
  exercisesOf,
  inProcess,
} from "../exercises";
import { lessonName } from "../project";
import { inProject } from "../project";
import { random } from "../tensor";
import { filesBelow } from "./filesBelow";

/** An instructor's own tests. */
export interface PrivateTests {
  /** By the id of the exercise that they are added to. */
  tests: ReadonlyMap<string, readonly ExerciseTest<never>[]>;
  /** All files below their folder: what their verdicts depend on. */
  files: readonly string[];
}

export const NO_PRIVATE_TESTS: PrivateTests = { tests: new Map(), files: [] };

/**
 * Loads tests from a folder laid out as the lessons are: `05-pooling/poolForward.ts` (or `.js`) exports
 * `tests`, a list as an exercise has it. The code is the instructor's, and trusted. Each test is tried on our
 * own solution: one that fails there would take points from everybody.
 *
 * @throws Error which names the file and what is wrong with it
 */
export async function loadPrivateTests(folder: string): Promise<PrivateTests> {
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder} with private tests.`);
  const found = new Map<string, readonly ExerciseTest<never>[]>();
  for (const { name: lesson } of foldersIn(folder)) {
    const exercises = exercisesOf(lessonName(lesson));
    for (const file of testFilesIn(path.join(folder, lesson))) {
      const entry = path.parse(file).name;
      const exercise = exercises.find((known) => known.entry === entry);
      if (!exercise) {
        const entries = exercises.map((known) => known.entry).join(", ");
        throw new Error(`${file}: lesson ${lesson} has no exercise ${entry}, but ${entries}.`);
      }
      const tests = await testsIn(file);
      await tryOnSolution(file, exercise, tests);
      found.set(exercise.id, tests);
    }
  }
  return { tests: found, files: filesBelow(folder) };
}

/** The exercise with the private tests behind its own. */
export function withPrivateTests(exercise: Exercise, { tests }: PrivateTests): Exercise {
  const added = tests.get(exercise.id) ?? [];
  const points = added.reduce((sum, test) => sum + (test.points ?? 1), exercise.points);
  return { ...exercise, tests: [...exercise.tests, ...added], points };
}

function foldersIn(folder: string): { name: string }[] {
  return readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && /^\d\d/.test(entry.name),
  );
}

function testFilesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.(ts|js|cts|cjs)$/.test(name) && !name.endsWith(".d.ts"))
    .sort()
    .map((name) => path.join(folder, name));
}

async function testsIn(file: string): Promise<ExerciseTest<never>[]> {
  const { createJiti } = require("jiti") as typeof import("jiti");
  // An instructor's folder need not lie in this project: the package it imports is this one.
  const jiti = createJiti(__filename, {
    alias: { convbook: inProject("dist", "index.js") },
    fsCache: false,
    moduleCache: false,
  });
  const { tests } = (await jiti.import(path.resolve(file))) as { tests?: unknown };
  if (!Array.isArray(tests) || tests.length === 0 || !tests.every(isTest))
    throw new Error(
      `${file} must export tests, a list of { title, points?, run(answer, context) }.`,
    );
  return tests;
}

function isTest(value: unknown): value is ExerciseTest<never> {
  const { title, run, points = 1 } = (value ?? {}) as Partial<ExerciseTest<never>>;
  return typeof title === "string" && typeof run === "function" && Number(points) >= 0;
}

async function tryOnSolution(
  file: string,
  exercise: Exercise,
  tests: readonly ExerciseTest<never>[],
): Promise<void> {
  const titles = [...exercise.tests, ...tests].map(({ title }) => title);
  const twice = titles.find((title, i) => titles.indexOf(title) < i);
  if (twice !== undefined) throw new Error(`${file}: there are two tests "${twice}".`);
  for (const test of tests) {
    let calls = 0;
    const answer = asking(inProcess(exercise.solution), () => void calls++);
    try {
      await test.run(answer as AsyncAnswer<never>, {
        random: random(DEFAULT_SEED),
        seed: DEFAULT_SEED,
        apart: apartBy(),
      });
    } catch (error) {
      const { message } = error as Error;
      throw new Error(`${file}: our own solution does not pass "${test.title}": ${message}`);
    }
    if (calls === 0) throw new Error(`${file}: "${test.title}" never calls the answer.`);
  }
}
