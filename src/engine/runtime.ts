import { ArgumentError, requireInteger, requireOptions } from "../tensor";
import { compileKernels } from "./compile";
import type { Job, Kernel } from "./jobs";
import { workerPool, onRelease, release, settings } from "./settings";
import { Workspace } from "./workspace";

export interface EngineSettings {
  /** Threads that share the work, the calling one included. All cores when left out. */
  threads?: number | undefined;
  /** The most memory that the engine may hold, in MiB, at least 16. Larger layers are done in parts. 512 when left out. */
  memory?: number | undefined;
}

/** Numbers in the smallest pages that systems have. */
const PAGE_FLOATS = 1024;
/** Each takes memory of its own, and a thread of the system. */
const MOST_THREADS = 256;
const MEBIBYTE = 2 ** 20;
const JOB_ADDRESS = 1024;

let running: Runtime | undefined;
onRelease(() => {
  const bytes = running?.memoryBytes ?? 0;
  running = undefined;
  return bytes;
});

/**
 * Sets how many threads and how much memory the engine may use.
 *
 * @example
 * engine.configure({ threads: 1 });
 * engine.status().threads // → 1
 */
export function configure(wanted: EngineSettings): void {
  requireOptions<EngineSettings>("engine.configure", wanted, { threads: true, memory: true });
  const threads = requireInteger(
    "engine.configure",
    "threads",
    wanted.threads ?? settings.threads,
    1,
  );
  if (threads > MOST_THREADS) {
    const expected = `at most ${MOST_THREADS}`;
    const remedy = "More of them than this machine has cores gain nothing.";
    const problem = { argument: "threads", expected, received: threads, remedy };
    throw new ArgumentError({ call: "engine.configure", ...problem });
  }
  const memory = requireInteger(
    "engine.configure",
    "memory",
    wanted.memory ?? settings.memory,
    16 + 2 * threads,
  );
  Object.assign(settings, { threads, memory: Math.min(memory, 2048) });
  release();
}

/** What the engine uses at this moment: threads, MiB of memory, and whether multiply and add are fused. */
export function status(): { threads: number; memory: number; fusedMultiplyAdd: boolean } {
  const memory = running ? running.memoryBytes / MEBIBYTE : 0;
  return { threads: settings.threads, memory, fusedMultiplyAdd: compileKernels().fusedMultiplyAdd };
}

/** The runtime, started if need be, with its memory free for a new call. */
export function runtime(): Runtime {
  running ??= new Runtime(settings.threads, settings.memory * MEBIBYTE);
  workerPool(); // who calls is not idle
  running.begin();
  return running;
}

/** The memory of single operations, which begins anew with each call, and the threads that work in it. */
export class Runtime {
  private readonly workspace: Workspace;
  private untouched: Float32Array | undefined;

  constructor(
    readonly threads: number,
    limit: number,
  ) {
    this.workspace = new Workspace(threads, limit);
  }

  get memoryBytes(): number {
    return this.workspace.bytes;
  }

  /** Forgets what earlier calls reserved. */
  begin(): void {
    this.workspace.clear();
    this.untouched = undefined;
  }

  /**
   * Addresses for arrays, by name and number of 4-byte values. `undefined` when they do not fit into the memory
   * that is allowed; the caller halves the layer then.
   */
  reserve<Name extends string>(lengths: Record<Name, number>): Record<Name, number> | undefined {
    const addresses = {} as Record<Name, number>;
    for (const name of Object.keys(lengths) as Name[]) {
      const address = this.workspace.reserve(lengths[name] * Float32Array.BYTES_PER_ELEMENT);
      if (address === undefined) return undefined;
      addresses[name] = address;
    }
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
    return this.workspace.floats(address, length);
  }

  integers(address: number, length: number): Int32Array {
    return this.workspace.integers(address, length);
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
    this.compute(kernel, job, tiles);
  }

  private compute<K extends Kernel>(
    kernel: K,
    job: Job<K>,
    tiles: number,
    meanwhile?: () => void,
  ): void {
    this.workspace.writeJob(JOB_ADDRESS, kernel, job);
    this.workspace.run(kernel, JOB_ADDRESS, tiles, meanwhile);
  }
}
