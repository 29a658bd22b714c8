import type { Boundary } from "../exercises";
import type { Pool } from "./Pool";
import { ProcessBoundary } from "./ProcessBoundary";

/** The boundary to a function of the library. */
export interface LibraryBoundary extends Boundary {
  /** Ends its process. */
  end(): void;
}

/** For all calls together, in milliseconds of processor time. */
export const LIBRARY_LIMIT = 60_000;
/** Of results, in bytes of memory. */
const MOST_RESULTS = 2 ** 28;

/**
 * A function of the library behind the walls that answers run behind, in a process that has loaded no answer. What it is
 * given is data that came from one, and may be made to take long, or to need much memory: then the child ends, and not
 * the grader.
 */
export function libraryBoundary(name: string, pool: Pool, memory: number): LibraryBoundary {
  if (!/^[A-Za-z]\w*$/.test(name)) throw new Error(`${name} is no name of the library.`);
  const code = `exports.${name} = require('convbook').${name};`;
  const limits = { callLimit: LIBRARY_LIMIT, submissionLimit: LIBRARY_LIMIT, memory };
  const budget = { milliseconds: LIBRARY_LIMIT, bytes: MOST_RESULTS };
  return new ProcessBoundary(code, name, pool, limits, budget);
}
