import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { GradedNotebook } from "./gradeNotebook";
import { makeFolder, replaceFile } from "../project";

/** Everything that a result depends on. */
export interface ResultKey {
  /** Of the code of the grader and the tests. */
  fingerprint: string;
  /** Of the notebook's bytes. */
  sha256: string;
  lesson: string;
  seed: number;
  timeout: number;
  totalTimeout: number;
  memory: number;
  /** What protected the grader: a result is not passed off as one that was better guarded. */
  isolation: string;
}

/**
 * Results of earlier runs, a file each, named by the hash of what it depends on. A file is written beside its
 * place, brought to disk and moved there in one step: whenever a grader is killed, a result is there whole or
 * not at all. Two graders at work on one folder write the same results, so neither harms the other.
 */
export class ResultStore {
  constructor(private readonly folder: string) {
    makeFolder(folder);
  }

  /** What was found for this key before; undefined when nothing was, or when the file is spoilt. */
  read(key: ResultKey): GradedNotebook | undefined {
    try {
      const { key: kept, result } = JSON.parse(readFileSync(this.fileOf(key), "utf8")) as Kept;
      return hashOf(kept) === hashOf(key) ? result : undefined;
    } catch {
      return undefined;
    }
  }

  async write(key: ResultKey, result: GradedNotebook): Promise<void> {
    await replaceFile(
      this.fileOf(key),
      `${JSON.stringify({ key, result } satisfies Kept, undefined, 1)}\n`,
    );
  }

  private fileOf(key: ResultKey): string {
    return path.join(this.folder, `${key.lesson}-${hashOf(key).slice(0, 32)}.json`);
  }
}

type Kept = { key: ResultKey; result: GradedNotebook };

function hashOf(key: ResultKey): string {
  const sorted = Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex");
}
