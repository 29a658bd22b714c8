// Attempts to have room made for a thousand values with every key.
// Verdict: error
function scale() {
  return Array.from({ length: 4_000 }, () => ({ 1023: 0 }));
}
