// Attempts a regular expression that backtracks for centuries.
// Verdict: timeout
function scale() {
  return /^(a+)+$/.test("a".repeat(60) + "b");
}
