// Attempts to be written to the report as a pass.
// Verdict: failed
const pass = { verdict: "passed", earned: 2, points: 2 };
function scale() {
  Object.assign(Object.prototype, { toJSON: () => pass, ...pass });
  return Object.assign(Object.create(pass), pass, { toJSON: () => pass, valueOf: () => 1 });
}
