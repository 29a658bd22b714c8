/** What the panel in the page draws: the kind names a drawing function of `panelScript.ts`. */
export interface ControlPart {
  kind: string;
  [option: string]: unknown;
}

/** One control of `interact`, as `range`, `select` and their like make it. */
export interface Control<Value> {
  /** What the page needs to know once. */
  readonly part: ControlPart;
  /** The state that the page and the kernel share; bytes in it travel as they are. */
  readonly start: unknown;
  /** The value of a state. @throws ArgumentError when the page has sent what cannot be one */
  read(state: unknown): Value;
  /** Gives a control that the kernel moves, and not the learner, the way to the page. */
  connect?(show: (state: unknown) => void): void;
}

/** The values of some controls, under their names. */
export type Values<Controls> = {
  [Name in keyof Controls]: Controls[Name] extends Control<infer Value> ? Value : never;
};

export function isControl(value: unknown): value is Control<unknown> {
  return typeof value === "object" && value !== null && "part" in value && "read" in value;
}
