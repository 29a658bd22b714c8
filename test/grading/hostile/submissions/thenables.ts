// Attempts to return a promise of a promise of a promise, without end.
// Verdict: timeout
function scale() {
  const endless = { then: (resolve: (value: unknown) => void) => resolve({ then: endless.then }) };
  return endless;
}
