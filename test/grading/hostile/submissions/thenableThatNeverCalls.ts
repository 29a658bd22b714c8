// Attempts to return a thenable that keeps its callbacks for ever.
// Verdict: timeout
const kept: unknown[] = [];
function scale() {
  return { then: (resolve: unknown) => void kept.push(resolve) };
}
