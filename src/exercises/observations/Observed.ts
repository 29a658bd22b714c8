import type { Data } from "../Exercise";

/** A call that the tests made: what our answer gave, and what the learner's did, if it gave anything. */
export interface Observed {
  input: readonly Data[];
  right: Data;
  /** Undefined where it threw. */
  value: Data;
  /** Whether the two are the same. */
  agrees: boolean;
}
