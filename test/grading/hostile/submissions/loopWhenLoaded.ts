// Attempts to hang before any call is made.
// Verdict: timeout
const forever = (() => {
  for (;;);
})();
function scale() {
  return forever;
}
