// Attempts to agree with whatever it is compared with.
// Verdict: failed
const agreeable: object = new Proxy(function () {}, {
  get: (_, name) =>
    name === Symbol.toPrimitive ? () => 0 : name === "then" ? undefined : agreeable,
  has: () => true,
  getPrototypeOf: () => Array.prototype,
  apply: () => agreeable,
});
function scale() {
  return agreeable;
}
