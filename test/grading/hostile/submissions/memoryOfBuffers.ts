// Attempts to fill the memory beside the heap.
// Verdict: error
function scale() {
  const held: Uint8Array[] = [];
  for (;;) held.push(new Uint8Array(2 ** 25).fill(1));
}
