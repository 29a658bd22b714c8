import { availableParallelism } from "node:os";
import { requireInteger } from "../tensor";
import { compileKernels } from "./compile";
import { Crew } from "./crew";
import { type Job, jobFields, type Kernel } from "./jobs";

export interface EngineSettings {
  /** Threads that share the work, the calling one included. All cores when left out. */
  threads?: number;
  /** The most memory that the engine may hold, in MiB, at least 16. Larger layers are done in pieces. 512 when left out. */
  memory?: number;
}

const PAGE = 65536;
/** Numbers in the smallest pages that systems have. */
const PAGE_FLOATS = 1024;
const MEBIBYTE = 2 ** 20;
/** What one thread needs for the pieces it is working on: about as much as its L2 cache holds. */
export const SCRATCH_BYTES = MEBIBYTE;
/** Vectors may be read beyond the end of an array; a buffer of this many bytes lies behind each. */
const SLACK = 64;
const JOB_ADDRESS = 1024;
const FIRST_SCRATCH = 4096;
/** After so long without a call, memory and threads are given back. */
const IDLE_MILLISECONDS = 20_000;

let settings = { threads: availableParallelism(), memory: 512 };
let running: Runtime | undefined;

/**
 * Sets how many threads and how much memory the engine may use.
 *
 * @example
 * engine.configure({ threads: 1 });
 * engine.status().threads // → 1
 */
export function configure(wanted: EngineSettings): void {
  const threads = requireInteger(
    "engine.configure",
    "threads",
    wanted.threads ?? settings.threads,
    1,
  );
  const memory = requireInteger(
    "engine.configure",
    "memory",
    wanted.memory ?? settings.memory,
    16 + 2 * threads,
  );
  settings = { threads, memory: Math.min(memory, 2048) };
  release();
}

/** Gives back all memory and ends the worker threads. The next call starts them again. */
export function release(): void {
  running?.dismiss();
  running = undefined;
}

/** What the engine uses at this moment: threads, MiB of memory, and whether multiply and add are fused. */
export function status(): { threads: number; memory: number; fusedMultiplyAdd: boolean } {
  const memory = running ? running.memoryBytes / MEBIBYTE : 0;
  return { threads: settings.threads, memory, fusedMultiplyAdd: compileKernels().fusedMultiplyAdd };
}

/** The runtime, started if need be, with its memory free for a new call. */
export function runtime(): Runtime {
  running ??= new Runtime(settings.threads, settings.memory * MEBIBYTE);
  running.begin();
  return running;
}

/**
 * One shared memory and the threads that work in it.
 *
 *      ┌──────┬─────────┬─────────┬─────┬─────────────────────────────────────┐
 *      │ job  │ scratch │ scratch │ ... │ what `reserve` gave: x, filter, y... │
 *      └──────┴─────────┴─────────┴─────┴─────────────────────────────────────┘
 *               thread 0  thread 1         begins anew with each call
 */
export class Runtime {
  private readonly memory: WebAssembly.Memory;
  private readonly crew: Crew;
  private readonly firstFree: number;
  private next: number;
  private readonly idle: NodeJS.Timeout;
  private untouched: Float32Array | undefined;

  constructor(
    readonly threads: number,
    private readonly limit: number,
  ) {
    const scratch = Array.from({ length: threads }, (_, i) => FIRST_SCRATCH + i * SCRATCH_BYTES);
    this.firstFree = this.next = FIRST_SCRATCH + threads * SCRATCH_BYTES;
    this.memory = new WebAssembly.Memory({
      initial: Math.ceil(this.firstFree / PAGE),
      maximum: limit / PAGE,
      shared: true,
    });
    this.crew = new Crew(compileKernels().module, this.memory, scratch);
    this.idle = setTimeout(release, IDLE_MILLISECONDS).unref();
  }

  get memoryBytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** Forgets what earlier calls reserved. */
  begin(): void {
    this.next = this.firstFree;
    this.untouched = undefined;
    this.idle.refresh();
  }

  /**
   * Places for arrays, by name and number of 4-byte values. `undefined` when they do not fit into the memory
   * that is allowed; nothing is reserved then, and the caller halves the layer.
   */
  reserve<Name extends string>(lengths: Record<Name, number>): Record<Name, number> | undefined {
    const addresses = {} as Record<Name, number>;
    let next = this.next;
    for (const name of Object.keys(lengths) as Name[]) {
      addresses[name] = next;
      next += Math.ceil((lengths[name] * 4 + SLACK) / 64) * 64;
    }
    if (next > this.limit) return undefined;
    const missing = Math.ceil((next - this.memoryBytes) / PAGE);
    if (missing > 0) this.memory.grow(missing);
    this.next = next;
    return addresses;
  }

  copyIn(address: number, values: Float32Array): void {
    this.floats(address, values.length).set(values);
  }

  /**
   * An array for a result. Fresh memory costs about as much as a fast kernel: the system finds and clears each
   * page when it is first written. So the next `run` has the calling thread do that while the others compute.
   */
  newResult(length: number): Float32Array {
    const { buffer } = Buffer.allocUnsafeSlow(length * Float32Array.BYTES_PER_ELEMENT);
    this.untouched = new Float32Array(buffer, 0, length);
    return this.untouched;
  }

  /** Fills a result. (`slice` would make a copy too, but takes up to seven times as long out of shared memory.) */
  copyOut(address: number, result: Float32Array): Float32Array {
    result.set(this.floats(address, result.length));
    return result;
  }

  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }

  /** Has all tiles of a job computed, by all threads. */
  run<K extends Kernel>(kernel: K, job: Job<K>, tiles: number): void {
    const { untouched } = this;
    this.untouched = undefined;
    this.compute(kernel, job, tiles, () => {
      if (!untouched) return;
      for (let i = 0; i < untouched.length; i += PAGE_FLOATS) untouched[i] = 0;
    });
  }

  /** The same for a short job that comes before the real one. */
  prepare<K extends Kernel>(kernel: K, job: Job<K>, tiles: number): void {
    this.compute(kernel, job, tiles, () => {});
  }

  private compute<K extends Kernel>(
    kernel: K,
    job: Job<K>,
    tiles: number,
    meanwhile: () => void,
  ): void {
    const fields = jobFields[kernel] as readonly (keyof Job<K>)[];
    this.integers(JOB_ADDRESS, fields.length).set(fields.map((field) => job[field]));
    this.crew.run(kernel, JOB_ADDRESS, tiles, meanwhile);
  }

  dismiss(): void {
    clearTimeout(this.idle);
    this.crew.dismiss();
  }
}
