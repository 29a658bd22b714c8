import path from "node:path";

/** The folder of this checkout, found from the compiled package and so the same from wherever it is called. */
export const projectRoot = path.resolve(__dirname, "..", "..");

/** A place in the checkout. */
export function inProject(...parts: string[]): string {
  return path.join(projectRoot, ...parts);
}

/** The Python of the project's own environment. */
export const python = inProject(".venv", "bin", "python");
