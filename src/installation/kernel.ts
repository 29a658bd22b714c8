import fs from "node:fs";
import path from "node:path";
import { inProject } from "../project";
import { Problem } from "./Problem";

/** The kernels that run the lessons: the course's own, and stock tslab. */
export const kernels = ["convbook", "tslab"] as const;
export type KernelName = (typeof kernels)[number];

/** The kernel that `npm start` opens the course with. */
export const USUAL_KERNEL: KernelName = "convbook";

/** Stock tslab's name with Jupyter, whichever kernel `npm start` opens. */
export const STOCK_KERNEL = "tslab-stock";

/**
 * How Jupyter is told of the kernels: files inside the project's own environment, so that no other Jupyter sees
 * them. The notebooks' metadata name tslab, so that they open wherever it is installed; here that name starts
 * the course's own kernel, or stock tslab where that was asked for.
 */
export const kernelSpec = {
  file: specFile("tslab"),
  /** Each kernel under a name of its own, to run a notebook in both. */
  ownFiles: { convbook: specFile("convbook"), tslab: specFile(STOCK_KERNEL) },

  /** This very Node starts the kernel of this very checkout. So the text changes when either has moved. */
  text(kernel: KernelName = USUAL_KERNEL, title = "TypeScript"): string {
    const spec = {
      argv: [process.execPath, ...commands[kernel]()],
      ...(kernel === "convbook" && { env: { MALLOC_ARENA_MAX: "2" } }), // see commands
      display_name: title,
      language: "typescript",
      // Ours hears of an interrupt on its control socket; a signal would not reach it within a loop.
      interrupt_mode: kernel === "convbook" ? "message" : "signal",
    };
    return `${JSON.stringify(spec, undefined, 2)}\n`;
  },
};

/**
 * Ours is started lean, at no cost in time that could be measured: V8's nurseries are 4 MB in place of 16, and
 * glibc's threads share two heaps in place of eight a core, which keep what the compiler has let go of.
 */
const commands: Record<KernelName, () => string[]> = {
  convbook: () => [
    "--max-semi-space-size=4",
    inProject("dist", "jupyter", "main.js"),
    "{connection_file}",
    "--history",
    inProject(".convbook", "jupyter", "history.jsonl"),
  ],
  tslab: () => [
    "-r",
    inProject("dist", "jupyter", "stock", "preload.js"),
    inProject("node_modules", "tslab", "bin", "tslab"),
    "kernel",
    "--config-path",
    "{connection_file}",
  ],
};

function specFile(name: string): string {
  return inProject(".venv", "share", "jupyter", "kernels", name, "kernel.json");
}

/** Registers the kernels, unless they are registered as they should be. */
export function registerKernel({
  kernel = USUAL_KERNEL,
  file = kernelSpec.file,
  ownFiles = kernelSpec.ownFiles,
}: { kernel?: KernelName; file?: string; ownFiles?: Record<KernelName, string> } = {}): void {
  write(file, kernelSpec.text(kernel));
  write(ownFiles.convbook, kernelSpec.text("convbook", "TypeScript (teaching kernel)"));
  write(ownFiles.tslab, kernelSpec.text("tslab", "TypeScript (stock tslab)"));
}

function write(file: string, text: string): void {
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

/**
 * Takes `--kernel NAME` out of the options, which are Jupyter's otherwise.
 *
 * @throws Problem for a kernel that there is not
 */
export function takeKernel(args: readonly string[]): { kernel: KernelName; rest: string[] } {
  const rest = [...args];
  const at = rest.findIndex((arg) => arg === "--kernel" || arg.startsWith("--kernel="));
  if (at < 0) return { kernel: USUAL_KERNEL, rest };
  const [option] = rest.splice(at, 1);
  const name = option.includes("=") ? option.slice("--kernel=".length) : rest.splice(at, 1)[0];
  const kernel = kernels.find((known) => known === name);
  if (!kernel)
    throw new Problem(`--kernel wants one of ${kernels.join(", ")}: npm start -- --kernel tslab`);
  return { kernel, rest };
}
