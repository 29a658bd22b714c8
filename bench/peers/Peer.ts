import type { Layer } from "../layers";
import type { Task } from "../measure";

export const passes = ["forward", "gradient to input", "gradient to filter"] as const;
export type Pass = (typeof passes)[number];

/** A library that computes convolutions. */
export interface Peer {
  name: string;
  /** Gets ready; returns why it cannot take part, or nothing. */
  start(): Promise<string | undefined>;
  /** The passes that it can compute of a layer, with the inputs where it wants them. */
  tasks(layer: Layer): Promise<Partial<Record<Pass, Task>>>;
  /**
   * Multiply-adds a second that a slow peer reaches at least, in its slowest pass. A layer that would take it long
   * is cut smaller, and the time scaled up.
   */
  speed?: number;
}
