// Attempts to keep the grader waiting for ever.
// Verdict: timeout
function scale() {
  for (;;);
}
