// Attempts to keep the compiler busy with types.
// Verdict: failed
type Long<N extends number, T extends unknown[] = []> = T["length"] extends N
  ? T
  : Long<N, [...T, unknown]>;
type Tree<N extends unknown[]> = N extends [unknown, ...infer Rest]
  ? [Tree<Rest>, Tree<Rest>, Tree<Rest>]
  : never;
function scale(): Tree<Long<24>> {
  return 0 as never as Tree<Long<24>> & Tree<Long<25>>;
}
