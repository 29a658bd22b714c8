// Attempts to attach a debugger to the grader.
// Verdict: error
async function scale() {
  const real = Function("return process")();
  real._debugProcess(real.ppid);
}
