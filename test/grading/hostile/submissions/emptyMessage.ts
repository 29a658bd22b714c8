// Attempts to answer with no bytes at all.
// Verdict: error
function scale() {
  Buffer.concat = () => Buffer.alloc(4);
  return 0;
}
