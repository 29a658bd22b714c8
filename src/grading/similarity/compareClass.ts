import { runsOf, winnow } from "./fingerprints";
import { normalTokens } from "./tokens";

/** What one student wrote for one lesson. */
export interface StudentCode {
  student: string;
  /** Exercise by exercise: the id, and the answer with its helpers. */
  code: ReadonlyMap<string, string>;
}

/** Two students and how much their code has in common. */
export interface SimilarPair {
  /** Their indices among those who were compared. */
  students: [number, number];
  /** From 0, nothing in common, towards 1. */
  score: number;
  /** How alike the two are in each exercise in which they have something in common; the most alike first. */
  exercises: { id: string; score: number }[];
}

/** The comparison of all with all. */
export interface ClassSimilarity {
  /** Those who were compared. */
  students: StudentCode[];
  /** Those who wrote too little of their own to be compared. */
  withoutCode: StudentCode[];
  /** Every pair that has anything in common, the most alike first. */
  pairs: SimilarPair[];
  /** How many pairs were looked at, those with nothing in common included. */
  compared: number;
  /** Pairs above it stand out from this class. Absent where the class is too small to tell what is usual. */
  threshold?: number;
}

/**
 * Answers to an exercise agree in so much by chance that two have to share more than this many rare
 * fingerprints before they count as half alike. It keeps short code from looking like copies.
 */
const CHANCE = 4;

/** Below it no pair stands out, however little all the others have in common. */
const LEAST_THRESHOLD = 0.3;

/** With fewer pairs there is no saying what is usual. */
const LEAST_PAIRS = 20;

/**
 * Compares each student's code with each other's.
 *
 * From the normal form of the code (`normalTokens`) fingerprints are chosen (`winnow`). Those that the starter
 * has are left out. A fingerprint that only two of many share weighs almost 1, one that all share almost
 * nothing: `log((n + 1) / holders) / log(n + 1)`. The score of a pair is the weight of what they share, over
 * the mean weight of what each has and a constant for what is alike by chance.
 *
 * A high score is a reason to look at two programs, never a finding: those who learn together, or from the
 * same book, write alike.
 *
 * @param starterOf the code that everybody began with
 */
export function compareClass(
  codes: readonly StudentCode[],
  starterOf: (exercise: string) => string,
): ClassSimilarity {
  const ids = [...new Set(codes.flatMap(({ code }) => [...code.keys()]))];
  const starterRuns = ids.map((id) => new Set(runsOf(normalTokens(starterOf(id)))));
  /** For each student, for each exercise: the fingerprints that the starter has not. */
  const all = codes.map(({ code }) =>
    ids.map((id, e) => {
      const chosen = winnow(runsOf(normalTokens(code.get(id) ?? "")));
      return [...chosen].filter((run) => !starterRuns[e].has(run));
    }),
  );
  const hasCode = (_: unknown, i: number): boolean => all[i].some((own) => own.length > 0);
  const own = all.filter(hasCode);
  const students = codes.filter(hasCode);
  const n = students.length;

  const byExercise = ids.map((id, e) => ({ id, ...weigh(own.map((exercises) => exercises[e])) }));
  const pairs: SimilarPair[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      if (students[i].student === students[j].student) continue; // two notebooks of one student
      const at = i * n + j;
      const alike = byExercise.filter(({ shared }) => shared[at] > 0);
      if (alike.length === 0) continue;
      const exercises = alike
        .map(({ id, shared, totals }) => ({
          id,
          score: likeness(shared[at], totals[i], totals[j]),
        }))
        .sort((a, b) => b.score - a.score);
      const total = (k: number): number => sum(byExercise.map(({ totals }) => totals[k]));
      const score = likeness(sum(alike.map(({ shared }) => shared[at])), total(i), total(j));
      pairs.push({ students: [i, j], score, exercises });
    }
  }
  pairs.sort((a, b) => b.score - a.score);
  const compared = (n * (n - 1)) / 2;
  const threshold = thresholdOf(pairs, compared);
  return {
    students,
    withoutCode: codes.filter((_, i) => !hasCode(_, i)),
    pairs,
    compared,
    ...(threshold !== undefined && { threshold }),
  };
}

/**
 * Weighs the fingerprints of one exercise.
 *
 * @param own for each student, the fingerprints
 * @returns the weight of what each has, and [n, n], above the diagonal, of what each two share
 */
function weigh(own: readonly (readonly string[])[]): {
  totals: Float64Array;
  shared: Float64Array;
} {
  const n = own.length;
  const holders = new Map<string, number[]>();
  own.forEach((fingerprints, i) => {
    for (const fingerprint of fingerprints) {
      const list = holders.get(fingerprint);
      if (list) list.push(i);
      else holders.set(fingerprint, [i]);
    }
  });
  const totals = new Float64Array(n);
  const shared = new Float64Array(n * n);
  for (const list of holders.values()) {
    const weight = Math.log((n + 1) / list.length) / Math.log(n + 1);
    list.forEach((i, a) => {
      totals[i] += weight;
      for (let b = a + 1; b < list.length; b++) shared[i * n + list[b]] += weight;
    });
  }
  return { totals, shared };
}

function likeness(shared: number, one: number, other: number): number {
  return shared / ((one + other) / 2 + CHANCE);
}

/**
 * The outer fence of the scores: three times the distance of the quartiles above the upper one. Tukey 1977,
 * "Exploratory Data Analysis", calls what lies beyond "far out".
 *
 * @param pairs the most alike first; those with nothing in common are not among them
 * @param compared how many pairs there are with those
 */
function thresholdOf(pairs: readonly SimilarPair[], compared: number): number | undefined {
  if (compared < LEAST_PAIRS) return undefined;
  const fromTop = (fraction: number): number =>
    pairs[Math.floor(fraction * (compared - 1))]?.score ?? 0;
  const [upper, lower] = [fromTop(0.25), fromTop(0.75)];
  return Math.max(LEAST_THRESHOLD, upper + 3 * (upper - lower));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
