// Attempts to have its list walked without end.
// Verdict: error
function scale() {
  Array.prototype[Symbol.iterator] = function* () {
    for (;;) yield [0];
  } as never;
  return [1];
}
