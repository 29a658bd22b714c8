// Attempts to starve its process by what the library itself may call.
// Verdict: timeout
function scale() {
  const again = () => (globalThis as any).process.nextTick(again);
  again();
  return new Promise(() => {});
}
