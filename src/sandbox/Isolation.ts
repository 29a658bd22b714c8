export interface Isolation {
  /** In a sentence. */
  summary: string;
  /** What protected the grader: `"Node's permission model"`. */
  active: string[];
  /** What could not be had here, and why. */
  missing: string[];
}

export interface TypeErrorReport {
  /** The index of the cell in the notebook, from 1, text cells included. */
  cell: number;
  /** In the cell, from 1. */
  line: number;
  /** In the line, from 1. */
  column: number;
  message: string;
}
