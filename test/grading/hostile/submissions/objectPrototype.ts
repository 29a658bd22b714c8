// Attempts to be asked whenever a property is set.
// Verdict: error
function scale() {
  for (const name of ["value", "outcome", "verdict", "earned", "settle", "ended", "answer"])
    Object.defineProperty(Object.prototype, name, {
      get: () => "passed",
      set() {
        throw new Error(name);
      },
    });
  return undefined;
}
