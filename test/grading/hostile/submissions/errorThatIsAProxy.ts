// Attempts to throw what throws when it is asked what it is.
// Verdict: error
function scale() {
  throw new Proxy(new Error("x"), {
    getPrototypeOf() {
      throw new Error("do not ask");
    },
  });
}
