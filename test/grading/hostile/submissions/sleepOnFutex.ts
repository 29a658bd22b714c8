// Attempts to sleep where no JavaScript can wake it.
// Verdict: timeout
function scale() {
  return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
