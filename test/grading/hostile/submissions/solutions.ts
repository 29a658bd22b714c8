// Attempts to ask the library itself for the solution.
// Verdict: error
import * as convbook from "convbook";
function scale() {
  throw new Error(
    JSON.stringify((convbook as any).exerciseById("scale", "02.zeroPad")) +
      convbook.solution("02.zeroPad", { anyway: true }),
  );
}
