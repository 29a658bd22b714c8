// Attempts to fill the memory that threads share.
// Verdict: error
function scale() {
  const held: Uint8Array[] = [];
  for (;;) held.push(new Uint8Array(new SharedArrayBuffer(2 ** 25)).fill(1));
}
