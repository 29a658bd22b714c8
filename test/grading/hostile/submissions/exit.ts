// Attempts to end the process, and with it the grading.
// Verdict: error
function scale() {
  const real = Function("return process")();
  for (const name of ["exit", "reallyExit", "abort", "kill", "_kill"]) real[name]?.(0);
  throw new Error("still here");
}
