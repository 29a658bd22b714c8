// Attempts to announce four thousand million bytes.
// Verdict: error
function scale() {
  Buffer.concat = () => Buffer.alloc(100, 255);
  return 0;
}
