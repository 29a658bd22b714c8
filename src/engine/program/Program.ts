import type { Job, Kernel } from "../jobs";
import { settings } from "../settings";
import type { Workspace } from "../workspace";
import { addressOf, isWhole, type Layout, type Maps, type PlannedBuffer } from "./maps";
import { assignOffsets, widestCut } from "./plan";
import { giveBack, takeWorkspace } from "./workspaces";

/** One kernel run on some maps, for a number of images that only the run knows. */
export interface Step<K extends Kernel = Kernel> {
  kernel: K;
  reads: readonly Maps[];
  writes: Maps;
  /** The fields of the job, and into how many tiles it is cut. */
  job(layout: Layout, threads: number): { fields: Job<K>; tiles: number };
}

/** A step that no kernel does: a function of JavaScript, from copies of its inputs to its output. */
export interface ForeignStep {
  reads: readonly Maps[];
  writes: Maps;
  compute(inputs: readonly Float32Array[], batch: number): Float32Array;
}

/** What is to be done in a run, written to memory for one number of images. */
interface Written {
  batch: number;
  base: number;
  threads: number;
  jobs: ({ kernel: Kernel; address: number; tiles: number } | ForeignStep)[];
}

const MEBIBYTE = 2 ** 20;
/** Bytes of the largest job, and room for more fields. */
const JOB_BYTES = 256;

/**
 * Steps that run one after the other in a memory of their own: constants first, then the jobs, then the maps that
 * pass from step to step. A program is built once (constants, buffers, steps), then sealed, then run often.
 */
export class Program {
  readonly workspace: Workspace = takeWorkspace();
  private readonly buffers: PlannedBuffer[] = [];
  private readonly steps: (Step | ForeignStep)[] = [];
  private jobs = 0;
  private length = 0;
  private written: Written | undefined;

  /** Maps in a buffer of their own. */
  newMaps(height: number, width: number, channels: number): Maps {
    const size = height * width * channels;
    const buffer = { size, first: Infinity, last: -1, offset: 0 };
    this.buffers.push(buffer);
    return { buffer, offset: 0, pixel: channels, height, width, channels };
  }

  /** Has a step done after those before it. */
  add<K extends Kernel>(step: Step<K> | ForeignStep): void {
    const now = this.steps.length;
    for (const { buffer } of [...step.reads, step.writes]) this.need(buffer, now);
    this.steps.push(step as Step | ForeignStep);
  }

  /** Has maps be there before the first step. */
  keepFromStart({ buffer }: Maps): void {
    this.need(buffer, -1);
    buffer.last = Math.max(buffer.last, 0);
  }

  /** Has maps be there behind the last step. */
  keepToEnd({ buffer }: Maps): void {
    this.need(buffer, Infinity);
  }

  private need(buffer: PlannedBuffer, step: number): void {
    buffer.first = Math.min(buffer.first, step);
    buffer.last = Math.max(buffer.last, step);
  }

  /** The address of numbers that stay as they are from run to run. */
  constant(values: Float32Array): number {
    const address = this.reserveConstant(values.length);
    this.workspace.floats(address, values.length).set(values);
    return address;
  }

  /** Room for numbers that are to stay. */
  reserveConstant(length: number): number {
    const address = this.reserve(length);
    this.workspace.keep();
    return address;
  }

  /** Room for numbers, until `forget`. */
  reserve(length: number): number {
    const address = this.workspace.reserve(length * Float32Array.BYTES_PER_ELEMENT);
    if (address !== undefined) return address;
    const most = this.workspace.limit / MEBIBYTE;
    throw new Error(`engine: a network and its maps need more than the ${most} MiB there can be`);
  }

  forget(): void {
    this.workspace.clear();
  }

  /** Plans the memory. Nothing can be added from here on. */
  seal(): void {
    const used = this.buffers.filter(({ last }) => last >= 0);
    this.length = assignOffsets(used);
    this.jobs = this.reserveConstant((this.steps.length * JOB_BYTES) / 4);
  }

  /** Bytes: of the constants, of the maps of one image, and of the widest cut, below which these cannot be. */
  get memory(): { constants: number; maps: number; widestCut: number } {
    const bytes = Float32Array.BYTES_PER_ELEMENT;
    return {
      constants: this.workspace.kept - this.workspace.scratchEnd,
      maps: bytes * this.length,
      widestCut: bytes * widestCut(this.buffers.filter(({ last }) => last >= 0)),
    };
  }

  /** How many images at a time the allowed memory has room for. */
  get mostImages(): number {
    const bytes = this.length * Float32Array.BYTES_PER_ELEMENT;
    const left = this.workspace.limit - this.workspace.kept - 4096;
    return Math.max(1, Math.floor(Math.min(settings.memory * MEBIBYTE, left) / bytes));
  }

  /** Runs all steps on a number of images, which are written to the inputs first. */
  run(inputs: readonly { maps: Maps; values: Float32Array }[], batch: number): void {
    const { jobs, base } =
      this.written?.batch === batch ? this.refreshed(batch) : this.write(batch);
    for (const { maps, values } of inputs)
      this.workspace.floats(addressOf(maps, { base, batch }), values.length).set(values);
    for (const job of jobs)
      if ("kernel" in job) this.workspace.run(job.kernel, job.address, job.tiles);
      else this.compute(job, batch);
  }

  private compute({ reads, writes, compute }: ForeignStep, batch: number): void {
    const inputs = reads.map((maps) => {
      const values = new Float32Array(batch * maps.height * maps.width * maps.channels);
      this.read(maps, values);
      return values;
    });
    this.put(writes, compute(inputs, batch));
  }

  /** Copies maps of the last run out, channels last. */
  read(maps: Maps, result: Float32Array): void {
    const values = this.values(maps);
    if (isWhole(maps)) result.set(values);
    else
      for (let from = 0, to = 0; to < result.length; from += maps.pixel, to += maps.channels)
        result.set(values.subarray(from, from + maps.channels), to);
  }

  private put(maps: Maps, source: Float32Array): void {
    const values = this.values(maps);
    for (let from = 0, to = 0; from < source.length; from += maps.channels, to += maps.pixel)
      values.set(source.subarray(from, from + maps.channels), to);
  }

  /** The maps where they lie, from the first of their numbers to the last. */
  private values(maps: Maps): Float32Array {
    const layout = this.written!;
    const pixels = layout.batch * maps.height * maps.width;
    const length = (pixels - 1) * maps.pixel + maps.channels;
    return this.workspace.floats(addressOf(maps, layout), length);
  }

  /** The jobs as they were written, unless there are other threads since. */
  private refreshed(batch: number): Written {
    const { pool } = this.workspace.attach();
    const { written } = this;
    const holds = written!.base === this.workspace.kept && written!.threads === pool.threads;
    return holds ? written! : this.write(batch);
  }

  private write(batch: number): Written {
    const { workspace } = this;
    const { threads } = workspace.attach().pool;
    workspace.clear();
    const base = this.reserve(this.length * batch);
    const jobs = this.steps.map((step, i) => {
      if (!("kernel" in step)) return step;
      const { fields, tiles } = step.job({ base, batch }, threads);
      const address = this.jobs + i * JOB_BYTES;
      workspace.writeJob(address, step.kernel, fields);
      return { kernel: step.kernel, address, tiles };
    });
    return (this.written = { batch, base, threads, jobs });
  }

  /** Gives the memory back. The program cannot run any more. */
  dispose(): void {
    giveBack(this.workspace);
  }
}
