import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { type Extension, readExtensions } from "./marks/extensions";
import { type FeedbackSettings, readFeedback } from "./marks/feedback";
import { type OverrideRow, readOverrides } from "./marks/overrides";
import { readTimes } from "./gradebook";
import { readWorth, type WorthRow } from "./marks/worth";
import { loadPrivateTests, NO_PRIVATE_TESTS, type PrivateTests } from "./privateTests";
import { readTable } from "./readTable";
import type { FilePolicy, LatePolicy } from "./report";
import { readRoster, type Roster } from "./roster/roster";
import { type LayoutName, layoutNamed } from "./submissions/layouts";
import { lessonNamed } from "./submissions/lessonNames";
import { instant, type SubmittedList } from "./submissions/submittedAt";

/** How to grade, understood and checked. */
export interface GradeOptions {
  /** Whole names. One is what every file is; of several, each file says which; without, that too. */
  lessons?: readonly string[] | undefined;
  /** How the files lie; where it is absent, their names say it. */
  layout?: LayoutName | undefined;
  /** Where random inputs come from; where it is absent, it is drawn for the class. */
  seed?: number | undefined;
  /** Milliseconds a call. */
  timeout: number;
  /** Milliseconds for all calls of a submission. */
  totalTimeout: number;
  /** MiB. */
  memory: number;
  /** Submissions at a time. */
  jobs: number;
  /** Of so many parts of a class, which one is graded: each machine of a cluster takes one. From 1. */
  shard?: { index: number; count: number } | undefined;
  /** Where results are kept between runs. */
  out?: string | undefined;
  late?: LatePolicy | undefined;
  /** The instructor's list of times, where there is one. */
  submitted?: SubmittedList | undefined;
  feedback: FeedbackSettings;
  overrides: readonly OverrideRow[];
  extensions: readonly Extension[];
  worth: readonly WorthRow[];
  files: FilePolicy;
  roster?: Roster | undefined;
  privateTests: PrivateTests;
}

/** The same as an instructor types it, each a text. */
export interface GradeFlags {
  lesson?: string;
  layout?: string;
  seed?: string;
  timeout?: string;
  memory?: string;
  jobs?: string;
  shard?: string;
  out?: string;
  due?: string;
  late?: string;
  grace?: string;
  floor?: string;
  submitted?: string;
  feedback?: string;
  overrides?: string;
  extensions?: string;
  slipDays?: string;
  points?: string;
  count?: string;
  roster?: string;
  privateTests?: string;
}

const DEFAULT_TIMEOUT = 5; // seconds
const DEFAULT_MEMORY = 512; // MiB
/** All calls of a submission may take this many times as long as one. */
const TOTAL = 12;

/**
 * Reads the settings of a run, and the files that they name.
 *
 * @throws Error which says what a setting must be, and what it is
 */
export async function readSettings(flags: GradeFlags): Promise<GradeOptions> {
  const timeout = 1000 * positive("--timeout", flags.timeout, DEFAULT_TIMEOUT);
  const { lesson, layout, seed, out, submitted, overrides, privateTests } = flags;
  const { extensions, points } = flags;
  const roster = flags.roster === undefined ? undefined : readRoster(flags.roster);
  return {
    ...(lesson === undefined
      ? {}
      : { lessons: lesson.split(",").map((name) => lessonNamed(name.trim(), "--lesson")) }),
    ...(layout === undefined ? {} : { layout: layoutNamed(layout) }),
    ...(seed === undefined ? {} : { seed: integer("--seed", seed, 0) }),
    timeout,
    totalTimeout: TOTAL * timeout,
    memory: integer("--memory", flags.memory ?? String(DEFAULT_MEMORY), 128),
    jobs: integer("--jobs", flags.jobs ?? String(availableParallelism()), 1),
    ...(flags.shard === undefined ? {} : { shard: shardOf(flags.shard, out) }),
    out,
    late: latePolicy(flags),
    submitted: submitted === undefined ? undefined : readTimes(submitted, roster),
    feedback: readFeedback(flags.feedback ?? "difference"),
    overrides: overrides === undefined ? [] : readOverrides(overrides),
    extensions: extensions === undefined ? [] : readExtensions(extensions),
    worth: points === undefined ? [] : readWorth(points),
    files: filePolicy(flags.count ?? "best"),
    ...(roster && { roster }),
    privateTests:
      privateTests === undefined ? NO_PRIVATE_TESTS : await loadPrivateTests(privateTests),
  };
}

function latePolicy(flags: GradeFlags): LatePolicy | undefined {
  const { due, late, grace, floor, submitted, extensions, slipDays, count } = flags;
  if (due === undefined) {
    const others = Object.entries({ late, grace, floor, extensions, "slip-days": slipDays });
    if (count === undefined || count === "best") others.push(["submitted", submitted]);
    const alone = others.find(([, value]) => value !== undefined);
    if (alone) throw new Error(`--${alone[0]} needs --due, the date and time it counts from.`);
    return undefined;
  }
  return {
    ...(existsSync(due) ? { dues: readDues(due) } : { due: instant(due, "--due") }),
    grace: minutes("--grace", grace ?? "0m"),
    percentPerDay: percentage("--late", (late ?? "0%").replace(/ ?\/ ?day$/, "")),
    floorPercent: percentage("--floor", floor ?? "0%"),
    ...(slipDays === undefined ? {} : { slipDays: integer("--slip-days", slipDays, 0) }),
  };
}

/** The due dates of lessons: CSV with `lesson` and `due`. */
function readDues(file: string): Record<string, string> {
  const dues: Record<string, string> = {};
  for (const { where, values } of readTable(file, ["lesson", "due"])) {
    const lesson = lessonNamed(values.lesson, `${where}: lesson`);
    if (dues[lesson] !== undefined) throw new Error(`${where} has a second date for ${lesson}.`);
    dues[lesson] = instant(values.due, `${where}: due`);
  }
  return dues;
}

function filePolicy(text: string): FilePolicy {
  if (text === "best" || text === "last" || text === "first") return text;
  throw new Error(`--count must be best, last or first, but is "${text}".`);
}

function shardOf(text: string, out: string | undefined): GradeOptions["shard"] {
  if (out === undefined)
    throw new Error(
      "--shard needs a folder that all parts share, for their results: --out reports.",
    );
  const [index, count] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text.trim()) ?? []).slice(1).map(Number);
  if (index >= 1 && index <= count) return { index, count };
  throw new Error(`--shard must be one part of several, from "1/8" to "8/8", but is "${text}".`);
}

function percentage(flag: string, text: string): number {
  const value = Number(/^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim())?.[1]);
  if (value >= 0 && value <= 100) return value;
  const example = flag === "--late" ? `"10%/day"` : `"50%"`;
  throw new Error(`${flag} must be a percentage like ${example}, but is "${text}".`);
}

function minutes(flag: string, text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(m|h|d)$/.exec(text.trim()) ?? [];
  if (unit) return Number(amount) * { m: 1, h: 60, d: 24 * 60 }[unit as "m" | "h" | "d"];
  throw new Error(`${flag} must be a time like "15m", "2h" or "1d", but is "${text}".`);
}

function integer(flag: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`${flag} must be an integer of at least ${least}, but is "${text}".`);
}

function positive(flag: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new Error(`${flag} must be a number of seconds above 0, but is "${text}".`);
}
