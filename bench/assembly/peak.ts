/**
 * Twelve chains of multiply-adds on vectors of four, nothing else: as many as the registers hold, and more than
 * the latency of an addition asks for. No kernel can be faster on one thread.
 */
export function multiplyAdds(steps: i32): f32 {
  const factor = f32x4.splat(0.999);
  const term = f32x4.splat(0.001);
  let a = f32x4.splat(1);
  let b = f32x4.splat(2);
  let c = f32x4.splat(3);
  let d = f32x4.splat(4);
  let e = f32x4.splat(5);
  let f = f32x4.splat(6);
  let g = f32x4.splat(7);
  let h = f32x4.splat(8);
  let i = f32x4.splat(9);
  let j = f32x4.splat(10);
  let k = f32x4.splat(11);
  let l = f32x4.splat(12);
  for (let step = 0; step < steps; step++) {
    a = next(a, factor, term);
    b = next(b, factor, term);
    c = next(c, factor, term);
    d = next(d, factor, term);
    e = next(e, factor, term);
    f = next(f, factor, term);
    g = next(g, factor, term);
    h = next(h, factor, term);
    i = next(i, factor, term);
    j = next(j, factor, term);
    k = next(k, factor, term);
    l = next(l, factor, term);
  }
  const ab = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  const ef = f32x4.add(f32x4.add(e, f), f32x4.add(g, h));
  const ij = f32x4.add(f32x4.add(i, j), f32x4.add(k, l));
  return f32x4.extract_lane(f32x4.add(ab, f32x4.add(ef, ij)), 0);
}

function next(x: v128, factor: v128, term: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(x, factor, term);
  return f32x4.add(f32x4.mul(x, factor), term);
}
