// Attempts to require a module whose name is put together.
// Verdict: error
function scale() {
  const load = require;
  throw new Error(load(["f", "s"].join("")).readFileSync("SECRET_FILE", "utf8"));
}
