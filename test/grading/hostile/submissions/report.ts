// Attempts to have Node write a report with the environment in it.
// Verdict: error
function scale() {
  const real = Function("return process")();
  throw new Error(JSON.stringify(real.report.getReport()));
}
