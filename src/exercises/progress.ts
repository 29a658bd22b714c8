import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { inLearner } from "../project";
import { withLock } from "./lock";
import type { ExerciseResult, Verdict } from "./run";

/** What is remembered of one exercise between sessions. */
export interface ExerciseProgress {
  verdict: Verdict;
  earned: number;
  attempts: number;
  hintsSeen: number;
  solutionSeen: boolean;
  /** When it was first passed, ISO 8601. */
  passedAt?: string;
}

type ProgressFile = { version: 1; exercises: Record<string, ExerciseProgress> };

const NEW: ExerciseProgress = {
  verdict: "not attempted",
  earned: 0,
  attempts: 0,
  hintsSeen: 0,
  solutionSeen: false,
};

/** The learner's own folder keeps it, so that an update or a new set-up does not lose it. */
function progressFile(): string {
  return process.env.CONVBOOK_PROGRESS ?? inLearner("work", "progress.json");
}

/** All that is remembered, by exercise. A file that cannot be read is kept aside, never overwritten. */
export function readProgress(): Record<string, ExerciseProgress> {
  const file = progressFile();
  if (!existsSync(file)) return {};
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as ProgressFile).exercises ?? {};
  } catch {
    renameSync(file, `${file}.unreadable-${Date.now()}`);
    return {};
  }
}

/** What is remembered of one exercise; of a new one, that nothing has been tried. */
export function progressOf(id: string, record = readProgress()): ExerciseProgress {
  return record[id] ?? NEW;
}

/** Changes what is remembered of one exercise. */
export function remember(id: string, change: Partial<ExerciseProgress>): void {
  update(id, () => change);
}

/** Takes a result into the record. A pass stays a pass, also when a later experiment with the code fails. */
export function rememberResult(result: ExerciseResult, now: Date): void {
  if (result.verdict === "not attempted") return;
  update(result.id, (before) => {
    const better =
      before.verdict !== "passed" &&
      (result.verdict === "passed" || result.earned >= before.earned);
    const passedAt =
      before.passedAt ?? (result.verdict === "passed" ? now.toISOString() : undefined);
    return {
      ...(better ? { verdict: result.verdict, earned: result.earned } : {}),
      attempts: before.attempts + 1,
      ...(passedAt && { passedAt }),
    };
  });
}

/**
 * Changes the record of one exercise, under a lock: each open lesson is a process of its own, and none may write
 * back what it read before another one's change. The file is replaced whole: a crash leaves the old one.
 */
function update(id: string, change: (before: ExerciseProgress) => Partial<ExerciseProgress>): void {
  const file = progressFile();
  mkdirSync(dirname(file), { recursive: true });
  withLock(file, () => {
    const exercises = readProgress();
    const before = progressOf(id, exercises);
    exercises[id] = { ...before, ...change(before) };
    const draft = `${file}.${process.pid}.tmp`;
    writeFileSync(
      draft,
      `${JSON.stringify({ version: 1, exercises } satisfies ProgressFile, null, 2)}\n`,
    );
    renameSync(draft, file);
  });
}
