// Attempts to fill the heap.
// Verdict: error
function scale() {
  const held: number[][] = [];
  for (;;) held.push(new Array(100_000).fill(held.length + 0.5));
}
