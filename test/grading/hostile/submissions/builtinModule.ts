// Attempts to be given a module by the process itself.
// Verdict: error
function scale() {
  const fs = Function("return process")().getBuiltinModule("fs");
  throw new Error(fs.readFileSync("SECRET_FILE", "utf8"));
}
