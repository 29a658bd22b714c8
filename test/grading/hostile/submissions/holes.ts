// Attempts to return a list of four thousand million holes.
// Verdict: error
function scale() {
  const list: unknown[] = [];
  list.length = 2 ** 32 - 1;
  return list;
}
