// Attempts to require a module of Node.
// Verdict: refused
function scale() {
  throw new Error(require("fs").readFileSync("SECRET_FILE", "utf8"));
}
