import fs from "node:fs";
import path from "node:path";
import { inProject } from "./paths";

const specFile = inProject(".venv", "share", "jupyter", "kernels", "tslab", "kernel.json");

/**
 * Tells the Jupyter of the project's own environment, and no other, how to start tslab: with this very Node
 * and from this very checkout. So the file is written anew when either has moved.
 */
export function registerKernel(): void {
  const wanted = kernelSpec();
  if (fs.existsSync(specFile) && fs.readFileSync(specFile, "utf8") === wanted) return;
  fs.mkdirSync(path.dirname(specFile), { recursive: true });
  fs.writeFileSync(specFile, wanted);
}

function kernelSpec(): string {
  const tslab = inProject("node_modules", "tslab", "bin", "tslab");
  const spec = {
    argv: [process.execPath, tslab, "kernel", "--config-path", "{connection_file}"],
    display_name: "TypeScript",
    language: "typescript",
  };
  return JSON.stringify(spec, undefined, 2) + "\n";
}
