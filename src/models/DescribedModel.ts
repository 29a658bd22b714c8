import type { Network } from "../network";
import { requireOptions } from "../tensor";

export interface ModelOptions {
  /** [h, w, c] or [n], where the file leaves sizes open. */
  input?: readonly number[] | undefined;
  /** What the network is called. */
  name?: string | undefined;
}

export function requireModelOptions(call: string, options: ModelOptions): void {
  requireOptions<ModelOptions>(call, options, { input: true, name: true });
}

/** The network of a model file. */
export interface DescribedModel {
  readonly network: Network;
  /** What a count of it leaves out, each in a sentence; empty where everything is known. */
  readonly remarks: readonly string[];
}
