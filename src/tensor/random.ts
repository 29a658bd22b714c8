import { unsafeSkipN, unsafeUniformIntDistribution, xoroshiro128plus } from "pure-rand";
import { ArgumentError } from "./ArgumentError";
import { requireInteger } from "./require";
import { zeros } from "./create";
import type { DType, Shape } from "./shape";
import type { Tensor } from "./Tensor";

/** A source of random numbers that gives the same ones for the same seed, on every machine. */
export interface Random {
  /** A number from `low` (included) to `high` (excluded); 0 to 1 when left out. */
  uniform(low?: number, high?: number): number;
  /** A number from the normal distribution; mean 0 and standard deviation 1 when left out. */
  normal(mean?: number, deviation?: number): number;
  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number;
}

/**
 * A seeded random generator (xoroshiro128+). Everything random in the course takes one, so that a
 * result can be had again.
 *
 * @example
 * random(7).integer(1, 6) === random(7).integer(1, 6) // → true
 */
export function random(seed: number): Random {
  requireInteger("random", "seed", seed, 0);
  const generator = xoroshiro128plus(seed);
  unsafeSkipN(generator, 64); // its first numbers are near 1 for every small seed: it has to warm up
  const unit = (): number => {
    // 53 random bits, as many as a double holds between 0 and 1.
    const high = unsafeUniformIntDistribution(0, 2 ** 27 - 1, generator);
    const low = unsafeUniformIntDistribution(0, 2 ** 26 - 1, generator);
    return (high * 2 ** 26 + low) / 2 ** 53;
  };
  return {
    uniform: (low = 0, high = 1) => low + (high - low) * unit(),
    // Box and Muller: two uniform numbers give the radius and the angle of a normal point.
    normal: (mean = 0, deviation = 1) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    integer: (low, high) => {
      requireInteger("random.integer", "low", low);
      requireInteger("random.integer", "high", high, low);
      return unsafeUniformIntDistribution(low, high, generator);
    },
  };
}

/**
 * A tensor of normal random numbers: the usual start for weights and for tests.
 *
 * @example
 * Math.abs(randomNormal([1000], random(1)).mean()) < 0.1 // → true
 */
export function randomNormal(shape: Shape, source: Random, dtype: DType = "float32"): Tensor {
  requireRandom("randomNormal", "source", source);
  const result = zeros(shape, dtype);
  for (let i = 0; i < result.size; i++) result.data[i] = source.normal();
  return result;
}

/**
 * A tensor of integers from `low` to `high`, both included: arithmetic that can be followed by eye.
 *
 * @example
 * const x = randomIntegers([100], -3, 3, random(1));
 * [x.min(), x.max()] // → [-3, 3]
 */
export function randomIntegers(shape: Shape, low: number, high: number, source: Random): Tensor {
  requireRandom("randomIntegers", "source", source);
  const result = zeros(shape);
  for (let i = 0; i < result.size; i++) result.data[i] = source.integer(low, high);
  return result;
}

/**
 * The numbers from 0 to `length` - 1 in a random order, each order as likely as any other (Fisher and Yates).
 *
 * @example
 * permutation(5, random(1)).sort() // → Uint32Array.of(0, 1, 2, 3, 4)
 */
export function permutation(length: number, source: Random): Uint32Array {
  requireInteger("permutation", "length", length, 0);
  requireRandom("permutation", "source", source);
  const order = Uint32Array.from({ length }, (_, i) => i);
  for (let last = length - 1; last > 0; last--) {
    const other = source.integer(0, last);
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/**
 * Lets through a source of random numbers.
 *
 * @example
 * requireRandom("randomNormal", "source", 7) // throws source must be a source of random numbers, but got 7. random(7) makes one
 */
export function requireRandom(
  call: string,
  argument: string,
  received: unknown,
): asserts received is Random {
  const { normal, integer } = (received ?? {}) as Partial<Random>;
  if (typeof normal === "function" && typeof integer === "function") return;
  throw new ArgumentError({
    call,
    argument,
    expected: "a source of random numbers",
    received,
    remedy: `random(${Number.isInteger(received) && (received as number) >= 0 ? String(received) : 7}) makes one, from a seed.`,
  });
}
