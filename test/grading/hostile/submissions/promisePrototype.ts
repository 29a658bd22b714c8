// Attempts to turn every failure into a success.
// Verdict: timeout
function scale() {
  const { then } = Promise.prototype;
  Promise.prototype.then = function (resolved) {
    return then.call(this, resolved, resolved as () => never);
  } as typeof then;
  Promise.prototype.catch = function () {
    return this;
  } as typeof Promise.prototype.catch;
  Promise.reject = Promise.resolve as never;
  Promise.race = Promise.all = (() => new Promise(() => {})) as never;
  return Promise.reject(new Error("no"));
}
