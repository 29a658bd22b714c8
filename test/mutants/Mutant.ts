import type ts from "typescript";

/** A range of a text, by its offsets, and what replaces it. */
export interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** The replacements of one kind that a node offers. */
export type Mutate = (typescript: typeof ts, node: ts.Node) => Replacement[];

/** A solution with one small change. */
export interface Mutant {
  /** The kind of the change. */
  operator: string;
  /** The line before and after the change: how it is shown, and known again. */
  change: string;
  /** The whole module. */
  module: string;
}
