import path from "node:path";
import { courseRoot as projectRoot } from "../exercises/lessons";

export { projectRoot };

/** A place in the checkout, wherever the process runs. */
export function inProject(...parts: string[]): string {
  return path.join(projectRoot, ...parts);
}

/** The Python of the project's own environment. */
export const python = inProject(".venv", "bin", "python");
