import { parentPort } from "node:worker_threads";
import {
  compileModule,
  extractFunctions,
  functionOf,
  loadTypeScript,
  nearMisses,
  passedChecksOf,
  readNotebook,
  UnreadableNotebook,
} from "../../sources";
import { CellChecker } from "./CellChecker";
import type { Task, TaskReply, TaskResults } from "./task";

/**
 * The program of the thread that reads what learners hand in: their files, and the compiler's work, which a hostile
 * text can make endless. Nothing of the code is run here.
 */
const typescript = loadTypeScript();
let checker: CellChecker | undefined;

parentPort!.on("message", (task: Task) => parentPort!.postMessage(reply(task)));

function reply(task: Task): TaskReply<Task["kind"]> {
  try {
    return { result: resultOf(task) };
  } catch (error) {
    const { message } = error as Error; // nested too deep for the compiler, say
    return error instanceof UnreadableNotebook
      ? { failed: message, unreadable: true }
      : { failed: message };
  }
}

function resultOf(task: Task): TaskResults[Task["kind"]] {
  switch (task.kind) {
    case "read":
      return readNotebook(Buffer.from(task.bytes).toString("utf8"));
    case "extract":
      return extract(task);
    case "check":
      checker ??= new CellChecker(typescript);
      return checker.check(task.sources, task.wanted, task.refused);
  }
}

function extract(task: Task & { kind: "extract" }): TaskResults["extract"] {
  const { sources, others, entries, refused } = task;
  const found = extractFunctions(sources, entries, new Set(refused));
  const missing = entries.filter((_, i) => !found[i]);
  const isAny = missing.length > 0;
  const hints = isAny ? nearMisses(typescript, sources, others, missing.map(functionOf)) : [];
  const checks = isAny ? passedChecksOf(sources, missing, new Set(refused)) : [];
  return found.map((extracted) => {
    if (extracted) return { ...extracted, javascript: compileModule(extracted) };
    const nearMiss = hints.shift();
    const passedChecks = checks.shift() ?? [];
    return { passedChecks, ...(nearMiss !== undefined && { nearMiss }) };
  });
}
