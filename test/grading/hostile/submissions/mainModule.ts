// Attempts to find a loader of modules behind the main one.
// Verdict: error
function scale() {
  const load = Function("return process")().mainModule.require;
  throw new Error(load("fs").readFileSync("SECRET_FILE", "utf8"));
}
