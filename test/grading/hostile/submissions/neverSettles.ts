// Attempts to return a promise that nothing can settle.
// Verdict: timeout
function scale() {
  return new Promise(() => {});
}
