/** Rows and columns of the little block of results that is kept in registers. */
export const STRIP: i32 = 5;
export const PANEL: i32 = 8;

/** sum + a * b, rounded once where the machine has it (relaxed SIMD), else twice. */
export function multiplyAdd(a: v128, b: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

/**
 * The innermost loop of everything: a strip of 5 rows of A times a panel of 8 columns of B.
 *
 *                          panel, 8 wide
 *                        ┌───────┬───────┐
 *                        │   b0  │   b1  │  one row of the panel: two vectors of four
 *                        ├───────┼───────┤
 *        k →             │       │       │  ↓ k
 *      ┌──┬──┬──         ┴───────┴───────┴
 *   p0 │a │              │  c00  │  c01  │
 *   p1 │a │              │  c10  │  c11  │  each a, spread over four lanes, meets b0 and b1:
 *   p2 │a │              │  c20  │  c21  │  5 + 2 loads feed 10 multiply-adds of 4 lanes
 *   p3 │a │              │  c30  │  c31  │
 *   p4 │a │              │  c40  │  c41  │
 *      └──┴──┴──         └───────┴───────┘
 *
 * Why 5 by 8: SSE and NEON-sized code can count on 16 vector registers, of which V8 keeps one to itself.
 * Ten sums, two of B, one of A and one for the product are 14. With 6 rows the compiler spills sums to
 * memory and speed halves; with 4 the loads weigh more.
 *
 * The rows of A need not lie together: `rows` holds the address of each, so that A can be pixels of an
 * image where they are. `step` is the distance from k to k + 1 within a row, so that a transposed A
 * needs no copy either. A strip at the lower edge repeats its last row, which is then computed
 * several times to the same result: cheaper than a second loop.
 *
 * @param rows five addresses in A
 * @param shift added to each of them
 * @param panel B's panel, [depth, 8]
 * @param addresses five addresses in C, where each row's results go
 * @param column added to each of them
 * @param start eight values to begin from: the bias, or zeros
 */
function multiplyStrip(
  rows: usize,
  shift: usize,
  step: usize,
  panel: usize,
  depth: i32,
  addresses: usize,
  column: usize,
  start: usize,
): void {
  let p0 = load<u32>(rows) + shift;
  let p1 = load<u32>(rows, 4) + shift;
  let p2 = load<u32>(rows, 8) + shift;
  let p3 = load<u32>(rows, 12) + shift;
  let p4 = load<u32>(rows, 16) + shift;

  let c00 = v128.load(start);
  let c01 = v128.load(start, 16);
  let c10 = c00;
  let c11 = c01;
  let c20 = c00;
  let c21 = c01;
  let c30 = c00;
  let c31 = c01;
  let c40 = c00;
  let c41 = c01;

  const end = panel + (depth << 5);
  while (panel < end) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    let a = v128.load32_splat(p0);
    c00 = multiplyAdd(a, b0, c00);
    c01 = multiplyAdd(a, b1, c01);
    a = v128.load32_splat(p1);
    c10 = multiplyAdd(a, b0, c10);
    c11 = multiplyAdd(a, b1, c11);
    a = v128.load32_splat(p2);
    c20 = multiplyAdd(a, b0, c20);
    c21 = multiplyAdd(a, b1, c21);
    a = v128.load32_splat(p3);
    c30 = multiplyAdd(a, b0, c30);
    c31 = multiplyAdd(a, b1, c31);
    a = v128.load32_splat(p4);
    c40 = multiplyAdd(a, b0, c40);
    c41 = multiplyAdd(a, b1, c41);
    p0 += step;
    p1 += step;
    p2 += step;
    p3 += step;
    p4 += step;
    panel += PANEL * 4;
  }

  let address = load<u32>(addresses) + column;
  v128.store(address, c00);
  v128.store(address, c01, 16);
  address = load<u32>(addresses, 4) + column;
  v128.store(address, c10);
  v128.store(address, c11, 16);
  address = load<u32>(addresses, 8) + column;
  v128.store(address, c20);
  v128.store(address, c21, 16);
  address = load<u32>(addresses, 12) + column;
  v128.store(address, c30);
  v128.store(address, c31, 16);
  address = load<u32>(addresses, 16) + column;
  v128.store(address, c40);
  v128.store(address, c41, 16);
}

/** Room for what `multiplyStripAside` puts aside: five addresses, eight zeros, five rows of eight results. */
export const ASIDE: i32 = 32 + 32 + 160;

/**
 * The same, with the results put aside first, for all that is more than storing them: at the right edge, where
 * fewer than eight of a row may be written; where something is added, be it what C holds from an earlier block of
 * the sums or the maps of a shortcut; and where an activation cuts them off. (Sums that begin from zero and are
 * added once also round less than sums that begin from a large value.)
 *
 * Branches, additions or limits in `multiplyStrip` behind its loop would do this too, but they make V8 keep the sums
 * in memory during the loop: 28 GFLOP/s instead of 66. Ten vectors written and read again in the L1 cache cost a
 * tenth where the sums are of 16 products, and nothing that can be measured from 128 on.
 *
 * @param columns how many of the eight results are wanted
 * @param start as above, or 0 for zeros
 * @param added five addresses of what is added, or 0
 * @param limits the address of the least and the largest value that are let through
 * @param aside ASIDE bytes
 */
function multiplyStripAside(
  rows: usize,
  shift: usize,
  step: usize,
  panel: usize,
  depth: i32,
  addresses: usize,
  column: usize,
  columns: i32,
  start: usize,
  added: usize,
  limits: usize,
  aside: usize,
): void {
  const zeros = aside + 32;
  const results = zeros + 32;
  for (let r = 0; r < STRIP; r++) store<u32>(aside + (r << 2), <u32>(results + r * (PANEL * 4)));
  v128.store(zeros, f32x4.splat(0));
  v128.store(zeros, f32x4.splat(0), 16);
  multiplyStrip(rows, shift, step, panel, depth, aside, 0, start ? start : zeros);

  const low = v128.load32_splat(limits);
  const high = v128.load32_splat(limits, 4);
  let last: usize = 0;
  for (let r = 0; r < STRIP; r++) {
    const address = load<u32>(addresses + (r << 2)) + column;
    if (address == last) return; // only repetitions from here on
    last = address;
    let left = v128.load(results + r * (PANEL * 4));
    let right = v128.load(results + r * (PANEL * 4), 16);
    if (added) {
      const other = load<u32>(added + (r << 2)) + column;
      left = f32x4.add(left, v128.load(other));
      right = f32x4.add(right, v128.load(other, 16));
    }
    left = clamp(left, low, high);
    right = clamp(right, low, high);
    if (columns >= PANEL) {
      v128.store(address, left);
      v128.store(address, right, 16);
    } else {
      storeLanes(address, left, columns);
      if (columns > 4) storeLanes(address + 16, right, columns - 4);
    }
  }
}

/** Values below `low` or above `high` become these; NaN stays NaN, as in Math.max. */
export function clamp(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, low), high);
}

/** Whether limits let everything through. */
export function letsAllThrough(limits: usize): bool {
  return load<f32>(limits) == -Infinity && load<f32>(limits, 4) == Infinity;
}

/** Stores the first one to four lanes, so that what lies behind them stays as it is. */
export function storeLanes(address: usize, value: v128, lanes: i32): void {
  if (lanes >= 4) {
    v128.store(address, value);
    return;
  }
  v128.store_lane<f32>(address, value, 0);
  if (lanes > 1) v128.store_lane<f32>(address, value, 1, 4);
  if (lanes > 2) v128.store_lane<f32>(address, value, 2, 8);
}

/**
 * A block of rows of A times one panel, strip by strip.
 *
 * @param padded rows, rounded up to whole strips
 * @param start the address of eight values to begin from, or 0 for zeros
 * @param added for each row the address of what is added, or 0 where nothing is
 * @param limits the address of the least and the largest value that are let through
 */
export function multiplyPanel(
  rows: usize,
  padded: i32,
  shift: usize,
  step: usize,
  panel: usize,
  depth: i32,
  addresses: usize,
  column: usize,
  columns: i32,
  start: usize,
  added: usize,
  limits: usize,
  aside: usize,
): void {
  const plain = columns >= PANEL && start != 0 && added == 0 && letsAllThrough(limits);
  const end = rows + (padded << 2);
  while (rows < end) {
    if (plain) multiplyStrip(rows, shift, step, panel, depth, addresses, column, start);
    else {
      multiplyStripAside(
        rows,
        shift,
        step,
        panel,
        depth,
        addresses,
        column,
        columns,
        start,
        added,
        limits,
        aside,
      );
      if (added) added += STRIP * 4;
    }
    rows += STRIP * 4;
    addresses += STRIP * 4;
  }
}

/** Writes limits that let everything through, and returns their address. */
export function noLimits(address: usize): usize {
  store<f32>(address, -Infinity);
  store<f32>(address, Infinity, 4);
  return address;
}
