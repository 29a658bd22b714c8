import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** Figures counted from the libraries' own definitions, and tables of papers and of libraries. */

export interface Recount {
  library: string;
  name: string;
  input: number | [number, number];
  params: number;
  conv_weight: number;
  conv_bias: number;
  fc_weight: number;
  fc_bias: number;
  norm: number;
  other: number;
  bn_buffers_mean_var: number;
  conv_macs: number;
  fc_macs: number;
  macs: number;
  bn_elems: number;
}

export interface KerasRow {
  name: string;
  variant: string;
  input: [number, number, number];
  params: number;
  gmacs: number;
}

interface Reference {
  recounts: Recount[];
  keras: KerasRow[];
  tables: Record<string, unknown>;
  worked_examples: Record<string, unknown>;
}

export const reference = JSON.parse(
  readFileSync(resolve(__dirname, "../../../test/fixtures/networks.json"), "utf8"),
) as Reference;

/** A table of the reference. Each has columns of its own, which the test that asks for it knows. */
export function table<T>(name: string): T {
  if (!(name in reference.tables)) throw new Error(`No table ${name}`);
  return reference.tables[name] as T;
}

export function workedExample<T>(name: string): T {
  if (!(name in reference.worked_examples)) throw new Error(`No worked example ${name}`);
  return reference.worked_examples[name] as T;
}
