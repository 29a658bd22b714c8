/** The letters of the lessons: input length, filter, stride, padding on each side, dilation. */
export type Letter = "n" | "f" | "s" | "p" | "d";

/** What the sliders of an explorer say. */
export type Setting = Readonly<Record<Letter, number>>;

/** What follows from a setting along one axis; both axes are alike. */
export interface WindowNumbers {
  /** The length of the input with its padding, n + 2p. */
  padded: number;
  /** The length that the filter covers, d(f − 1) + 1. */
  covered: number;
  /** How many positions the filter has; 0 where it fits nowhere. */
  output: number;
  /** The entries behind the last window, and how many of them belong to the input. */
  leftOver: number;
  leftOverInput: number;
  /** The entries of the input before the last window's end that no tap reads. */
  skippedInput: number;
  /** Whether a tap of some window reads the entry of the padded input. */
  isRead: boolean[];
}

/**
 * The arithmetic of a sliding window for the explorer, here and in the page, which runs this function's own source text:
 * so it calls nothing and needs nothing outside of itself. A test holds it against `src/arithmetic` for every setting.
 */
export function windowNumbers({ n, f, s, p, d }: Setting): WindowNumbers {
  const padded = n + 2 * p;
  const covered = d * (f - 1) + 1;
  const output = covered > padded ? 0 : Math.floor((padded - covered) / s) + 1;
  const end = output === 0 ? 0 : (output - 1) * s + covered;
  const isRead = new Array<boolean>(padded).fill(false);
  for (let place = 0; place < output; place++)
    for (let tap = 0; tap < f; tap++) isRead[place * s + tap * d] = true;
  const unreadInput = (from: number, to: number): number =>
    isRead.filter((read, i) => !read && i >= Math.max(from, p) && i < Math.min(to, p + n)).length;
  return {
    padded,
    covered,
    output,
    leftOver: padded - end,
    leftOverInput: unreadInput(end, padded),
    skippedInput: unreadInput(0, end),
    isRead,
  };
}
