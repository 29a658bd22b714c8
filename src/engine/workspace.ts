import { compileKernels } from "./compile";
import type { WorkerPool } from "./WorkerPool";
import { floatFields, type Job, jobFields, type Kernel } from "./jobs";
import { presentPool, workerPool } from "./settings";
import { type Bench, instantiate } from "./tiles";

const PAGE = 65536;
/** What one thread needs for the tiles it is working on: about as much as its L2 cache holds. */
export const SCRATCH_BYTES = 2 ** 20;
/** Vectors may be read beyond the end of an array; a buffer of this many bytes lies behind each. */
export const SLACK = 64;
const FIRST = 4096;

/**
 * One shared memory, in which the threads work.
 *
 *      ┌──────┬─────────┬─────────┬─────┬──────────────────────┬──────────────────────┐
 *      │ job  │ scratch │ scratch │ ... │ what is to be kept   │ what `clear` forgets │
 *      └──────┴─────────┴─────────┴─────┴──────────────────────┴──────────────────────┘
 *               thread 0  thread 1
 */
export class Workspace {
  readonly memory: WebAssembly.Memory;
  private readonly bench: Bench;
  /** The address of each thread's scratch memory. */
  private readonly scratch: number[];
  private attached: { pool: WorkerPool; number: number } | undefined;
  private firstFree: number;
  private next: number;
  /** Where the scratch memory of the first threads ends. */
  readonly scratchEnd: number;

  /**
   * @param threads whose scratch memory is laid out at once; more are found room for when they come
   * @param limit the most bytes that it may grow to
   */
  constructor(
    private readonly threads: number,
    readonly limit: number,
  ) {
    this.scratch = Array.from({ length: threads }, (_, i) => FIRST + i * SCRATCH_BYTES);
    this.firstFree = this.next = this.scratchEnd = FIRST + threads * SCRATCH_BYTES;
    this.memory = new WebAssembly.Memory({
      initial: Math.ceil(this.firstFree / PAGE),
      maximum: Math.floor(limit / PAGE),
      shared: true,
    });
    this.bench = {
      kernels: instantiate(compileKernels().module, this.memory),
      scratch: this.scratch[0],
    };
  }

  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** Forgets what was reserved. */
  clear(): void {
    this.next = this.firstFree;
  }

  /** The address of a block of so many bytes, or `undefined` when they do not fit into the limit. */
  reserve(bytes: number): number | undefined {
    const address = this.next;
    const next = address + Math.ceil((bytes + SLACK) / 64) * 64;
    if (next > this.limit) return undefined;
    const missing = Math.ceil((next - this.bytes) / PAGE);
    if (missing > 0) this.memory.grow(missing);
    this.next = next;
    return address;
  }

  /** Has what was reserved outlast `clear`. */
  keep(): void {
    this.firstFree = this.next;
  }

  /** Forgets all, what was to be kept too. */
  reset(): void {
    if (this.scratch.length > this.threads) {
      this.detach();
      this.scratch.length = this.threads;
    }
    this.firstFree = this.next = this.scratchEnd;
  }

  /** Where that begins which `clear` forgets. */
  get kept(): number {
    return this.firstFree;
  }

  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }

  /** Writes a job's fields to memory. */
  writeJob<K extends Kernel>(address: number, kernel: K, job: Job<K>): void {
    const fields = jobFields[kernel] as readonly (keyof Job<K> & string)[];
    const words = this.integers(address, fields.length);
    const floats = this.floats(address, fields.length);
    fields.forEach((field, i) => {
      if (floatFields.has(field)) floats[i] = job[field];
      else words[i] = job[field];
    });
  }

  /** Has all tiles of a job that has been written to memory computed, by all threads. */
  run(kernel: Kernel, address: number, tiles: number, meanwhile?: () => void): void {
    const { pool, number } = this.attach();
    pool.run(number, this.bench, kernel, address, tiles, meanwhile);
  }

  /**
   * The threads of now, who know this memory from now on. If they are more than before, they get scratch memory, for
   * which all is forgotten that was not kept.
   */
  attach(): { pool: WorkerPool; number: number } {
    const present = workerPool();
    if (this.attached?.pool === present) return this.attached;
    while (this.scratch.length < present.threads) this.scratch.push(this.moreScratch());
    this.attached = { pool: present, number: present.attach(this.memory, this.scratch) };
    return this.attached;
  }

  private moreScratch(): number {
    this.clear();
    const address = this.reserve(SCRATCH_BYTES);
    if (address === undefined) throw new Error("engine: no memory is left for another thread");
    this.keep();
    return address;
  }

  /** Has the threads forget this memory. */
  detach(): void {
    const { attached } = this;
    this.attached = undefined;
    if (attached && attached.pool === presentPool()) attached.pool.detach(attached.number);
  }
}
