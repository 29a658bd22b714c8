// Attempts to throw an error whose name and message are no texts.
// Verdict: error
function scale() {
  const error = new Error("x");
  throw Object.assign(error, { name: Symbol("name"), message: { toString: null } });
}
