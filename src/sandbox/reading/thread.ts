import { parentPort } from "node:worker_threads";
import { compileModule, extractFunctions } from "../../sources";
import { loadTypeScript } from "../../sources/typescript";
import type { Task, TaskReply, TaskResults } from "./task";
import { TypeChecker } from "./TypeChecker";

/**
 * The program of the thread that reads learners' code: the compiler's work, which a hostile text can make
 * endless. Nothing of the code is run here.
 */
const typescript = loadTypeScript();
let checker: TypeChecker | undefined;

parentPort!.on("message", (task: Task) => parentPort!.postMessage(reply(task)));

function reply(task: Task): TaskReply<Task["kind"]> {
  try {
    return { result: task.kind === "extract" ? extract(task) : check(task) };
  } catch (error) {
    return { failed: (error as Error).message }; // nested too deep for the compiler, say
  }
}

function extract({ pieces, entries }: Task & { kind: "extract" }): TaskResults["extract"] {
  return extractFunctions(pieces, entries).map(
    (extracted) => extracted && { ...extracted, javascript: compileModule(extracted) },
  );
}

function check({ modules }: Task & { kind: "check" }): TaskResults["check"] {
  checker ??= new TypeChecker(typescript);
  return checker.problems(modules);
}
