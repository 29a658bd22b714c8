// Attempts to reach the file system below its modules.
// Verdict: error
function scale() {
  const real = Function("return process")();
  throw new Error(Object.keys(real.binding("fs")) + Object.keys(real._linkedBinding("fs")));
}
