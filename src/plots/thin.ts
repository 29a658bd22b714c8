/** Points in a picture: a notebook holds each as text, and has some 2 MB of that many. Of more, some are drawn. */
const MOST_DRAWN = 100_000;

/** Which of many points are drawn, and what the picture says of it. */
interface Thinned {
  keep<T>(values: readonly T[]): readonly T[];
  /** Stands beside the horizontal axis; nothing where all points are drawn. */
  note: string | undefined;
}

/** Every so manieth of a cloud's points, where all clouds together have too many to draw. */
export function thinnedCloud(total: number): Thinned {
  const step = Math.ceil(total / MOST_DRAWN);
  return {
    keep: (values) => (step > 1 ? values.filter((_, i) => i % step === 0) : values),
    note: step > 1 ? `one point in ${step} is drawn` : undefined,
  };
}

/**
 * A curve's least and greatest value of every few, in their order: peaks and breaks stay, where every n-th
 * point would lose them. A gap (a value that is not finite) stays one where all of its interval is.
 *
 * @param y the curve's values
 * @param total how many points all curves of the picture have together
 */
export function thinnedCurve(y: readonly number[], total: number): Thinned {
  if (total <= MOST_DRAWN) return { keep: (values) => values, note: undefined };
  const length = 2 * Math.ceil(total / MOST_DRAWN); // two of them are kept
  const kept: number[] = [];
  for (let from = 0; from < y.length; from += length) {
    const to = Math.min(from + length, y.length);
    let [least, greatest] = [from, from];
    for (let i = from; i < to; i++) {
      // What is not finite gives way to anything that is.
      if (!(y[least] <= y[i]) && Number.isFinite(y[i])) least = i;
      if (!(y[greatest] >= y[i]) && Number.isFinite(y[i])) greatest = i;
    }
    kept.push(Math.min(least, greatest));
    if (least !== greatest) kept.push(Math.max(least, greatest));
  }
  return {
    keep: (values) => kept.map((i) => values[i]),
    note: `the least and the greatest of every ${length} points are drawn`,
  };
}

/** The title of an axis with a note behind it. */
export function noted(title: string | undefined, note: string | undefined): string | undefined {
  return note ? `${title ? `${title}; ` : ""}${note}` : title;
}

/** A copy of the numbers, as short as a picture needs them where there are many. */
export function shortened(values: readonly number[], note: string | undefined): number[] {
  return note ? values.map((value) => Number(value.toPrecision(6))) : [...values];
}
