import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { BackendName } from "./backendNames";
import type { BackendInUse } from "./useBackend";

/** Chooses the backend, computes a convolution on it, and prints what `useBackend` said. */
const trial = `
const { useBackend } = require("./useBackend");
const tf = require("@tensorflow/tfjs");
async function attempt() {
  const inUse = await useBackend(process.argv[1]);
  const y = tf.conv2d(tf.ones([1, 4, 4, 1]), tf.ones([3, 3, 1, 1]), 1, "valid"); // [1, 2, 2, 1]
  if (String(y.dataSync()) !== "9,9,9,9") throw new Error("It computes wrongly: " + y);
  return { inUse };
}
attempt()
  .catch((error) => ({ error: error.message }))
  .then((answer) => console.log(JSON.stringify(answer)));`;

/**
 * What `useBackend` would choose, tried in a process of its own: this one keeps the backend that it is on, need
 * not load TensorFlow, and lives on if that crashes.
 *
 * @throws Error when the backend cannot be had or does not compute
 */
export async function tryBackend(choice?: BackendName): Promise<BackendInUse> {
  const child = spawn(process.execPath, ["-e", trial, ...(choice ? [choice] : [])], {
    cwd: __dirname, // where the trial's imports start from
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 60_000,
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (_code, signal) => resolve(signal));
  });
  const [output, signal] = await Promise.all([text(child.stdout), ended]);
  if (output === "") throw new Error(`The process that tried it ended (${signal ?? "no answer"}).`);
  const { inUse, error } = JSON.parse(output) as { inUse?: BackendInUse; error?: string };
  if (!inUse) throw new Error(error);
  return inUse;
}
