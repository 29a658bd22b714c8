/**
 * Says of a suite that its tests build on each other: after the first that fails the others are left out.
 * Mocha's own `bail` would end the files that run beside it as well.
 */
export function buildOnEachOther(): void {
  let failed = false;
  beforeEach(function () {
    if (failed) this.skip();
  });
  afterEach(function () {
    failed ||= this.currentTest?.state === "failed";
  });
}
