// Attempts to return an object that holds itself.
// Verdict: error
function scale() {
  const result: { self?: unknown } = {};
  result.self = result;
  return result;
}
