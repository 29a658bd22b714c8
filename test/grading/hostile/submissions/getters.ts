// Attempts to show another value each time it is looked at.
// Verdict: failed
function scale() {
  let looks = 0;
  return {
    get shape() {
      return looks++ ? [2, 3] : [];
    },
    get data() {
      return new Float64Array(looks++);
    },
  };
}
