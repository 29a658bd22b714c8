import { Packing } from "./jobs";
import { PANEL } from "./microKernel";

/**
 * The transforms of Winograd's method F(4x4, 3x3), one dimension at a time: four neighbouring outputs of a
 * filter of three from six products.
 *
 * The method multiplies polynomials by way of their values at six points. Any six will do in exact
 * arithmetic; in floating point they decide about the error. With 0, ±1, ±2 and infinity, as most have it,
 * results are off by 5 times as much as those of the definition; with 0, ±3/4, ±3/2 and infinity they are
 * as exact as those, and the constants are still exact in binary.
 *
 * @see Lavin and Gray, Fast algorithms for convolutional neural networks, 2015, arXiv 1509.09308
 * @see Barabasz et al., Error analysis and improving the accuracy of Winograd convolution, 2018, arXiv 1803.10986
 */
const A: f32 = 0.75;
const B: f32 = 1.5;
const AA: f32 = A * A;
const BB: f32 = B * B;

/** Bᵀ·d: six inputs, `sourceStep` apart, to six values. */
export function transformInput(
  source: usize,
  sourceStep: usize,
  target: usize,
  targetStep: usize,
): void {
  const d0 = v128.load(source);
  const d1 = v128.load(source + sourceStep);
  const d2 = v128.load(source + 2 * sourceStep);
  const d3 = v128.load(source + 3 * sourceStep);
  const d4 = v128.load(source + 4 * sourceStep);
  const d5 = v128.load(source + 5 * sourceStep);
  // The points come in pairs ±p: what is even in p they share, what is odd they share but for the sign.
  const evenA = f32x4.sub(d4, times(BB, d2));
  const oddA = times(A, f32x4.sub(d3, times(BB, d1)));
  const evenB = f32x4.sub(d4, times(AA, d2));
  const oddB = times(B, f32x4.sub(d3, times(AA, d1)));
  const zero = f32x4.add(f32x4.sub(d4, times(AA + BB, d2)), times(AA * BB, d0));
  const infinity = f32x4.add(f32x4.sub(d5, times(AA + BB, d3)), times(AA * BB, d1));
  v128.store(target, zero);
  v128.store(target + targetStep, f32x4.add(evenA, oddA));
  v128.store(target + 2 * targetStep, f32x4.sub(evenA, oddA));
  v128.store(target + 3 * targetStep, f32x4.add(evenB, oddB));
  v128.store(target + 4 * targetStep, f32x4.sub(evenB, oddB));
  v128.store(target + 5 * targetStep, infinity);
}

/** Aᵀ·m: six products to four outputs. Source and target may be the same. */
export function transformOutput(
  source: usize,
  sourceStep: usize,
  target: usize,
  targetStep: usize,
): void {
  const m1 = v128.load(source + sourceStep);
  const m2 = v128.load(source + 2 * sourceStep);
  const m3 = v128.load(source + 3 * sourceStep);
  const m4 = v128.load(source + 4 * sourceStep);
  const m5 = v128.load(source + 5 * sourceStep);
  const evenA = f32x4.add(m1, m2);
  const oddA = times(A, f32x4.sub(m1, m2));
  const evenB = f32x4.add(m3, m4);
  const oddB = times(B, f32x4.sub(m3, m4));
  const y0 = f32x4.add(v128.load(source), f32x4.add(evenA, evenB));
  const y1 = f32x4.add(oddA, oddB);
  const y2 = f32x4.add(times(AA, evenA), times(BB, evenB));
  const y3 = f32x4.add(f32x4.add(times(AA, oddA), times(BB, oddB)), m5);
  v128.store(target, y0);
  v128.store(target + targetStep, y1);
  v128.store(target + 2 * targetStep, y2);
  v128.store(target + 3 * targetStep, y3);
}

/** G·g: three taps to six values. */
function transformTaps(source: usize, sourceStep: usize, target: usize, targetStep: usize): void {
  const g0 = v128.load(source);
  const g1 = v128.load(source + sourceStep);
  const g2 = v128.load(source + 2 * sourceStep);
  const scaleA: f32 = 1 / (2 * AA * (AA - BB));
  const scaleB: f32 = 1 / (2 * BB * (BB - AA));
  const evenA = times(scaleA, f32x4.add(g0, times(AA, g2)));
  const oddA = times(scaleA * A, g1);
  const evenB = times(scaleB, f32x4.add(g0, times(BB, g2)));
  const oddB = times(scaleB * B, g1);
  v128.store(target, times(1 / (AA * BB), g0));
  v128.store(target + targetStep, f32x4.add(evenA, oddA));
  v128.store(target + 2 * targetStep, f32x4.sub(evenA, oddA));
  v128.store(target + 3 * targetStep, f32x4.add(evenB, oddB));
  v128.store(target + 4 * targetStep, f32x4.sub(evenB, oddB));
  v128.store(target + 5 * targetStep, g2);
}

function times(factor: f32, x: v128): v128 {
  return f32x4.mul(f32x4.splat(factor), x);
}

/** Bytes of a transformed panel, [cin, 8], and a cache line more: see `transformFilterPanel`. */
export function transformedPanelBytes(channels: i32): usize {
  return channels * (PANEL * 4) + 64;
}

/**
 * U = G·g·Gᵀ for a panel of eight output channels, one panel a tile: [panels, 36, cin, 8].
 *
 * Each filter's 36 values go to 36 panels at once. Were these a power of two apart, they would all share a
 * few lines of the L1 cache and drive each other out; the additional line at the end of each keeps them apart.
 */
export function transformFilterPanel(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<Packing>(address);
  const panelBytes = transformedPanelBytes(job.rows);
  const column = tile * PANEL;
  const wanted = min(PANEL, job.columns - column);
  const firstTap = load<u32>(job.taps);
  const whole = wanted == PANEL && job.sourceColumn == 4;
  const copy = scratch; // [3, 3, 8]
  const half = copy + 9 * PANEL * 4; // [6, 3, 4]
  // The nine taps lie at equal distances, forwards or (for the gradient) backwards.
  const tapStep = whole ? load<u32>(job.taps, 4) - firstTap : PANEL * 4;

  for (let r = 0; r < job.rows; r++) {
    const source = job.source + r * job.sourceRow + column * job.sourceColumn;
    if (!whole) copyTaps(job, source, wanted, copy);
    const taps = whole ? source + firstTap : copy;
    const target = job.panels + tile * 36 * panelBytes + r * (PANEL * 4);
    for (let part = 0; part < PANEL * 4; part += 16) {
      for (let b = 0; b < 3; b++)
        transformTaps(taps + part + b * tapStep, 3 * tapStep, half + (b << 4), 48);
      for (let a = 0; a < 6; a++)
        transformTaps(half + a * 48, 16, target + part + a * 6 * panelBytes, panelBytes);
    }
  }
}

/** Collects the taps of up to eight filters, [3, 3, 8], where they do not lie side by side. */
function copyTaps(job: Packing, source: usize, wanted: i32, copy: usize): void {
  for (let t = 0; t < 9; t++) {
    const tap = source + load<u32>(job.taps + (t << 2));
    for (let i = 0; i < wanted; i++) {
      store<f32>(copy + (i << 2), load<f32>(tap + i * job.sourceColumn));
    }
    for (let i = wanted; i < PANEL; i++) store<f32>(copy + (i << 2), 0);
    copy += PANEL * 4;
  }
}
