import { andList } from "../../tensor";
import { isRecord, sameData } from "../data";
import { featuresOf, type Features } from "./features";
import type { Observed } from "./Observed";
import { differingRegion } from "./regions";

/** How such a sentence begins. */
export const IN_COMMON = "What the differences have in common:";

/** A longer list is a row of values, and no answer in parts. */
const MOST_ENTRIES = 4;
/** Fewer numbers may be off by the same by chance. */
const FEWEST = 3;

/**
 * What the wrong results of an answer have in common, where no known mistake explains them. It says nothing of the
 * cause, only what is seen in the tests' calls, so that it is true whatever the code does.
 *
 * @param calls of all tests
 * @param names of the answer's parameters
 */
export function observe(
  calls: readonly Observed[],
  names: readonly (string | undefined)[],
): string | undefined {
  const seen = aboutParts(calls, names) ?? aboutWhole(calls, names);
  return seen && `${IN_COMMON} ${seen}`;
}

function aboutWhole(
  calls: readonly Observed[],
  names: readonly (string | undefined)[],
): string | undefined {
  return differingRegion(calls) ?? aboutNumbers(calls) ?? aboutInputs(calls, names);
}

/** Of an answer with several parts, `{ dw, db }` or a pair: those that agree always, and those that do not. */
function aboutParts(
  calls: readonly Observed[],
  names: readonly (string | undefined)[],
): string | undefined {
  const parts = partsOf(calls);
  const ofPart = (part: string): Observed[] =>
    calls.map(({ input, right, value }) => {
      const [ours, theirs] = [right, value].map(
        (whole) => (whole as Record<string, unknown>)[part],
      );
      return { input, right: ours, value: theirs, agrees: sameData(ours, theirs) };
    });
  const wrong = parts.filter((part) => ofPart(part).some(({ agrees }) => !agrees));
  if (wrong.length === 0 || wrong.length === parts.length) return undefined;
  const right = parts.filter((part) => !wrong.includes(part));
  const isList = Array.isArray(calls[0].right);
  const called = (some: readonly string[]): string =>
    isList ? `${some.length > 1 ? "entries" : "entry"} ${list(some)}` : list(some);
  const agree = `${called(right)} ${right.length > 1 ? "agree" : "agrees"} with ours in every call; ${called(wrong)} ${wrong.length > 1 ? "do" : "does"} not.`;
  const more = wrong.length === 1 ? aboutWhole(ofPart(wrong[0]), names) : undefined;
  return more ? `${agree} Of ${called(wrong)}: ${more}` : agree;
}

/** The names of the parts that all answers have: the keys of a record, the indices of a short list of one length. */
function partsOf(calls: readonly Observed[]): string[] {
  const wholes = calls.flatMap(({ right, value }) => [right, value]);
  const [first] = wholes;
  if (Array.isArray(first)) {
    const { length } = first;
    const isShort = length > 1 && length <= MOST_ENTRIES;
    return isShort && wholes.every((whole) => Array.isArray(whole) && whole.length === length)
      ? first.map((_, i) => `${i}`)
      : [];
  }
  const keys = isRecord(first) ? Object.keys(first) : [];
  const haveAll = wholes.every((whole) => isRecord(whole) && keys.every((key) => key in whole));
  return keys.length > 1 && haveAll ? keys : [];
}

/** A number that is always off by the same factor or the same difference. */
function aboutNumbers(calls: readonly Observed[]): string | undefined {
  const pairs = calls.map(({ right, value }) => [right, value]);
  if (
    pairs.length < FEWEST ||
    !pairs.every((pair) => pair.every((x) => typeof x === "number" && Number.isFinite(x)))
  )
    return undefined;
  const numbers = pairs as [number, number][];
  const [[right, value]] = numbers;
  const distinct = new Set(numbers.map(([ours]) => ours)).size;
  if (distinct < FEWEST) return undefined;
  const difference = value - right;
  if (difference !== 0 && numbers.every(([ours, theirs]) => sameData(ours + difference, theirs)))
    return `your number is ${difference > 0 ? "larger" : "smaller"} than ours by ${short(Math.abs(difference))}, in every call.`;
  const factor = value / right;
  if (
    factor > 0 &&
    factor !== 1 &&
    Number.isFinite(factor) &&
    numbers.every(([ours, theirs]) => sameData(ours * factor, theirs))
  )
    return factor > 1
      ? `your number is ${short(factor)} times ours, in every call.`
      : `our number is ${short(1 / factor)} times yours, in every call.`;
  return undefined;
}

/** What holds for no call that differs, where the calls for which it holds are several. */
function aboutInputs(
  calls: readonly Observed[],
  names: readonly (string | undefined)[],
): string | undefined {
  const seen = calls.map(({ input, agrees }) => ({ agrees, features: featuresOf(input, names) }));
  const wrong = seen.filter(({ agrees }) => !agrees);
  const right = seen.filter(({ agrees }) => agrees);
  const found: Separating[] = [];
  for (const [key, feature] of allFeatures(seen)) {
    // A key that an input lacks, as an option that is left out does, has nothing to say of it.
    if (!feature.oneSided && !seen.every(({ features }) => features.has(key))) continue;
    const holds = ({ features }: { features: Features }): boolean =>
      features.get(key)?.holds ?? false;
    for (const side of feature.oneSided ? [true] : [true, false]) {
      // On this side of the feature everything agrees; on the other one more differs than agrees.
      if (wrong.some((call) => holds(call) === side)) continue;
      const good = right.filter((call) => holds(call) === side);
      const rest = right.length - good.length;
      const enough = good.length >= feature.fewest && wrong.length >= feature.fewest;
      if (!enough || rest > wrong.length) continue;
      const [when, otherwise] = side
        ? [feature.when, feature.otherwise]
        : [feature.otherwise, feature.when];
      found.push({ subject: feature.subject, when, otherwise, rest, good: new Set(good) });
    }
  }
  // What separates best; where several do, they have to hold in the same calls.
  const least = Math.min(...found.map(({ rest }) => rest));
  const best = found.filter(({ rest }) => rest === least);
  const [first, second] = best;
  if (!first || best.length > 2) return undefined;
  if (second && ![...second.good].every((call) => first.good.has(call))) return undefined;
  const when = best.map((one) => one.when).join(", and where ");
  const question = second
    ? " (In the tests' calls the two go together.)"
    : ` What does your code do with ${first.subject}?`;
  return least === 0
    ? `your answer agrees with ours in every call where ${when}, and in no other.${question}`
    : `your answer agrees with ours in every call where ${when}; it differs only where ${best.map((one) => one.otherwise).join(", and where ")}.${question}`;
}

/** What holds for calls that agree, and for none that differs. */
interface Separating {
  subject: string;
  when: string;
  otherwise: string;
  /** How many agree although it does not hold. */
  rest: number;
  good: ReadonlySet<unknown>;
}

function allFeatures(calls: readonly { features: Features }[]): Features {
  return new Map(calls.flatMap(({ features }) => [...features]));
}

function list(names: readonly string[]): string {
  return andList(names.map((name) => `\`${name}\``));
}

function short(x: number): string {
  return `${Number(x.toPrecision(12))}`;
}
