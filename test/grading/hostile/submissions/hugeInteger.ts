// Attempts to return an integer that takes long to read.
// Verdict: error
function scale() {
  return 7n ** 100_000n;
}
