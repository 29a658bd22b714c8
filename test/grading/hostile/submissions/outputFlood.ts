// Attempts to bury the grader under its output.
// Verdict: failed
function scale() {
  for (let i = 0; i < 20_000; i++) console.log("flood ".repeat(20));
  return 0;
}
