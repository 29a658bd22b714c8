// Attempts to return lists in lists, ten thousand deep.
// Verdict: error
function scale() {
  let result: unknown = 0;
  for (let i = 0; i < 10_000; i++) result = [result];
  return result;
}
