// Attempts to return all that there is.
// Verdict: failed
import * as convbook from "convbook";
function scale() {
  return convbook;
}
