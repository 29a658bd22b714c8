import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { medians } from "./measure";

const root = resolve(__dirname, "../..");
/** In `assembly/peak.ts`: chains, lanes. */
const MULTIPLY_ADDS_A_STEP = 12 * 4;
const STEPS = 1_000_000;

/**
 * Multiply-adds a second of one thread in SIMD WebAssembly with nothing to load or store, as separate
 * instructions, and fused where the machine and this Node can.
 */
export async function simdPeak(): Promise<{ separate: number; fused?: number }> {
  const separate = await speedOf(compile("peak.wasm", []));
  const fusedBinary = compile("peak.relaxed.wasm", ["--enable", "relaxed-simd"]);
  if (!WebAssembly.validate(fusedBinary)) return { separate };
  return { separate, fused: await speedOf(fusedBinary) };
}

function compile(name: string, features: string[]): Buffer {
  const outFile = join(root, "build/bench", name);
  const source = join(root, "bench/assembly/peak.ts");
  const options = ["-O3", "--runtime", "stub", "--enable", "simd", "--disableWarning", "112"];
  const compiler = join(root, "node_modules/assemblyscript/bin/asc.js");
  execFileSync(process.execPath, [compiler, source, "--outFile", outFile, ...options, ...features]);
  return readFileSync(outFile);
}

async function speedOf(binary: Buffer): Promise<number> {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary));
  const multiplyAdds = exports.multiplyAdds as (steps: number) => number;
  for (let i = 0; i < 200; i++) multiplyAdds(1000); // until it is compiled with optimisation
  const task = { run: () => multiplyAdds(STEPS) };
  const [seconds] = (await medians(new Map([["peak", task]]), 0.3)).values();
  return (STEPS * MULTIPLY_ADDS_A_STEP) / seconds;
}
