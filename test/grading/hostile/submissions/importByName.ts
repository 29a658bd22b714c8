// Attempts to import a module of Node.
// Verdict: refused
import { readFileSync } from "node:fs";
function scale() {
  throw new Error(readFileSync("SECRET_FILE", "utf8"));
}
