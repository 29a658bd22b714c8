// Attempts to return a text of two hundred million characters.
// Verdict: error
function scale() {
  return "x".repeat(200_000_000);
}
