import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  exercisesOf,
  inProcess,
  runExercise,
  extractFunctions,
  loadFunction,
} from "convbook/authoring";
import { gradeSubmissions, readSettings } from "#dist/grading/index.js";
import { readNotebook } from "#dist/sources/index.js";
import { type HandedIn, makeClass } from "../test/grading/class/makeClass";
import { printTable } from "./table";

/** `BENCH_CLASS=40` for a machine that others use. */
const SIZE = Number(process.env.BENCH_CLASS ?? 200);
/** Of the random inputs; the class has one. */
const SEED = 1;
const LESSON = "05-pooling";
/** Seconds for a class of 200 on two cores, and for one notebook. */
const AIMS = { class: 180, one: 1.5 };

/**
 * How long it takes to grade a class, all one lesson: in the sandbox, as `convbook grade` does; again, with the
 * results kept; and beside it what graders do that run students' code in their own process.
 */
export async function benchGrading(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "convbook-bench-"));
  try {
    const submitted = join(folder, "submitted");
    mkdirSync(submitted);
    const handedIn = makeClass(SIZE, 1, { lessons: [LESSON] }).filter(({ attempts }) => attempts);
    for (const { file, text } of handedIn) writeFileSync(join(submitted, file), text);
    const settings = await readSettings({ out: join(folder, "out") });
    const alone = await seconds(async () => {
      await gradeSubmissions([join(submitted, handedIn[0].file)], { ...settings, out: undefined });
    });
    const plain = await seconds(() => gradeInProcess(handedIn));
    const sandboxed = await seconds(() => gradeSubmissions([submitted], settings));
    const again = await seconds(() => gradeSubmissions([submitted], settings));
    const row = (name: string, time: number, count: number): string[] => [
      name,
      time.toFixed(1),
      (time / count).toFixed(3),
      (time / plain).toFixed(2),
    ];
    const count = handedIn.length;
    console.log(`grading: ${count} notebooks of ${LESSON}, ${settings.jobs} at a time`);
    printTable(
      ["", "seconds", "each", "of plain"],
      [
        row("one notebook, sandboxed", alone, 1),
        row("all, plainly in the grader's process, one at a time", plain, count),
        row("all, sandboxed, types checked", sandboxed, count),
        row("all again, results kept", again, count),
      ],
    );
    const aim = (AIMS.class * count) / 200;
    console.log(
      `${(sandboxed / aim).toFixed(2)} of the aim for a class, ${(alone / AIMS.one).toFixed(2)} of the aim for one`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a grader does that trusts: the same extraction and tests, no process, no limits, no check of types. */
async function gradeInProcess(handedIn: readonly HandedIn[]): Promise<void> {
  const exercises = exercisesOf(LESSON);
  for (const { text } of handedIn) {
    const { cells } = readNotebook(text);
    const entries = exercises.map(({ entry }) => entry);
    const extracted = extractFunctions(cells, entries);
    for (const [i, found] of extracted.entries()) {
      if (!found) continue;
      try {
        const answer = loadFunction(found, entries[i], require);
        await runExercise(exercises[i], inProcess(answer), { seed: SEED });
      } catch {
        // it does not parse, or cannot be loaded
      }
    }
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
