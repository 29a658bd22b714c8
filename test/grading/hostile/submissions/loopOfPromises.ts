// Attempts to starve the event loop, so that no timer of its process fires.
// Verdict: timeout
async function scale() {
  for (;;) await null;
}
