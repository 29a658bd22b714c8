import fs from "node:fs";
import path from "node:path";
import { inProject } from "../project";

/** How Jupyter is told of tslab: a file inside the project's own environment, so that no other Jupyter sees it. */
export const kernelSpec = {
  file: inProject(".venv", "share", "jupyter", "kernels", "tslab", "kernel.json"),

  /** This very Node starts the tslab of this very checkout. So the text changes when either has moved. */
  text(): string {
    const tslab = inProject("node_modules", "tslab", "bin", "tslab");
    const preload = inProject("dist", "jupyter", "stock", "preload.js");
    const spec = {
      argv: [
        process.execPath,
        "-r",
        preload,
        tslab,
        "kernel",
        "--config-path",
        "{connection_file}",
      ],
      display_name: "TypeScript",
      language: "typescript",
    };
    return `${JSON.stringify(spec, undefined, 2)}\n`;
  },
};

/** Registers the kernel, unless it is registered as it should be. */
export function registerKernel({ file, text } = kernelSpec): void {
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text()) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text());
}
