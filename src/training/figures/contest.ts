import { formatInteger } from "../../network";
import { ArgumentError, intervalText, requireOptions, studentInterval } from "../../tensor";
import { type HtmlFigure, table } from "../../plots";

/** How one training of a contest ended: fractions of right answers, 0 to 1. */
export interface ContestOutcome {
  readonly seed: number;
  /** On examples that it has not learnt from. */
  readonly accuracy: number;
  /** On its own. */
  readonly trainAccuracy: number;
}

/** What the experiments in scripts/experiments write: networks trained with the same seeds, judged at the same lengths. */
export interface Contest<Outcome extends ContestOutcome = ContestOutcome> {
  readonly setting: { readonly images: number; readonly test: number };
  /** In epochs, the shortest first. */
  readonly lengths: readonly number[];
  readonly seeds: readonly number[];
  /** By the name of the contestant; the outcomes by length, one for each seed. */
  readonly results: Readonly<
    Record<
      string,
      {
        readonly params: number;
        readonly macs: number;
        readonly outcomes: Readonly<Record<string, readonly Outcome[]>>;
      }
    >
  >;
}

export interface ContestTableOptions {
  /** What the column of names is called: `"contestant"` when left out. */
  column?: string | undefined;
  /** Only these, in this order. */
  only?: readonly string[] | undefined;
}

/**
 * A contest as a table: what each costs, and its accuracy on new examples at each length, mean ± 95% interval.
 *
 * @example
 * const outcomes = { 10: [{ seed: 1, accuracy: 0.9, trainAccuracy: 1 }, { seed: 2, accuracy: 0.92, trainAccuracy: 1 }] };
 * const contest = { setting: { images: 500, test: 2000 }, lengths: [10], seeds: [1, 2], results: { plain: { params: 10, macs: 20, outcomes } } };
 * contestTable(contest).text.split("\n")[0] // → "2 seeds, 2,000 new images; accuracy in %, ± a 95% interval"
 */
export function contestTable(contest: Contest, options: ContestTableOptions = {}): HtmlFigure {
  const call = "contestTable";
  requireContest(call, contest);
  requireOptions<ContestTableOptions>(call, options, { column: true, only: true });
  const { column = "contestant", only = Object.keys(contest.results) } = options;
  const rows = only.map((name) => {
    const { params, macs } = contestantOf(call, contest, name);
    const accuracies = contest.lengths.map((length) => [
      `${length} epochs`,
      intervalText(accuraciesOf(contest, name, length), { percent: true }),
    ]);
    return {
      [column]: name,
      parameters: params,
      "multiply-adds": macs,
      ...Object.fromEntries(accuracies),
    };
  });
  const { seeds, setting } = contest;
  const title = `${seeds.length} seeds, ${formatInteger(setting.test)} new images; accuracy in %, ± a 95% interval`;
  return table(rows, { title });
}

/**
 * By how many points one contestant is better than another, seed by seed, at each length; and whether that can be
 * told from nothing: where the 95% interval of Student's t holds 0, it cannot.
 *
 * @example
 * const of = (a, b) => ({ params: 10, macs: 20, outcomes: { 10: [{ seed: 1, accuracy: a, trainAccuracy: 1 }, { seed: 2, accuracy: b, trainAccuracy: 1 }] } });
 * const contest = { setting: { images: 500, test: 2000 }, lengths: [10], seeds: [1, 2], results: { wide: of(0.9, 0.92), narrow: of(0.8, 0.821) } };
 * contestDifference(contest, "wide", "narrow") // → "wide minus narrow: 10.0\u00a0±\u00a00.6 points after 10 epochs (ahead)"
 */
export function contestDifference(contest: Contest, a: string, b: string): string {
  const call = "contestDifference";
  requireContest(call, contest);
  for (const name of [a, b]) contestantOf(call, contest, name);
  const parts = contest.lengths.map((length) => {
    const { points, verdict } = differenceAt(contest, a, b, length);
    return `${points} points after ${length} epochs (${verdict})`;
  });
  return `${a} minus ${b}: ${parts.join(", ")}`;
}

/**
 * The differences of several pairs as a table, a row for each: what `contestDifference` says in a line.
 *
 * @param pairs names of contestants, `[a, b]` for a minus b
 *
 * @example
 * const of = (a, b) => ({ params: 10, macs: 20, outcomes: { 10: [{ seed: 1, accuracy: a, trainAccuracy: 1 }, { seed: 2, accuracy: b, trainAccuracy: 1 }] } });
 * const contest = { setting: { images: 500, test: 2000 }, lengths: [10], seeds: [1, 2], results: { wide: of(0.9, 0.92), narrow: of(0.8, 0.821) } };
 * contestDifferences(contest, [["wide", "narrow"]]).text.includes("10.0\u00a0±\u00a00.6, ahead") // → true
 */
export function contestDifferences(
  contest: Contest,
  pairs: readonly (readonly string[])[],
): HtmlFigure {
  const call = "contestDifferences";
  requireContest(call, contest);
  requirePairs(call, pairs);
  const rows = pairs.map(([a, b]) => {
    for (const name of [a, b]) contestantOf(call, contest, name);
    const differences = contest.lengths.map((length) => {
      const { points, verdict } = differenceAt(contest, a, b, length);
      return [`${length} epochs`, `${points}, ${verdict}`];
    });
    return { difference: `${a} minus ${b}`, ...Object.fromEntries(differences) };
  });
  return table(rows, { title: "Points of accuracy, seed by seed, ± a 95% interval" });
}

/** By how much one is better at a length, and whether that is beyond chance. */
function differenceAt(contest: Contest, a: string, b: string, length: number) {
  const [ofA, ofB] = [a, b].map((name) => accuraciesOf(contest, name, length));
  const differences = ofA.map((value, i) => value - ofB[i]);
  const { mean, margin } = studentInterval(differences);
  const verdict = Math.abs(mean) <= margin ? "cannot be told apart" : mean > 0 ? "ahead" : "behind";
  return { points: intervalText(differences, { percent: true }), verdict };
}

function requirePairs(call: string, pairs: unknown): void {
  const isPair = (pair: unknown): boolean => Array.isArray(pair) && pair.length === 2;
  if (Array.isArray(pairs) && pairs.length > 0 && pairs.every(isPair)) return;
  throw new ArgumentError({
    call,
    argument: "pairs",
    expected: "a list of pairs of names, [[a, b], ...]",
    received: pairs,
  });
}

function accuraciesOf(contest: Contest, name: string, length: number): number[] {
  return contest.results[name].outcomes[length].map(({ accuracy }) => accuracy);
}

function requireContest(call: string, contest: unknown): void {
  const { lengths, seeds, results, setting } = (contest ?? {}) as Partial<Contest>;
  const isWhole = Array.isArray(lengths) && Array.isArray(seeds) && seeds.length > 1;
  if (isWhole && typeof results === "object" && results !== null && setting) return;
  throw new ArgumentError({
    call,
    argument: "contest",
    expected: "what an experiment wrote, with at least two seeds",
    received: contest,
    remedy: "The files stand in assets/experiments.",
  });
}

function contestantOf(call: string, { results }: Contest, name: string) {
  if (Object.hasOwn(results, name)) return results[name];
  throw new ArgumentError({
    call,
    argument: "name",
    expected: `one of ${Object.keys(results).join(", ")}`,
    received: name,
  });
}
