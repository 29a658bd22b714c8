// Attempts to return six hundred thousand small objects.
// Verdict: error
function scale() {
  return Array.from({ length: 600_000 }, () => ({}));
}
