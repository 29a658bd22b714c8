import { ArgumentError, requireOptions } from "../tensor";

export interface PeakLoopOptions {
  /** Numbers that one instruction works on: 4, as SIMD has it, or 1. 4 when left out. */
  lanes?: 1 | 4 | undefined;
}

/**
 * A loop that only computes: twelve chains of multiplications and additions in WebAssembly, four numbers wide (SIMD)
 * or one. No chain waits for another, and nothing is loaded or stored: what the arithmetic of one thread can do at
 * most, with multiply and add as separate instructions. Run it some hundred times before timing, so that it is
 * compiled well. The two widths beside each other say what SIMD alone is worth.
 *
 * @returns a function of the number of steps, of 24 floating-point operations a lane each (96 for four lanes); it gives
 * the sum of the chains, so that none can be left out
 * @throws ArgumentError for other numbers of lanes
 * @see Williams, Waterman and Patterson, Roofline, 2009, for what a peak is good for
 *
 * @example
 * engine.peakLoop()(1000) // → 12
 * engine.peakLoop({ lanes: 1 })(1000) // → 12
 */
export function peakLoop(options: PeakLoopOptions = {}): (steps: number) => number {
  requireOptions<PeakLoopOptions>("engine.peakLoop", options, { lanes: true });
  const { lanes = 4 } = options;
  if (lanes !== 1 && lanes !== 4)
    throw new ArgumentError({
      call: "engine.peakLoop",
      argument: "lanes",
      expected: "1 or 4",
      received: lanes,
    });
  return new WebAssembly.Instance(peakModule(lanes)).exports.f as (steps: number) => number;
}

const CHAINS = 12;
/** Bytes of WebAssembly: types, and instructions. */
const [F32, V128] = [0x7d, 0x7b];
const [get, set, tee] = [0x20, 0x21, 0x22].map((code) => (local: number) => [code, local]);
const simd = (code: number): number[] => [0xfd, ...leb(code)];
/** What the chains are made of: a type, its arithmetic, and the ways from a number to it and back. */
const WIDTHS = {
  1: { type: F32, multiply: [0x94], add: [0x92], fromNumber: [], toNumber: [] },
  4: {
    type: V128,
    multiply: simd(0xe6),
    add: simd(0xe4),
    fromNumber: simd(0x13), // the same number in all lanes
    toNumber: [...simd(0x1f), 0], // the first lane
  },
};
const HALF = [0x43, 0, 0, 0, 0x3f];

/** (steps) → sum. Each step is value = value · ½ + ½ in every chain, which comes to 1. */
function peakModule(lanes: 1 | 4): WebAssembly.Module {
  const { type, multiply, add, fromNumber, toNumber } = WIDTHS[lanes];
  const [steps, half] = [0, 1]; // locals; the chains follow
  const chains = Array.from({ length: CHAINS }, (_, i) => 2 + i);
  const step = chains.flatMap((chain) => [
    [...get(chain), ...get(half), ...multiply],
    [...get(half), ...add, ...set(chain)],
  ]);
  const oneLess = [...get(steps), 0x41, 1, 0x6b, ...tee(steps)];
  const loop = [0x03, 0x40, ...step.flat(), ...oneLess, 0x0d, 0, 0x0b]; // again while steps are left
  const sum = chains.flatMap((chain, i) => (i === 0 ? get(chain) : [...get(chain), ...add]));
  const locals = [2, 1, type, CHAINS, type];
  const body = [
    ...locals,
    ...HALF,
    ...fromNumber,
    ...set(half),
    ...loop,
    ...sum,
    ...toNumber,
    0x0b,
  ];
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
