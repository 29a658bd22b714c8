import path from "node:path";

/** The root of the checkout, found from this file, wherever the command is called from. */
export const projectRoot = path.resolve(__dirname, "../../..");

/** The project's own Python, which has Jupytext, the notebook client and JupyterLab. */
export const python = path.join(projectRoot, ".venv", "bin", "python");

/** Where `tsc` puts the JavaScript of a folder of TypeScript outside `src/`. */
export function compiled(folder: string): string {
  return path.join(projectRoot, "build", path.relative(projectRoot, folder));
}
