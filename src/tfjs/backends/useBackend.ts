import { whereInstalled } from "../../project";
import { requireOneOf } from "../../tensor";
import { type BackendName, backendNames } from "./backendNames";

/** What tfjs runs on from now on. */
export interface BackendInUse {
  readonly name: BackendName;
  /** Why this one, and what kept a faster one away. */
  readonly reason: string;
  /** How to get a faster one. Missing when this is the fastest. */
  readonly faster?: string;
}

const titles: Record<BackendName, string> = {
  tensorflow: "native TensorFlow",
  wasm: "WebAssembly",
  cpu: "plain JavaScript",
};

/** What would help where a backend is missing. */
const remedies: Partial<Record<BackendName, string>> = {
  tensorflow:
    "Native TensorFlow would be faster, 1.5 times on two cores (on Linux, 0.9 GB): run `npm run setup:tensorflow` in the folder of convbook, then start the notebook's kernel anew.",
  wasm: "WebAssembly would be many times as fast: run `npm ci` in the folder of convbook, then start the notebook's kernel anew.",
};

/**
 * Chooses what tfjs computes on, for this process: native TensorFlow where the package `@tensorflow/tfjs-node`
 * is installed and loads, else WebAssembly, else plain JavaScript.
 *
 * With WebAssembly come kernels of our own: the gradients of convolution, depthwise convolution, maximum pooling
 * and dense layers, on `engine`, and a faster tile for the gradient of batch normalisation. Without them tfjs (4.22)
 * cannot train a convolution there: it lacks three of them, takes 5 to 20 times as long for the others, and goes
 * wrong where it pools negative values.
 * On every backend but the native one, windows of all proportions are padded rightly, over images and volumes, with sizes
 * rounded down or up; poolings pass back what they let through; the greatest of negative values is found; and dilated
 * convolutions of images have a gradient. Channels have to stand last. What else of tfjs a program calls is as tfjs made
 * it, and so is the native backend.
 * The greeting that tfjs prints at its first use is left out.
 *
 * @param choice only this backend will do; the fastest that can be had when left out
 * @throws ArgumentError when there is no backend of that name
 * @throws Error when the chosen backend cannot be had; tfjs then stays on the one it was on, or else goes to
 *   plain JavaScript
 *
 * @example
 * const { name, reason, faster } = await useBackend("cpu");
 * name // → "cpu"
 * reason // → "tfjs computes in plain JavaScript, as chosen."
 * faster // → "await useBackend() takes the fastest that can be had, and says how to get a faster one."
 * @example
 * await useBackend("gpu") // throws choice must be "tensorflow" or "wasm" or "cpu", but got "gpu"
 */
export async function useBackend(choice?: BackendName): Promise<BackendInUse> {
  if (choice !== undefined) requireOneOf("useBackend", "choice", choice, backendNames);
  const { startBackend } = loadBackends();
  const obstacles: string[] = [];
  for (const name of choice ? [choice] : backendNames) {
    const failure = await startBackend(name);
    if (!failure) return inUse(name, choice !== undefined, obstacles);
    obstacles.push(failure.message);
    if (choice) throw unavailable(name, failure);
  }
  throw new Error(`useBackend(): tfjs starts on no backend at all: ${obstacles.join(" ")}`);
}

/**
 * What tfjs runs on, for who is about to train: what was chosen, else the fastest that can be had.
 *
 * @internal
 */
export async function requireBackend(): Promise<string> {
  return loadBackends().chosenBackend() ?? (await useBackend()).name;
}

/** tfjs takes a while to load, and who does not train can do without it. */
function loadBackends(): typeof import("./startBackend") {
  return whereInstalled(
    "useBackend()",
    () => require("./startBackend") as typeof import("./startBackend"),
  );
}

function inUse(name: BackendName, chosen: boolean, obstacles: string[]): BackendInUse {
  const why = chosen ? ", as chosen" : "";
  const reason = [`tfjs computes in ${titles[name]}${why}.`, ...obstacles].join(" ");
  if (name === "tensorflow") return { name, reason };
  const faster = chosen
    ? "await useBackend() takes the fastest that can be had, and says how to get a faster one."
    : remedies[backendNames[backendNames.indexOf(name) - 1]];
  return { name, reason, ...(faster && { faster }) };
}

function unavailable(name: BackendName, cause: Error): Error {
  const message = `useBackend(): ${titles[name]} ("${name}") cannot be had. ${cause.message}`;
  return new Error([message, remedies[name] ?? ""].join(" ").trim(), { cause });
}
