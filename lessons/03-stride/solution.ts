/** How many positions a window of size f, moving by s, has on n pixels with p zeros on each side. */
export function outputSize(n: number, f: number, s: number, p: number): number {
  return Math.floor((n + 2 * p - f) / s) + 1;
}

/** The length after each layer of a stack, from first to last. */
export function stackSizes(n: number, layers: { f: number; s: number; p: number }[]): number[] {
  const sizes: number[] = [];
  for (const { f, s, p } of layers) {
    n = Math.floor((n + 2 * p - f) / s) + 1;
    sizes.push(n);
  }
  return sizes;
}

/** Every padding that gives exactly `out` outputs, smallest first. */
export function paddingsFor(n: number, f: number, s: number, out: number): number[] {
  const found: number[] = [];
  // out - 1 whole steps fit into n + 2p - f, and no further one: (out - 1)·s <= n + 2p - f < out·s.
  for (let p = 0; n + 2 * p - f < out * s; p++) if (n + 2 * p - f >= (out - 1) * s) found.push(p);
  return found;
}

/** The stretch of input pixels, along one axis, from the first to the last that one output value looks at. */
export function receptiveField(layers: { f: number; s: number }[]): number {
  let field = 1;
  let jump = 1; // how far apart, in input pixels, two neighbours of the current map lie
  for (const { f, s } of layers) {
    field += (f - 1) * jump;
    jump *= s;
  }
  return field;
}

/** Strides, 1 or 2, of a stack of 3-wide layers that sees exactly `field` pixels (odd, at most 63), in at most 8 layers. */
export function designStack(field: number): number[] {
  const strides: number[] = [];
  let rest = (field - 1) / 2; // the sum of the jumps, in units of the jump at hand: 1, 2, 4, ...
  while (rest > 0) {
    const times = rest % 2 === 1 ? 1 : 2; // so often this jump is used, and what is left is even
    if (times === 2) strides.push(1);
    strides.push(2);
    rest = (rest - times) / 2;
  }
  return strides;
}
