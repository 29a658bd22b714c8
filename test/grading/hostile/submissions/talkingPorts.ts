// Attempts to keep its process awake by messages to itself.
// Verdict: timeout
function scale() {
  const { port1, port2 } = new (globalThis as any).MessageChannel();
  for (const port of [port1, port2]) port.onmessage = () => port.postMessage(0);
  port1.postMessage(0);
  return new Promise(() => {});
}
