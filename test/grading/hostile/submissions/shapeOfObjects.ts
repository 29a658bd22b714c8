// Attempts to return a shape that cannot be made a text.
// Verdict: failed
function scale() {
  return { shape: [{ toString: 1, valueOf: 1 }, Symbol("two")] };
}
