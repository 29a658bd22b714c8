import { storeLanes } from "./microKernel";

/** The functions that are no mere limits, in the order of `activations` in src/engine/finish.ts. */
export const NONE: i32 = 0;
const SIGMOID: i32 = 1;
const TANH: i32 = 2;
const SWISH: i32 = 3;
const HARD_SIGMOID: i32 = 4;
const HARD_SWISH: i32 = 5;

/** Applies a function to values that lie side by side, in place. */
export function activate(activation: i32, address: usize, count: i32): void {
  // One loop for each, so that none asks for every vector which function it is.
  if (activation == SIGMOID) {
    for (let i = 0; i < count; i += 4)
      storeLanes(address + (i << 2), sigmoid(v128.load(address + (i << 2))), count - i);
  } else if (activation == TANH) {
    for (let i = 0; i < count; i += 4)
      storeLanes(address + (i << 2), tanh(v128.load(address + (i << 2))), count - i);
  } else if (activation == SWISH) {
    for (let i = 0; i < count; i += 4)
      storeLanes(address + (i << 2), swish(v128.load(address + (i << 2))), count - i);
  } else if (activation == HARD_SIGMOID) {
    for (let i = 0; i < count; i += 4)
      storeLanes(address + (i << 2), hardSigmoid(v128.load(address + (i << 2))), count - i);
  } else if (activation == HARD_SWISH) {
    for (let i = 0; i < count; i += 4) {
      const x = v128.load(address + (i << 2));
      storeLanes(address + (i << 2), f32x4.mul(x, hardSigmoid(x)), count - i);
    }
  }
}

/** 1 / (1 + e^-x) */
function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))));
}

/** x / (1 + e^-x) */
function swish(x: v128): v128 {
  return f32x4.div(x, f32x4.add(f32x4.splat(1), exp(f32x4.neg(x))));
}

/** min(max(0, x + 3), 6) / 6 */
function hardSigmoid(x: v128): v128 {
  const shifted = f32x4.pmax(f32x4.add(x, f32x4.splat(3)), f32x4.splat(0));
  return f32x4.div(f32x4.pmin(shifted, f32x4.splat(6)), f32x4.splat(6));
}

/**
 * 1 - 2 / (e^2|x| + 1) with the sign of x; near 0, where this would cancel, x and an odd polynomial, which is
 * off by less than a unit in the last place there.
 */
function tanh(x: v128): v128 {
  const size = f32x4.abs(x);
  const two = f32x4.splat(2);
  const one = f32x4.splat(1);
  const grown = exp(f32x4.mul(two, size));
  const far = f32x4.sub(one, f32x4.div(two, f32x4.add(grown, one)));
  const signed = v128.or(far, v128.and(x, f32x4.splat(-0.0)));

  // The continued fraction of tanh, cut after its fifth part: x(945 + 105 z + z²) / (945 + 420 z + 15 z²), z = x².
  const z = f32x4.mul(x, x);
  const over = f32x4.add(f32x4.splat(945), f32x4.mul(z, f32x4.add(f32x4.splat(105), z)));
  const under = f32x4.add(
    f32x4.splat(945),
    f32x4.mul(z, f32x4.add(f32x4.splat(420), f32x4.mul(f32x4.splat(15), z))),
  );
  const near = f32x4.mul(x, f32x4.div(over, under));
  return v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.5)));
}

/**
 * e^x to about a unit in the last place: x = n · ln 2 + r with |r| at most ln 2 / 2, and e^r by its series.
 * NaN stays NaN; beyond what float32 holds, the result is infinity or 0.
 */
export function exp(value: v128): v128 {
  const x = f32x4.pmin(f32x4.pmax(value, f32x4.splat(-104)), f32x4.splat(89));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
  // ln 2 in two parts, the first with so few digits that its product with n is exact
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let sum = f32x4.splat(1 / 5040);
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1 / 720));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1 / 120));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1 / 24));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1 / 6));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  // 2^n in two factors, since it may be larger than the largest number or smaller than the least
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(sum, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
}

/**
 * The natural logarithm of positive numbers: x = 2^n · m with m near 1, and ln m by the series of
 * 2 · artanh((m - 1) / (m + 1)). (The library's own function brings a table, which every thread that starts would
 * write to the shared memory again.)
 */
export function log(x: v128): v128 {
  // bits that lie above those of sqrt(1/2) count as one power of two more, so that m is between it and sqrt(2)
  const shifted = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const n = i32x4.shr_s(shifted, 23);
  const m = i32x4.sub(x, i32x4.shl(n, 23));
  const one = f32x4.splat(1);
  const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
  const z = f32x4.mul(s, s);
  let sum = f32x4.splat(2 / 9);
  sum = f32x4.add(f32x4.mul(sum, z), f32x4.splat(2 / 7));
  sum = f32x4.add(f32x4.mul(sum, z), f32x4.splat(2 / 5));
  sum = f32x4.add(f32x4.mul(sum, z), f32x4.splat(2 / 3));
  sum = f32x4.add(f32x4.mul(sum, z), f32x4.splat(2));
  const whole = f32x4.mul(f32x4.convert_i32x4_s(n), f32x4.splat(0.69314718));
  return f32x4.add(whole, f32x4.mul(sum, s));
}

function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}
