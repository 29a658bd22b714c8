/** Mutants that do the same as the solution for every input that is allowed, by exercise, each with the reason. */
export const EQUIVALENT: Record<string, Record<string, string>> = {};
