// Attempts to throw what is no error and cannot be shown.
// Verdict: error
function scale() {
  throw { __proto__: null, toString: null };
}
