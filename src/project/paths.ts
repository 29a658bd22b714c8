import path from "node:path";

/** The checkout's folder: two levels above the compiled file, whatever folder the process runs in. */
export const projectRoot = path.resolve(__dirname, "..", "..");

/** A path in the checkout, wherever the process runs. */
export function inProject(...parts: string[]): string {
  return path.join(projectRoot, ...parts);
}

/**
 * A path in the folder of one learner, who keeps their copies of lessons and their progress there: the checkout, unless
 * many share it, as on JupyterHub. Then `CONVBOOK_LEARNER` names it.
 */
export function inLearner(...parts: string[]): string {
  return path.join(process.env.CONVBOOK_LEARNER ?? projectRoot, ...parts);
}

/** The Python of the project's own environment. */
export const python = inProject(".venv", "bin", "python");
