// Attempts to take away the memory of what it was given, and to return that.
// Verdict: error
function scale(x: any) {
  structuredClone(x.data.buffer, { transfer: [x.data.buffer] } as any);
  return x;
}
