// Attempts to go on working when nobody asks.
// Verdict: failed
function scale() {
  for (let i = 0; i < 1000; i++) setInterval(() => "busy".repeat(1000), 0);
  return 0;
}
