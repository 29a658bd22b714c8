// Attempts to have mocha pass everything.
// Verdict: refused
function scale() {
  const mocha = require("mocha");
  mocha.Runnable.prototype.run = function (done: () => void) {
    done();
  };
  mocha.Test.prototype.isPassed = () => true;
  return mocha;
}
