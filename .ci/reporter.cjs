const { writeFileSync } = require("node:fs");
const { reporters } = require("mocha");

/**
 * Mocha's spec reporter, which in the end also writes how many tests passed, failed and were skipped to the
 * file that CONVBOOK_COUNTS names. A run that dies halfway counts as one more failure.
 */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    let ended = false;
    runner.once("end", () => (ended = true));
    process.once("exit", () => {
      const { passes, failures, pending } = runner.stats;
      const counts = { passed: passes, failed: failures + (ended ? 0 : 1), skipped: pending };
      writeFileSync(process.env.CONVBOOK_COUNTS, JSON.stringify(counts));
    });
  }
};
