// Attempts to throw the very error that the grader throws.
// Verdict: error
function scale() {
  const error = new Error("timeout");
  throw Object.assign(error, { name: "StoppedError", stop: { verdict: "passed", message: "" } });
}
