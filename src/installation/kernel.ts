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
 * How Jupyter learns of the kernels: files inside the project's own environment, so that no other Jupyter sees
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
      ...(kernel === "convbook" && { env: LEAN }),
      display_name: title,
      language: "typescript",
      // Ours hears of an interrupt on its control socket; a signal would not reach it within a loop.
      interrupt_mode: kernel === "convbook" ? "message" : "signal",
    };
    return `${JSON.stringify(spec, undefined, 2)}\n`;
  },
};

/**
 * For glibc, which otherwise keeps for its threads what the compiler has let go of: one heap for all of them, and
 * what is free at its end goes back to the system. Arrays of 128 KiB and more lie outside of it, so that what a
 * lesson's tensors leave free is never held by a small block behind them. Other systems do not know the names.
 */
const LEAN = {
  MALLOC_ARENA_MAX: "1",
  MALLOC_TRIM_THRESHOLD_: String(2 ** 17),
  MALLOC_MMAP_THRESHOLD_: String(2 ** 17),
};

/** Ours is started with nurseries of 2 MB in place of V8's 16: 25 MB less. */
const commands: Record<KernelName, () => string[]> = {
  convbook: () => [
    "--max-semi-space-size=2",
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
