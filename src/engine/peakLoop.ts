/**
 * A loop that only computes: twelve chains of SIMD multiplications and additions, four numbers wide, in WebAssembly.
 * No chain waits for another, and nothing is loaded or stored: what the arithmetic of one thread can do at most, with
 * multiply and add as separate instructions. Run it some hundred times before timing, so that it is compiled well.
 *
 * @returns a function of the number of steps, 96 floating-point operations each; it gives the sum of the chains, so
 * that none can be left out
 * @see Williams, Waterman and Patterson, Roofline, 2009, for what a peak is good for
 *
 * @example
 * engine.peakLoop()(1000) // → 12
 */
export function peakLoop(): (steps: number) => number {
  return new WebAssembly.Instance(peakModule()).exports.f as (steps: number) => number;
}

const CHAINS = 12;
/** Bytes of WebAssembly: v128 as a type, and instructions. */
const V128 = 0x7b;
const [get, set, tee] = [0x20, 0x21, 0x22].map((code) => (local: number) => [code, local]);
const simd = (code: number): number[] => [0xfd, ...leb(code)];
const [multiply, add, splat, firstLane] = [simd(0xe6), simd(0xe4), simd(0x13), [...simd(0x1f), 0]];
const HALF = [0x43, 0, 0, 0, 0x3f];

/** (steps) → sum. Each step is value = value · ½ + ½ in every chain, which comes to 1. */
function peakModule(): WebAssembly.Module {
  const [steps, half] = [0, 1]; // locals; the chains follow
  const chains = Array.from({ length: CHAINS }, (_, i) => 2 + i);
  const step = chains.flatMap((chain) => [
    [...get(chain), ...get(half), ...multiply],
    [...get(half), ...add, ...set(chain)],
  ]);
  const oneLess = [...get(steps), 0x41, 1, 0x6b, ...tee(steps)];
  const loop = [0x03, 0x40, ...step.flat(), ...oneLess, 0x0d, 0, 0x0b]; // again while steps are left
  const sum = chains.flatMap((chain, i) => (i === 0 ? get(chain) : [...get(chain), ...add]));
  const locals = [2, 1, V128, CHAINS, V128];
  const body = [...locals, ...HALF, ...splat, ...set(half), ...loop, ...sum, ...firstLane, 0x0b];
  return new WebAssembly.Module(
    Uint8Array.from([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [1, 0x60, 1, 0x7f, 1, 0x7d]), // a type: i32 → f32
      ...section(3, [1, 0]), // one function of it
      ...section(7, [1, 1, 0x66, 0, 0]), // exported as f
      ...section(10, [1, ...leb(body.length), ...body]),
    ]),
  );
}

function section(id: number, bytes: readonly number[]): number[] {
  return [id, ...leb(bytes.length), ...bytes];
}

/** A number below 16384 as WebAssembly writes it, seven bits to a byte. */
function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, value >> 7];
}
