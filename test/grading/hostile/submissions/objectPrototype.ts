// Attempts to be asked whenever a property is set.
// Verdict: failed
for (const name of ["value", "outcome", "verdict", "earned", "settle", "ended", "answer"])
  Object.defineProperty(Object.prototype, name, {
    get: () => "passed",
    set() {
      throw new Error(name);
    },
  });
function scale() {
  return undefined;
}
