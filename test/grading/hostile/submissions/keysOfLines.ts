// Attempts to fill the grader's message with ten million lines.
// Verdict: failed
function scale() {
  const lines = "\n".repeat(1_000_000);
  return Object.fromEntries(Array.from({ length: 10 }, (_, i) => [lines + i, 0]));
}
