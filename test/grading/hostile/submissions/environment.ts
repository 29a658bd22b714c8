// Attempts to read the environment of the grader.
// Verdict: error
function scale() {
  const real = Function("return process")();
  throw new Error(JSON.stringify([process.env, real.env, real.argv, real.execArgv, real.title]));
}
