import path from "node:path";
import { courseRoot } from "../exercises/lessons";

/** A place in the checkout, wherever the process runs. */
export function inProject(...parts: string[]): string {
  return path.join(courseRoot, ...parts);
}

/** The Python of the project's own environment. */
export const python = inProject(".venv", "bin", "python");
