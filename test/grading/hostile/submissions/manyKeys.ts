// Attempts to keep the grader busy over a record of very many keys, which it would compare with what others give.
// Verdict: error
function scale() {
  return Object.fromEntries(Array.from({ length: 400_000 }, (_, i) => ["k" + i, 0]));
}
