// Attempts to return two million small objects.
// Verdict: error
function scale() {
  return Array.from({ length: 2_000_000 }, () => ({}));
}
