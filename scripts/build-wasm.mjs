// Compiles src/engine/assembly (AssemblyScript) to dist/engine/kernels.wasm, and once more with fused
// multiply-add (relaxed SIMD) to kernels.relaxed.wasm. Does nothing when no source is newer than both.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const compiler = join(root, "node_modules/assemblyscript/bin/asc.js");
const sources = join(root, "src/engine/assembly");
const target = join(root, "dist/engine");
const binaries = [
  { file: join(target, "kernels.wasm"), features: [] },
  { file: join(target, "kernels.relaxed.wasm"), features: ["--enable", "relaxed-simd"] },
];

const changed = Math.max(
  modified(fileURLToPath(import.meta.url)),
  modified(join(root, "node_modules/assemblyscript/package.json")),
  ...readdirSync(sources).map((name) => modified(join(sources, name))),
);
mkdirSync(target, { recursive: true });
for (const { file, features } of binaries) {
  if (modified(file) >= changed) continue;
  const options = [
    ...["--outFile", file],
    ...["-O3", "--noAssert", "--runtime", "stub"],
    // One memory for all threads. Its real size is the importer's choice; this is what addresses can reach.
    ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "32768"],
    ...["--enable", "simd", "--enable", "threads", ...features],
    // An address and an i32 are one and the same in 32-bit WebAssembly; vectors never leave the module.
    ...["--disableWarning", "201", "--disableWarning", "112"],
  ];
  const { status } = spawnSync(
    process.execPath,
    [compiler, join(sources, "index.ts"), ...options],
    { cwd: root, stdio: "inherit" },
  );
  if (status !== 0) process.exit(1);
  console.log(`compiled ${relative(root, file)}`);
}

/**
 * When a file was last changed; 0 for one that is not there.
 *
 * @param {string} file
 */
function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
