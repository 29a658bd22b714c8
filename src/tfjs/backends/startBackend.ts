import * as tf from "@tensorflow/tfjs";
import type { BackendName } from "./backendNames";
import { registerCorrections } from "./registerCorrections";
import { registerWasmKernels } from "./registerWasmKernels";
import { skipGreeting } from "./skipGreeting";

/** Loads what registers each backend with tfjs. */
const load: Record<BackendName, () => void> = {
  tensorflow: () => {
    process.env.TF_CPP_MIN_LOG_LEVEL ??= "2"; // errors only: the library reports on the processor otherwise
    provideOldUtilities();
    requireInstalled("@tensorflow/tfjs-node");
  },
  wasm: () => {
    requireInstalled("@tensorflow/tfjs-backend-wasm");
    registerWasmKernels();
  },
  cpu: () => {}, // comes with tfjs
};

let isChosen = false;

/**
 * The backend that somebody has put tfjs on, here or by `tf.setBackend`. By itself, tfjs goes to plain JavaScript
 * with the first tensor that it makes.
 */
export function chosenBackend(): string | undefined {
  const name = tf.getBackend();
  return isChosen || (name && name !== "cpu") ? name : undefined;
}

/** Puts tfjs on a backend, or says what is in the way and leaves it on the one it was on, if any. */
export async function startBackend(name: BackendName): Promise<Error | undefined> {
  skipGreeting();
  registerCorrections();
  const before = tf.getBackend();
  try {
    load[name]();
    if (await tf.setBackend(name)) {
      isChosen = true;
      return undefined;
    }
    throw new Error(`The backend "${name}" of tfjs does not start.`);
  } catch (error) {
    await tf.setBackend(before || "cpu");
    return error instanceof Error ? error : new Error(String(error));
  }
}

function requireInstalled(name: string): void {
  try {
    require.resolve(name);
  } catch (cause) {
    throw new Error(`The package ${name} is not installed.`, { cause });
  }
  try {
    require(name);
  } catch (cause) {
    const [problem] = String(cause instanceof Error ? cause.message : cause).split("\n");
    throw new Error(`The package ${name} is installed but does not load: ${problem}`, { cause });
  }
}

/** What tfjs-node 4.22 calls of `node:util`, which Node 22 prints warnings of and Node 24 no longer has. */
function provideOldUtilities(): void {
  Object.assign(require("node:util") as object, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  });
}
