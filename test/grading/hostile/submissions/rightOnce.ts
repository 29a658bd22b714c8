// Attempts to be right the first time only, and to be taken at its word after that.
// Verdict: failed
let calls = 0;
function scale(x: any, factor: number) {
  return calls++ === 0 ? x.map((value: number) => value * factor) : x;
}
