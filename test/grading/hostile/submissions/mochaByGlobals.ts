// Attempts to find mocha, or the grader, among the globals.
// Verdict: error
function scale() {
  const everything = Object.getOwnPropertyNames(globalThis).map(
    (name) => (globalThis as any)[name],
  );
  const found = everything.filter((value) => value?.Runnable || value?.runExercise || value?.it);
  for (const mocha of found) mocha.Runnable.prototype.run = (done: () => void) => done();
  throw new Error(`found ${found.length}`);
}
