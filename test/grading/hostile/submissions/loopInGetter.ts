// Attempts to hang while its result is read.
// Verdict: timeout
function scale() {
  return {
    get shape() {
      for (;;);
    },
  };
}
