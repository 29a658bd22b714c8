import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { inProject } from "../project";
import { filesBelow } from "./filesBelow";

/**
 * Of everything of ours that a mark depends on: the library, the lesson's exercises, the private tests. When
 * it changes, what was graded before is graded anew.
 */
export function fingerprint(lesson: string, privateFiles: readonly string[]): string {
  const own = [
    inProject("dist"),
    ...["shared", lesson].map((name) => inProject("build", "lessons", name)),
  ];
  const hash = createHash("sha256");
  for (const file of [...own.flatMap(scriptsIn), ...privateFiles])
    hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function scriptsIn(folder: string): string[] {
  return filesBelow(folder).filter((file) => /\.(js|wasm)$/.test(file));
}
